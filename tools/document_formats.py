"""Write into docs/http-api.md which formats a recording of a voice may have.

``python -m tools.document_formats`` writes what is both allowed and known to the ffmpeg of the
imageio-ffmpeg wheel; a test compares.
"""

from __future__ import annotations

from pathlib import Path

import imageio_ffmpeg

from app.media.containers import readable

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


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
