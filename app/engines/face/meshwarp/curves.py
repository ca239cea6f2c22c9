"""From timed visemes to the movement of the mouth, frame by frame.

Neighbouring sounds melt into each other as in Cohen and Massaro's "Modeling
coarticulation in synthetic visual speech" (Models and Techniques in Computer
Animation, 1993): every viseme pulls with a dominance that rises before it and dies
away after it.  What must not melt are the closures: p, b, m shut the lips and f, v
put the lower lip to the teeth, whatever stands beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from app.engines.face.meshwarp.head import Floats, smoothstep
from app.phonetics import Viseme, VisemeName
from app.ports.face import FRAMES_PER_SECOND

PartName = Literal["jaw", "raise", "drop", "wide", "pucker", "press", "tuck", "tongue"]
PARTS: tuple[PartName, ...] = (
    "jaw", "raise", "drop", "wide", "pucker", "press", "tuck", "tongue",
)  # fmt: skip
_OPENING = slice(0, 3)
_JAW = PARTS.index("jaw")
_PRESS, _TUCK = PARTS.index("press"), PARTS.index("tuck")

_TARGETS: dict[VisemeName, tuple[float, ...]] = {
    # jaw raise drop wide pucker press tuck tongue
    "sil": (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    "PP": (0.0, 0.0, 0.0, 0.0, 0.05, 1.0, 0.0, 0.0),
    "FF": (0.04, 0.15, 0.0, 0.10, 0.0, 0.0, 1.0, 0.0),
    "TH": (0.22, 0.15, 0.25, 0.10, 0.0, 0.0, 0.0, 0.9),
    "DD": (0.17, 0.18, 0.25, 0.12, 0.0, 0.0, 0.0, 0.5),
    "SS": (0.06, 0.28, 0.42, 0.32, 0.0, 0.0, 0.0, 0.1),
    "CH": (0.10, 0.26, 0.28, -0.10, 0.60, 0.0, 0.0, 0.1),
    "kk": (0.26, 0.15, 0.20, 0.05, 0.0, 0.0, 0.0, 0.2),
    "RR": (0.16, 0.14, 0.16, 0.0, 0.50, 0.0, 0.0, 0.3),
    "LL": (0.32, 0.20, 0.20, 0.10, 0.0, 0.0, 0.0, 0.8),
    "aa": (1.0, 0.25, 0.35, 0.05, 0.0, 0.0, 0.0, 0.0),
    "ae": (0.74, 0.28, 0.35, 0.32, 0.0, 0.0, 0.0, 0.0),
    "E": (0.52, 0.24, 0.35, 0.32, 0.0, 0.0, 0.0, 0.1),
    "I": (0.30, 0.20, 0.35, 0.45, 0.0, 0.0, 0.0, 0.2),
    "Y": (0.17, 0.22, 0.36, 0.66, 0.0, 0.0, 0.0, 0.2),
    "O": (0.58, 0.15, 0.20, -0.10, 0.65, 0.0, 0.0, 0.0),
    "U": (0.24, 0.06, 0.12, -0.15, 1.0, 0.0, 0.0, 0.0),
    "V": (0.40, 0.18, 0.22, 0.05, 0.0, 0.0, 0.0, 0.05),
    "HH": (0.26, 0.12, 0.16, 0.0, 0.0, 0.0, 0.0, 0.0),
}

_DOMINANCE: dict[VisemeName, float] = {
    "PP": 6.0, "FF": 4.0, "CH": 2.5, "U": 2.5, "O": 1.8, "SS": 1.6, "TH": 1.2, "RR": 1.2,
    "sil": 1.2, "LL": 0.9, "DD": 0.5, "kk": 0.35, "HH": 0.25,
}  # fmt: skip
"""How strongly a viseme asserts itself; vowels not listed have 1.3."""

_VOWEL_DOMINANCE = 1.3
VOWELS: frozenset[VisemeName] = frozenset({"aa", "ae", "E", "I", "Y", "O", "U", "V"})

_STEPS = 4
"""Points in time per frame; 10 ms, fine enough for a closure."""

_ANTICIPATION = 0.03
"""Seconds by which the lips are ahead of the sound."""

QUIET = 0.06
"""Share of the loud level below which nobody is speaking."""

_PAUSE_FRAMES = 15
"""A pause shorter than this belongs to the speech: an open mouth in the picture, undone while
somebody speaks, must not flash up between two words."""

_EASY_JAW = 0.7
"""How far the jaw opens before it resists: loud stressed vowels go half as far beyond it, so that
nobody seems to sing.  One frame in thirty of a lecture is beyond."""

_MOUTH_EASE = 0.12
"""Seconds in which the mouth leaves and returns to rest at the ends of a fragment."""


@dataclass(frozen=True, slots=True)
class MouthCurves:
    """The mouth of a fragment; all arrays have one row per frame."""

    parts: Floats
    """Shape (n_frames, 8), in the order of ``PARTS``; about 0 to 1."""
    speaking: Floats
    """Shape (n_frames,), 0 to 1: how much the picture's own lip gap is undone."""
    loudness: Floats
    """Shape (n_frames,), about 0 to 1.3, 1 at a loud vowel."""


def mouth_curves(
    visemes: Sequence[Viseme], samples: npt.NDArray[np.float32], rate: int, n_frames: int
) -> MouthCurves:
    """Movement of the mouth over ``n_frames`` frames; it starts and ends at rest.

    Args:
        visemes: In time order; gaps between them are silence.
        samples: The driving audio, mono, shape (n_samples,).
        rate: Its samples per second.
        n_frames: Length of the result.
    """
    if n_frames == 0:
        nothing = np.zeros(0, np.float32)
        return MouthCurves(np.zeros((0, len(PARTS)), np.float32), nothing, nothing)
    shown = _with_silences(visemes, n_frames / FRAMES_PER_SECOND)
    times = np.arange(n_frames * _STEPS) / (FRAMES_PER_SECOND * _STEPS)
    parts = _blend(shown, times)
    closed, tucked = _closures(shown, times)
    fine_loudness = loudness_of(samples, rate, len(times), FRAMES_PER_SECOND * _STEPS)
    # Loud vowels open wider than quiet ones.
    emphasis = 0.82 + 0.40 * np.minimum(_smooth(fine_loudness, 2 * _STEPS + 3), 1.1)
    parts[:, _OPENING] *= emphasis[:, None]
    parts = np.stack([_smooth(part, 2 * _STEPS + 1) for part in parts.T], axis=1)
    parts[:, _OPENING] *= _resisted(parts[:, _JAW])[:, None]
    parts[:, _OPENING] *= ((1.0 - closed) * (1.0 - 0.75 * tucked))[:, None]
    parts[:, _PRESS] = np.maximum(0.4 * parts[:, _PRESS], closed)
    parts[:, _TUCK] = np.maximum(0.4 * parts[:, _TUCK], tucked)
    loudness = loudness_of(samples, rate, n_frames, FRAMES_PER_SECOND)
    ease = ease_in_out(n_frames, _MOUTH_EASE)
    speaking = smoothstep(1.6 * _smooth(_bridged(loudness > QUIET), 11))
    return MouthCurves(
        parts=np.asarray(_per_frame(parts, closed) * ease[:, None], np.float32),
        speaking=np.asarray(speaking * ease, np.float32),
        loudness=np.asarray(loudness, np.float32),
    )


def target_of(name: VisemeName) -> tuple[float, ...]:
    """The mouth of a viseme that is held, in the order of ``PARTS``."""
    return _TARGETS[name]


def ease_in_out(n_frames: int, seconds: float) -> npt.NDArray[np.float64]:
    """A window that is exactly 0 in the first and the last frame and 1 between.

    >>> ease_in_out(5, 0.08).round(2).tolist()
    [0.0, 0.5, 1.0, 0.5, 0.0]
    """
    index = np.arange(n_frames)
    from_end = np.minimum(index, n_frames - 1 - index)
    return np.asarray(smoothstep(from_end / (seconds * FRAMES_PER_SECOND)), np.float64)


def loudness_of(
    samples: npt.NDArray[np.float32], rate: int, n_points: int, points_per_second: int
) -> npt.NDArray[np.float64]:
    """Root mean square of consecutive stretches, 1 where speech is loud, at most 1.3."""
    edges = np.arange(n_points + 1) * rate // points_per_second
    edges = np.minimum(edges, len(samples))
    power = np.concatenate([[0.0], np.cumsum(samples.astype(np.float64) ** 2)])
    counts = np.maximum(np.diff(edges), 1)
    level = np.sqrt(np.maximum(power[edges[1:]] - power[edges[:-1]], 0.0) / counts)
    audible = level[level > 1e-4]
    if not len(audible):
        return np.zeros(n_points)
    return np.asarray(np.minimum(level / np.percentile(audible, 90), 1.3))


def runs(flags: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and behind-the-last index of every run of true values.

    >>> runs(np.array([True, True, False, True]))
    [(0, 2), (3, 4)]
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _resisted(jaw: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Share of an opening that is left where the jaw would open too far."""
    beyond = np.maximum(jaw - _EASY_JAW, 0.0)
    return np.asarray(1.0 - 0.5 * beyond / np.maximum(jaw, _EASY_JAW))


def _bridged(heard: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """1 from the first to the last sound of every stretch of speech, 0 in pauses."""
    for first, last in runs(~heard):
        if first > 0 and last < len(heard) and last - first < _PAUSE_FRAMES:
            heard[first:last] = True
    return heard.astype(np.float64)


def _with_silences(visemes: Sequence[Viseme], seconds: float) -> list[Viseme]:
    """The visemes with "sil" in every gap and at both ends."""
    shown: list[Viseme] = []
    now = 0.0
    for viseme in visemes:
        if viseme.end - viseme.start < 1e-3:
            continue
        if viseme.start - now > 0.02:
            shown.append(Viseme("sil", now, viseme.start))
        shown.append(viseme)
        now = viseme.end
    if seconds - now > 0.02:
        shown.append(Viseme("sil", now, seconds))
    return shown


def _blend(shown: Sequence[Viseme], times: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Weighted mean of all targets at each time, shape (n_times, 8)."""
    total = np.full(len(times), 1e-3)
    blended = np.zeros((len(times), len(PARTS)))
    for viseme in shown:
        centre = (viseme.start + viseme.end) / 2.0 - _ANTICIPATION
        half = max((viseme.end - viseme.start) / 2.0, 0.02)
        near = _near(times, centre, half + 0.4)
        away = np.maximum(np.abs(times[near] - centre) - 0.6 * half, 0.0)
        pull = _DOMINANCE.get(viseme.name, _VOWEL_DOMINANCE) * np.exp(
            -((away / _spread_of(viseme.name)) ** 1.4)
        )
        total[near] += pull
        blended[near] += pull[:, None] * np.array(target_of(viseme.name))
    return np.asarray(blended / total[:, None])


def _spread_of(name: VisemeName) -> float:
    """Seconds over which a viseme's dominance dies away."""
    if name == "sil":
        return 0.07
    return 0.06 if name in VOWELS else 0.045


def _closures(
    shown: Sequence[Viseme], times: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """How far lips are shut (p b m) and the lower lip is tucked (f v), each 0 to 1."""
    closed, tucked = np.zeros(len(times)), np.zeros(len(times))
    for viseme in shown:
        if viseme.name not in ("PP", "FF"):
            continue
        centre = (viseme.start + viseme.end) / 2.0 - _ANTICIPATION
        half = max((viseme.end - viseme.start) / 2.0, 0.02)
        near = _near(times, centre, half + 0.2)
        away = np.abs(times[near] - centre)
        if viseme.name == "PP":
            held, fade, curve = max(0.75 * half, 0.025), 0.022, closed
        else:
            held, fade, curve = 0.6 * half, 0.03, tucked
        shut = np.exp(-((np.maximum(away - held, 0.0) / fade) ** 2))
        curve[near] = np.maximum(curve[near], shut)
    return closed, tucked


def _near(times: npt.NDArray[np.float64], centre: float, reach: float) -> slice:
    first, last = np.searchsorted(times, [centre - reach, centre + reach])
    return slice(int(first), int(last))


def _per_frame(
    parts: npt.NDArray[np.float64], closed: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Mean of each frame's points; a frame that holds a closure shows the closure.

    At 25 frames per second a mean would show half-closed lips for most p, b and m.
    """
    fine = parts.reshape(-1, _STEPS, parts.shape[1])
    fine_closed = closed.reshape(-1, _STEPS)
    frames = fine.mean(axis=1)
    shut = fine_closed.max(axis=1) > 0.9
    frames[shut] = fine[shut, fine_closed[shut].argmax(axis=1)]
    return np.asarray(frames)


def _smooth(curve: npt.NDArray[np.float64], length: int) -> npt.NDArray[np.float64]:
    """Running Hann-weighted mean over ``length`` points; the ends count as continuing."""
    window = np.hanning(length + 2)[1:-1]
    half = length // 2
    padded = np.pad(curve, (half, length - 1 - half), mode="edge")
    return np.convolve(padded, window / window.sum(), mode="valid")
