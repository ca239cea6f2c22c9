"""A sound said faster or slower at the same pitch, for a program that cannot."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import EngineCrashed, MediaError
from app.media.ffmpeg import run, sink, source

if TYPE_CHECKING:
    from app.ports.work import Cancel

_LONGEST_SECONDS = 60.0


def at_speed(sound: Path, speed: float, *, cancel: Cancel, ffmpeg: Path | None) -> Path:
    """The WAV itself at speed 1, else another beside it.

    ffmpeg's ``atempo`` overlaps stretches of the wave where they are alike (WSOLA).

    Args:
        sound: Of the program.
        speed: Above 1 is faster.
        cancel: Checked about twenty times per second.
        ffmpeg: The program; found when not given.

    Raises:
        EngineCrashed: The program wrote no sound.
        Cancelled: By ``cancel``.
    """
    if speed == 1.0:
        return sound
    changed = sound.with_name("changed.wav")
    graph = source(sound).audio.filter("atempo", speed).output(sink(changed))
    try:
        run(graph, purpose="changing speed", timeout=_LONGEST_SECONDS, cancel=cancel, ffmpeg=ffmpeg)
    except MediaError as reason:
        raise EngineCrashed("the speech program wrote no WAV that can be read") from reason
    return changed
