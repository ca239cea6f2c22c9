"""Voice samples: the speech in them, and how one is known again."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app.errors import VoiceSampleError
from app.voice import find_passage, read_passage

if TYPE_CHECKING:
    from app.ports.sound import Samples

RATE = 16000
"""Hertz, at which speech is looked for and speakers are told apart."""

_WINDOW = 480
"""Samples, 30 ms, in which speech is looked for."""

_SPEECH_RANGE = 30.0
"""Decibels below the loud windows down to which a window counts as speech."""

_SMOOTHED_WINDOWS = 8
_BRIDGED_WINDOWS = 7
"""Resemblyzer's figures for the mask: moving average, then dilation."""


def read_sample(sample: Path, *, ffmpeg: Path | None = None) -> Samples:
    """Speech of a voice sample at 16 kHz, silences cut out: of its best passage.

    Raises:
        VoiceSampleError: No recording, or less than 1 s of speech.
    """
    return only_speech(read_passage(sample, RATE, ffmpeg=ffmpeg))


def sha256_of(sample: Path) -> str:
    """Hash of a voice sample's bytes, by which it is known again.

    Raises:
        VoiceSampleError: It cannot be read.
    """
    try:
        with sample.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as reason:
        raise VoiceSampleError("the voice sample is missing or cannot be read") from reason


class SampleChecks:
    """For an engine that does not follow the sample: whether it holds speech at all."""

    def __init__(self, *, ffmpeg: Path | None) -> None:
        self._ffmpeg = ffmpeg
        self._passed: set[str] = set()

    def check(self, sample: Path) -> None:
        """Return when a sample holds speech; each content is decoded once.

        Raises:
            VoiceSampleError: No recording, or less than 1 s of speech.
        """
        sha256 = sha256_of(sample)
        if sha256 not in self._passed:
            find_passage(sample, ffmpeg=self._ffmpeg)
            self._passed.add(sha256)


def only_speech(samples: Samples) -> Samples:
    """Sound at 16 kHz without its silences; pauses inside speech of up to 0.2 s stay."""
    whole = samples[: samples.size // _WINDOW * _WINDOW]
    if not whole.size:
        return whole
    mean_square = np.mean(whole.reshape(-1, _WINDOW).astype(np.float64) ** 2, axis=1)
    levels = 10 * np.log10(mean_square + 1e-12)
    loud = (levels > np.percentile(levels, 95) - _SPEECH_RANGE).astype(float)
    average = np.convolve(loud, np.full(_SMOOTHED_WINDOWS, 1 / _SMOOTHED_WINDOWS), "same")
    spoken = np.convolve(np.round(average), np.ones(_BRIDGED_WINDOWS), "same") > 0
    return whole[np.repeat(spoken, _WINDOW)]
