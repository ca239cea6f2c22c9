"""Captions and chapters as files: WebVTT and SubRip.

Both formats are written by hand: it takes twenty lines, and a library would be one more
dependency that must be trusted with the escaping.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.media.captions import Cue
from app.media.files import write_text
from app.ports.media import Chapter


def write_cues(cues: Sequence[Cue], target: Path) -> None:
    """Write captions; the suffix of ``target`` says how.

    Raises:
        ValueError: The suffix is neither ``.vtt`` nor ``.srt``.
        MediaError: The file cannot be written.
    """
    if target.suffix == ".vtt":
        write_text(target, webvtt(cues))
    elif target.suffix == ".srt":
        write_text(target, subrip(cues))
    else:
        raise ValueError(f"captions are written as .vtt or .srt, not as {target.name}")


def write_chapters(chapters: Sequence[Chapter], target: Path) -> None:
    """Write chapters as WebVTT cues, one line each, as players read them.

    Raises:
        MediaError: The file cannot be written.
    """
    cues = [Cue(c.start, c.end, (" ".join(c.title.split()),)) for c in chapters]
    write_text(target, webvtt(cues))


def webvtt(cues: Sequence[Cue]) -> str:
    r"""Cues as a WebVTT file (W3C WebVTT, section 4.1).

    >>> webvtt([Cue(0.5, 61.25, ("a < b",))])
    'WEBVTT\n\n00:00:00.500 --> 00:01:01.250\na &lt; b\n'
    """
    blocks = [
        f"{_clock(cue.start, '.')} --> {_clock(cue.end, '.')}\n{_escaped(cue.lines)}\n"
        for cue in cues
    ]
    return "\n".join(["WEBVTT\n", *blocks])


def subrip(cues: Sequence[Cue]) -> str:
    r"""Cues as a SubRip file.

    The format knows no escapes: text that looks like a tag is for the player to judge.

    >>> subrip([Cue(0.5, 61.25, ("Hello,", "world."))])
    '1\n00:00:00,500 --> 00:01:01,250\nHello,\nworld.\n'
    """
    blocks = []
    for number, cue in enumerate(cues, start=1):
        times = f"{_clock(cue.start, ',')} --> {_clock(cue.end, ',')}"
        blocks.append("\n".join([str(number), times, *cue.lines]) + "\n")
    return "\n".join(blocks)


def _escaped(lines: Sequence[str]) -> str:
    text = "\n".join(lines)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _clock(seconds: float, point: str) -> str:
    milliseconds = round(seconds * 1000)
    whole, rest = divmod(milliseconds, 1000)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}{point}{rest:03d}"
