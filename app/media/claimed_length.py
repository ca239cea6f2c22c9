"""How long a file says that it is, which one that is cut off is not."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from app.media.containers import FOREIGN, FOREIGN_CPU_SECONDS
from app.media.ffmpeg import locate
from app.process.child import Child

_SECONDS = 30.0
_LINES_KEPT = 1000
_LENGTH = re.compile(r"Duration: (\d+):(\d\d):(\d\d\.\d+)")
_PICTURE = re.compile(r"Stream #.*: Video: (?!.*attached pic)")
_GUESSED = "Estimating duration from bitrate"
_RIFF_HEAD = 12
_UNTOLD = (0, 0xFFFFFFFF)
"""What stands in the place of a WAV's length when it was not known at its start."""


def claimed_length(path: Path, *, ffmpeg: Path | None = None) -> float | None:
    """Seconds of sound that a file of anybody's says it holds.

    Returns:
        ``None`` when it does not say: when that would be a guess, or the length of a picture.

    Raises:
        EngineUnavailable: There is no ffmpeg.
    """
    said, lost = _said(path, ffmpeg), _lost_share(path)
    found = _LENGTH.search(said)
    guessed = _GUESSED in said and lost == 1.0
    if found is None or guessed or _PICTURE.search(said):
        return None
    hours, minutes, seconds = map(float, found.groups())
    return (hours * 3600 + minutes * 60 + seconds) * lost


def _said(path: Path, ffmpeg: Path | None) -> str:
    whitelists = [part for name, value in FOREIGN.items() for part in (f"-{name}", value)]
    # Only this tells the length; nothing is decoded, and what is said is for no log.
    lines: list[str] = []

    def keep(line: str) -> None:
        if len(lines) < _LINES_KEPT:
            lines.append(line)

    into_nothing = ("-map", "0:a", "-c", "copy", "-t", "0", "-f", "null", "-")
    with Child(
        [locate(ffmpeg), "-nostdin", *whitelists, "-i", f"file:{path}", *into_nothing],
        name="ffmpeg",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        errors=keep,
        cpu_seconds=FOREIGN_CPU_SECONDS,
    ) as child:
        child.finish(_SECONDS)
    return "\n".join(lines)


def _lost_share(path: Path) -> float:
    """By how much a WAV says to be longer than its file, whose length ffmpeg goes by."""
    with path.open("rb") as file:
        head = file.read(_RIFF_HEAD)
    told = int.from_bytes(head[4:8], "little")
    if head[:4] != b"RIFF" or head[8:12] != b"WAVE" or told in _UNTOLD:
        return 1.0
    return max(1.0, (told + 8) / path.stat().st_size)
