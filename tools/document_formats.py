"""Write into docs/http-api.md which formats a recording of a voice may have.

``python -m tools.document_formats`` writes what is both allowed and known to the ffmpeg of the
imageio-ffmpeg wheel; a test compares.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import imageio_ffmpeg

from app.media.containers import CONTAINERS, Container
from app.media.ffmpeg import run

PAGE = Path(__file__).resolve().parent.parent / "docs" / "http-api.md"

BEGIN, END = "<!-- formats: python -m tools.document_formats -->", "<!-- end of formats -->"

_WIDTH = 96


def formats() -> str:
    """Their names, as a paragraph."""
    ffmpeg = Path(imageio_ffmpeg.get_ffmpeg_exe())
    lines = [""]
    for word in (", ".join(each.name for each in readable(ffmpeg)) + ".").split():
        if len(lines[-1]) + len(word) >= _WIDTH:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return "\n".join(lines)


def page(written: str) -> str:
    """The page with the list of today."""
    before, rest = written.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{formats()}\n\n{END}{after}"


def readable(ffmpeg: Path) -> list[Container]:
    """Those containers that a build of ffmpeg can open.

    Raises:
        EngineUnavailable: There is no ffmpeg.
        MediaError: It does not say what it reads.
    """
    told = run(["-demuxers"], purpose="asking for its demuxers", timeout=20, ffmpeg=ffmpeg)
    rows = re.findall(r"^ D[ d]* (\S+)", told.decode("utf-8", "replace"), re.MULTILINE)
    known = _names(rows)
    return [container for container in CONTAINERS if _names([container.demuxers]) & known]


def _names(lists: Iterable[str]) -> set[str]:
    return {name for each in lists for name in each.split(",")}


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
