"""What is kept of a voice sample: its speaker embedding and pitch."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.engines.speech.common.sample import RATE, read_sample, sha256_of
from app.engines.speech.common.speaker import Embedding, embed
from app.voice.pitch import median_pitch

_MEASURE = "resemblyzer-1"
"""Part of the names of kept measurements; changed when the way of measuring does."""


@dataclass(frozen=True, slots=True, eq=False)
class VoicePrint:
    """A speaker, as far as choosing a built-in voice needs to know."""

    sha256: str
    """Of the sample."""
    embedding: Embedding
    """Shape (256,), of length 1."""
    pitch: float | None
    """Median, hertz; ``None`` when the sample is whispered."""


class VoicePrints:
    """Prints by content of the sample, kept in memory and, if given, in a directory."""

    def __init__(self, cache_dir: Path | None, *, ffmpeg: Path | None = None) -> None:
        self._cache_dir = cache_dir
        self._ffmpeg = ffmpeg
        self._known: dict[str, VoicePrint] = {}

    def of(self, sample: Path) -> VoicePrint:
        """Print of a sample.

        Raises:
            VoiceSampleError: It cannot be read, or holds less than 1 s of speech.
        """
        sha256 = sha256_of(sample)
        if sha256 not in self._known:
            self._known[sha256] = self._kept(sha256) or self._measured(sha256, sample)
        return self._known[sha256]

    def _kept(self, sha256: str) -> VoicePrint | None:
        path = self._path(sha256)
        if path is None or not path.exists():
            return None
        with np.load(path) as kept:
            return VoicePrint(sha256, kept["embedding"], float(kept["pitch"]) or None)

    def _measured(self, sha256: str, sample: Path) -> VoicePrint:
        speech = read_sample(sample, ffmpeg=self._ffmpeg)
        measured = VoicePrint(sha256, embed(speech), median_pitch(speech, RATE))
        if path := self._path(sha256):
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f"{path.name}.{os.getpid()}.part")
            with part.open("wb") as stream:
                np.savez(stream, embedding=measured.embedding, pitch=measured.pitch or 0.0)
            part.replace(path)
        return measured

    def _path(self, sha256: str) -> Path | None:
        return self._cache_dir and self._cache_dir / f"{_MEASURE}-{sha256}.npz"
