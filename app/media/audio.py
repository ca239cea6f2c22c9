"""Sound: read, measured, written."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import soundfile
import soxr

from app.errors import MediaError
from app.media.encoder import BLOCK_FRAMES
from app.media.files import whole_file
from app.ports.face import FRAMES_PER_SECOND
from app.ports.sound import SAMPLE_RATE
from app.ports.speech import Speech

if TYPE_CHECKING:
    import numpy.typing as npt

    from app.ports.sound import Samples

SAMPLES_PER_FRAME = SAMPLE_RATE // FRAMES_PER_SECOND
"""960, at 24 kHz."""

_BLOCK_SAMPLES = BLOCK_FRAMES * SAMPLES_PER_FRAME

_FLOOR = 1e-6
"""Of full scale: -120 dBFS."""


def read_wav(path: Path) -> tuple[Samples, int]:
    """Read a mono WAV of our own: samples and rate in hertz.

    Raises:
        MediaError: It is missing, damaged or has several channels.
    """
    try:
        samples, rate = soundfile.read(path, dtype="float32")
    except (soundfile.LibsndfileError, OSError) as error:
        raise MediaError(f"{path.name} is no WAV that can be read") from error
    if samples.ndim != 1:
        raise MediaError(f"{path.name} has {samples.shape[1]} channels, not one")
    return samples, int(rate)


def write_speech(speech: Speech, target: Path) -> float:
    """Write a WAV, 24 kHz mono 16 bit, padded with silence to whole blocks of 320 ms.

    A block is a whole number of pictures and of AAC frames, so clips of such sounds can be
    joined without encoding them again; see :mod:`app.media.splice`.  Samples beyond full
    scale are clipped; 24 kHz input keeps its other values to within half a step of 16 bits.

    Returns:
        Its length in seconds.

    Raises:
        MediaError: There are no samples, or a sample is no number.
        DiskFull: No space is left.
    """
    samples = np.asarray(speech.samples, np.float32)
    if samples.ndim != 1 or not samples.size or not np.isfinite(samples).all():
        raise MediaError(f"no usable samples for {target.name}: shape {samples.shape}")
    at_our_rate = resample(samples, speech.rate, SAMPLE_RATE)
    padding = -at_our_rate.size % _BLOCK_SAMPLES
    padded = np.pad(at_our_rate, (0, padding))
    pcm = np.rint(np.clip(padded, -1.0, 1.0) * 32767.0).astype("<i2")
    write_pcm(pcm, target)
    return float(pcm.size / SAMPLE_RATE)


def write_pcm(pcm: npt.NDArray[np.int16], target: Path) -> None:
    """Write 16-bit samples as a WAV, 24 kHz mono, whole or not at all.

    Raises:
        DiskFull: No space is left.
    """
    with whole_file(target) as part, part.open("wb") as written, wave.open(written, "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(SAMPLE_RATE)
        wav.writeframes(pcm.tobytes())


def resample(samples: Samples, rate: int, wanted: int) -> Samples:
    """Bring samples to another rate, in hertz; the same array when it is the same rate."""
    if rate == wanted:
        return samples
    converted: Samples = soxr.resample(samples, rate, wanted, quality="HQ")
    return converted


def peak_level(samples: Samples) -> float:
    """Level of the largest sample in dBFS; -120 for digital silence.

    >>> peak_level(np.array([0.1, -1.0], np.float32))
    0.0
    """
    return float(20.0 * np.log10(max(float(np.abs(samples).max(initial=0.0)), _FLOOR)))
