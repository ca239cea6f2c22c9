"""Speech that is faster or slower, at the same pitch."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from threading import Thread

import numpy as np

from app.errors import MediaError
from app.media.ffmpeg import Ffmpeg
from app.ports.speech import Speech, Word
from app.ports.work import Cancel

_SECONDS = 120.0
"""More than ffmpeg needs for an hour of sound."""


def at_speed(speech: Speech, speed: float, *, cancel: Cancel, ffmpeg: Path | None = None) -> Speech:
    """Speech that takes another time to say the same, by ffmpeg's ``atempo`` (WSOLA).

    Words and mouth shapes are moved with the sound.  No engine is asked to speak faster: some
    have no such option, and a preset's own tempo is part of how it was chosen.

    Args:
        speed: From 0.25 to 4; 2 is twice as fast.

    Raises:
        MediaError: ffmpeg failed.
        Cancelled: Somebody asked for the work to stop.
    """
    samples = np.asarray(speech.samples, "<f4")
    fitted = _stretched(samples, speech.rate, _filters(speed), cancel, ffmpeg)
    length = round(samples.size / speed)
    fitted = np.pad(fitted[:length], (0, max(0, length - fitted.size)))
    return replace(
        speech,
        samples=fitted,
        words=tuple(Word(word.text, word.start / speed, word.end / speed) for word in speech.words),
        visemes=tuple(
            replace(shape, start=shape.start / speed, end=shape.end / speed)
            for shape in speech.visemes
        ),
    )


def _filters(speed: float) -> str:
    """Factors from 0.5 to 2, between which the filter neither skips nor repeats whole sounds.

    >>> _filters(3.0), _filters(0.25), _filters(1.5)
    ('atempo=1.732051,atempo=1.732051', 'atempo=0.500000,atempo=0.500000', 'atempo=1.500000')
    """
    count = max(1, math.ceil(abs(math.log2(speed))))
    return ",".join([f"atempo={speed ** (1 / count):.6f}"] * count)


def _stretched(
    samples: np.ndarray[tuple[int, ...], np.dtype[np.float32]],
    rate: int,
    filters: str,
    cancel: Cancel,
    ffmpeg: Path | None,
) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    sound = ("-f", "f32le", "-ar", str(rate), "-ac", "1")
    arguments: Sequence[str] = [*sound, "-i", "pipe:0", "-af", filters, *sound, "pipe:1"]
    with Ffmpeg(arguments, purpose="changing the speed", ffmpeg=ffmpeg, feed=True) as running:
        feeder = Thread(target=_feed, args=(running, samples.tobytes()), daemon=True)
        feeder.start()
        written = running.wait(timeout=_SECONDS, cancel=cancel)
        feeder.join()
    if not written:
        raise MediaError("ffmpeg gave no sound at changing the speed")
    return np.frombuffer(written, "<f4")


def _feed(running: Ffmpeg, sound: bytes) -> None:
    try:
        with running.stdin as pipe:
            pipe.write(sound)
    except (OSError, ValueError):
        return  # it ended: whoever waits for it says why
