"""A passage of a recording, as loud as all speech of the service."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app.errors import MediaError
from app.media.audio import SAMPLES_PER_FRAME, write_pcm
from app.media.levels import LIMITER_SECONDS, limited, peaks_of
from app.ports.sound import SAMPLE_RATE

if TYPE_CHECKING:
    from app.lecture import Passage
    from app.ports.sound import Samples

KEPT = np.dtype("<f4")
"""A recording is kept as such numbers alone: mono, 24 kHz, as loud as it was given."""

_CONTEXT = SAMPLE_RATE // 20
"""Samples on either side that decide how peaks are held, and more: passages that were cut apart
are the same sound as before."""

_WINDOW = round(LIMITER_SECONDS * SAMPLE_RATE) | 1


def write_passage(recording: Path, passage: Passage, target: Path) -> float:
    """Write a WAV, 24 kHz mono 16 bit, of whole frames; only at its end silence may be added.

    Args:
        recording: As :func:`app.voice.recording.keep_recording` wrote it.
        passage: What of it, and how much louder.
        target: WAV to write.

    Returns:
        Its length in seconds.

    Raises:
        MediaError: The recording is missing or shorter than that.
        DiskFull: No space is left.
    """
    start, end = (round(seconds * SAMPLE_RATE) for seconds in (passage.start, passage.end))
    lead = min(start, _CONTEXT)
    samples = _read(recording, start - lead, end + _CONTEXT)
    if samples.size < lead + end - start:
        raise MediaError("the recording's sound is not whole any more")
    held = limited(samples, peaks_of(samples), passage.gain, _WINDOW)[lead : lead + end - start]
    whole = np.pad(held, (0, -held.size % SAMPLES_PER_FRAME))
    write_pcm(np.rint(np.clip(whole, -1.0, 1.0) * 32767.0).astype("<i2"), target)
    return float(whole.size / SAMPLE_RATE)


def _read(recording: Path, start: int, end: int) -> Samples:
    try:
        with recording.open("rb") as file:
            file.seek(start * KEPT.itemsize)
            kept = file.read((end - start) * KEPT.itemsize)
    except OSError as error:
        raise MediaError(f"{recording.name} cannot be read: {error.strerror}") from error
    samples: Samples = np.frombuffer(kept, KEPT, len(kept) // KEPT.itemsize).astype(np.float32)
    return samples
