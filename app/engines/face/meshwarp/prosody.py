"""What of the speech a head answers to: stressed syllables, pauses, first words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.engines.face.meshwarp.curves import QUIET, VOWELS, runs
from app.engines.face.meshwarp.head import Floats
from app.phonetics import Viseme
from app.ports.face import FRAMES_PER_SECOND

_SHORTEST_PAUSE = 7
"""Frames; a stop consonant or a comma that is run over is shorter."""

_BEFORE_A_SENTENCE = 9
"""Frames of silence in which a breath fits."""

_LEAST_STRESS = 0.07
"""By how much a syllable is louder than its surroundings, shares of the loud level."""

_FULL_STRESS = 0.45

_BETWEEN_STRESSES = 14
"""Frames; people nod once in a phrase or so, not at every syllable."""


@dataclass(frozen=True, slots=True)
class Stress:
    """A stressed syllable."""

    frame: int
    strength: float
    """0 to 1."""


@dataclass(frozen=True, slots=True)
class Prosody:
    """Of a fragment."""

    stresses: tuple[Stress, ...]
    """In time order."""
    pausing: npt.NDArray[np.bool_]
    """Whether nobody speaks, shape (n_frames,); the gaps inside a word are not pauses."""
    sentences: tuple[int, ...]
    """Frames at which speech begins after a silence that is long enough for a breath."""

    def __len__(self) -> int:
        return len(self.pausing)


def prosody_of(loudness: Floats, visemes: Sequence[Viseme] = ()) -> Prosody:
    """Stresses and pauses of a fragment.

    Args:
        loudness: About 0 to 1.3 per frame, 1 at a loud vowel.
        visemes: Syllables are stressed on their vowels; without visemes loudness alone decides.
    """
    level = loudness.astype(np.float64)
    pausing = _pauses(level)
    return Prosody(
        stresses=_stresses(level, _on_vowels(visemes, len(level))),
        pausing=pausing,
        sentences=_sentences(pausing),
    )


def _pauses(level: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    quiet = level <= QUIET
    for first, last in runs(quiet):
        if last - first < _SHORTEST_PAUSE:
            quiet[first:last] = False
    return quiet


def _sentences(pausing: npt.NDArray[np.bool_]) -> tuple[int, ...]:
    return tuple(
        last
        for first, last in runs(pausing)
        if last - first >= _BEFORE_A_SENTENCE and last < len(pausing)
    )


def _on_vowels(visemes: Sequence[Viseme], n_frames: int) -> npt.NDArray[np.bool_]:
    if not visemes:
        return np.ones(n_frames, bool)
    vowel = np.zeros(n_frames, bool)
    for viseme in visemes:
        if viseme.name in VOWELS:
            first = int(viseme.start * FRAMES_PER_SECOND)
            vowel[first : int(np.ceil(viseme.end * FRAMES_PER_SECOND))] = True
    return vowel


def _stresses(level: npt.NDArray[np.float64], vowel: npt.NDArray[np.bool_]) -> tuple[Stress, ...]:
    """The loudest vowels that stand out of their surroundings, none near a louder one."""
    near, far = running_mean(level, 5), running_mean(level, 61)
    above = near - far
    peak = (near >= np.roll(near, 1)) & (near > np.roll(near, -1)) & vowel
    peak[[0, -1]] = False
    chosen: list[int] = []
    for frame in sorted(np.flatnonzero(peak & (above > _LEAST_STRESS)), key=lambda i: -above[i]):
        if all(abs(int(frame) - other) >= _BETWEEN_STRESSES for other in chosen):
            chosen.append(int(frame))
    return tuple(
        Stress(frame, float(min(above[frame] / _FULL_STRESS, 1.0))) for frame in sorted(chosen)
    )


def running_mean(curve: npt.NDArray[np.float64], length: int) -> npt.NDArray[np.float64]:
    """Hann-weighted mean over an odd number of frames; the ends count as continuing."""
    window = np.hanning(length + 2)[1:-1]
    padded = np.pad(curve, length // 2, mode="edge")
    return np.convolve(padded, window / window.sum(), mode="valid")
