"""What a listening head does: sway, nods, blinks, glances and brows.

Everything is drawn from a seed and eased in and out, so a fragment begins and ends
with the head at home and the same fragment always moves the same way.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.engines.face.meshwarp.curves import ease_in_out
from app.engines.face.meshwarp.head import Floats
from app.ports import FRAMES_PER_SECOND

_EASE = 0.4
"""Seconds in which the head leaves and returns to its place."""

_STILL_SHARE = 0.15
"""Of the head's movement that is left when a still head is asked for: none looks frozen."""

_BLINK = (0.30, 0.80, 1.0, 0.96, 0.72, 0.42, 0.18, 0.05)
"""Closing in 80-120 ms, opening in 200 ms; 25 frames per second."""

_Curve = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class IdleMotion:
    """Movement of the head and the eyes; one row per frame."""

    pose: Floats
    """Yaw, pitch, roll (radians), shift right, shift down (face heights), shape (n, 5)."""
    blink: Floats
    """0 open to 1 closed, shape (n,)."""
    gaze: Floats
    """Of the irises, right and down, units of the head, shape (n, 2)."""
    brow: Floats
    """Shape (n,), about 0 to 1."""


def idle_motion(
    loudness: Floats, *, seed: int, amount: float, still: bool, blink: bool
) -> IdleMotion:
    """Idle movement over as many frames as ``loudness`` has.

    Args:
        loudness: About 0 to 1.3 per frame; stresses nod the head and lift the brows.
        seed: The same seed gives the same movement.
        amount: Scale of the head's movement, 1 for a calm speaker.
        still: Leave nearly none of it.
        blink: Whether the eyes blink.
    """
    n = len(loudness)
    random = np.random.default_rng(seed)
    scale = amount * (_STILL_SHARE if still else 1.0)
    stress = _stress(loudness.astype(np.float64))
    phrase = _drift(random, n, period=2.6)
    pose = np.stack(
        [
            0.062 * _drift(random, n, period=3.2) + 0.03 * phrase,
            0.036 * _drift(random, n, period=2.8) + 0.085 * stress,
            0.014 * _drift(random, n, period=3.6) + 0.008 * phrase,
            0.008 * _drift(random, n, period=4.0),
            0.004 * _drift(random, n, period=3.0) + 0.007 * stress,
        ],
        axis=1,
    )
    brow = np.clip(1.5 * np.maximum(stress, 0.0), 0.0, 0.8) + 0.10 * _drift(random, n, period=2.4)
    ease = ease_in_out(n, _EASE)
    return IdleMotion(
        pose=np.asarray(scale * pose * ease[:, None], np.float32),
        blink=_blinks(random, n) if blink else np.zeros(n, np.float32),
        gaze=np.asarray(_glances(random, n) * ease[:, None], np.float32),
        brow=np.asarray(brow * ease * min(scale, 1.0), np.float32),
    )


def _drift(random: np.random.Generator, n: int, *, period: float) -> _Curve:
    """Smooth wandering about 0 with a standard deviation of about 1.

    Args:
        random: Source of the wandering.
        n: Frames.
        period: Seconds between one change of mind and the next, roughly.
    """
    sigma = period * FRAMES_PER_SECOND / 5.0
    half = int(4 * sigma)
    window = np.exp(-0.5 * (np.arange(-half, half + 1) / sigma) ** 2)
    noise = random.standard_normal(n + 2 * half)
    return np.convolve(noise, window / np.sqrt((window**2).sum()), mode="valid")


def _stress(loudness: _Curve) -> _Curve:
    """How much louder a moment is than its surroundings, about -0.4 to 0.6."""
    near, far = _mean(loudness, 13), _mean(loudness, 61)
    return near - far


def _mean(curve: _Curve, length: int) -> _Curve:
    window = np.hanning(length + 2)[1:-1]
    padded = np.pad(curve, length // 2, mode="edge")
    return np.convolve(padded, window / window.sum(), mode="valid")


def _blinks(random: np.random.Generator, n: int) -> Floats:
    """Blinks 2 to 6 seconds apart, none cut off by the fragment's ends."""
    closed = np.zeros(n, np.float32)
    shape = np.array(_BLINK, np.float32)
    at = int(FRAMES_PER_SECOND * (0.8 + 1.6 * random.random()))
    while at + len(shape) < n - 2:
        closed[at : at + len(shape)] = shape
        at += int(FRAMES_PER_SECOND * min(2.0 + random.exponential(1.8), 6.0))
    return closed


def _glances(random: np.random.Generator, n: int) -> _Curve:
    """Small jumps of the eyes every 0.7 to 2.7 seconds, done within two frames."""
    gaze = np.zeros((n, 2))
    at = 0
    while at < n:
        until = at + int(FRAMES_PER_SECOND * (0.7 + 2.0 * random.random()))
        gaze[at:until] = np.clip(random.standard_normal(2), -1.5, 1.5) * (0.16, 0.08)
        at = until
    gaze[1:] = 0.65 * gaze[1:] + 0.35 * gaze[:-1]
    return gaze
