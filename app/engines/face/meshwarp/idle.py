"""What a speaking head does: sway, nods, breaths, blinks, glances and brows.

It answers to the speech: nods and brows to stressed syllables, a breath to a sentence that
begins; in a pause it holds still.  The rest is drawn from a seed.  All is eased in and out,
so a fragment begins and ends with the head at home, and the same fragment always moves the
same way.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.engines.face.meshwarp.curves import ease_in_out
from app.engines.face.meshwarp.head import Floats
from app.engines.face.meshwarp.options import Motion
from app.engines.face.meshwarp.prosody import Prosody, running_mean
from app.ports.face import FRAMES_PER_SECOND

_EASE = 0.4
"""Seconds in which the head leaves and returns to its place."""

_AMOUNT: dict[Motion, float] = {"still": 0.15, "calm": 1.0, "lively": 1.45}
"""Scale of the head's movement; of a still one a little is left, for none looks frozen."""

_PACE_IN_PAUSES = 0.12
"""Of the head's wandering, while nobody speaks."""

_NOD, _NOD_BROW = 0.052, 0.75
"""At a full stress: radians down, and share of a full lift of the brows."""

_NOD_RISE, _NOD_FALL = 3.6, 5.5
"""Standard deviations of the two halves of a nod, frames."""

_BREATH_BEFORE, _BREATH_LENGTH = 5, 4.5
"""Frames from the height of a breath to the first sound, and its standard deviation."""

_BREATH_UP, _BREATH_BACK = 0.0055, 0.014
"""Face heights and radians by which a breath lifts the head."""

_BLINK = (0.30, 0.80, 1.0, 0.96, 0.72, 0.42, 0.18, 0.05)
"""Closing in 80-120 ms, opening in 200 ms; 25 frames per second."""

_BLINK_IN_PAUSE = 18
"""Frames by which a blink that is due may be moved to the beginning of a pause."""

_FIXATION = 2.2
"""Units of the head by which the irises turn against a head that turns by one radian: part of
the way, for who speaks looks at the listener while the head moves."""

_WIDEST_GAZE = (0.26, 0.12)
"""Units of the head, right and down; beyond it flat irises look wrong in their sockets."""

_GAZE_STEP = 0.04
"""Units; a tenth of a pixel at 512: eyes that stay where they are need not be drawn again."""

_Curve = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class IdleMotion:
    """Movement of the head and the eyes; one row per frame."""

    pose: Floats
    """Yaw, pitch, roll (radians), shift right, shift down (face heights), shape (n, 5)."""
    blink: Floats
    """0 open to 1 closed, shape (n,)."""
    gaze: Floats
    """Of the irises, right and down, units of the head, shape (n, 2); both eyes move alike."""
    brow: Floats
    """Shape (n,), about 0 to 1."""


def idle_motion(
    prosody: Prosody, *, seed: int, amount: float, motion: Motion, blink: bool
) -> IdleMotion:
    """Movement of the head over a fragment.

    Args:
        prosody: Of what is said.
        seed: The same seed gives the same movement.
        amount: Scale of the head's movement, 1 for what the kind of motion says.
        motion: Kind of speaker.
        blink: Whether the eyes blink.
    """
    n = len(prosody)
    random = np.random.default_rng(seed)
    scale = amount * _AMOUNT[motion]
    clock = _clock(prosody)
    # Nods of their own chance, so that the wandering does not depend on how many there are.
    nods, breaths = _nods(np.random.default_rng((seed, 1)), prosody), _breaths(prosody)
    phrase = _drift(random, clock, period=2.6)
    pose = np.stack(
        [
            0.062 * _drift(random, clock, period=3.2) + 0.03 * phrase,
            0.034 * _drift(random, clock, period=2.8) + _NOD * nods - _BREATH_BACK * breaths,
            0.014 * _drift(random, clock, period=3.6) + 0.008 * phrase,
            0.008 * _drift(random, clock, period=4.0),
            0.004 * _drift(random, clock, period=3.0) + 0.004 * nods - _BREATH_UP * breaths,
        ],
        axis=1,
    )
    brow = np.clip(_NOD_BROW * nods, 0.0, 0.9) + 0.08 * _drift(random, clock, period=2.4)
    ease = ease_in_out(n, _EASE)
    pose = scale * pose * ease[:, None]
    return IdleMotion(
        pose=np.asarray(pose, np.float32),
        blink=_blinks(random, prosody) if blink else np.zeros(n, np.float32),
        gaze=np.asarray(_gaze(random, pose) * ease[:, None], np.float32),
        brow=np.asarray(brow * ease * min(scale, 1.2), np.float32),
    )


def _clock(prosody: Prosody) -> _Curve:
    """The time by which the head wanders, frames: nearly stopped in pauses."""
    pace = np.where(prosody.pausing, _PACE_IN_PAUSES, 1.0)
    return np.cumsum(running_mean(pace, 11))


def _drift(random: np.random.Generator, clock: _Curve, *, period: float) -> _Curve:
    """Smooth wandering about 0 with a standard deviation of about 1.

    Args:
        random: Source of the wandering.
        clock: When it is wanted, frames, not decreasing.
        period: Seconds between one change of mind and the next, roughly.
    """
    n = len(clock)
    sigma = period * FRAMES_PER_SECOND / 5.0
    half = int(4 * sigma)
    window = np.exp(-0.5 * (np.arange(-half, half + 1) / sigma) ** 2)
    noise = random.standard_normal(n + 2 * half)
    wandering = np.convolve(noise, window / np.sqrt((window**2).sum()), mode="valid")
    return np.interp(clock, np.arange(n), wandering)


def _nods(random: np.random.Generator, prosody: Prosody) -> _Curve:
    """A bump at every stress, quicker down than up, 1 at a full one."""
    frames = np.arange(len(prosody))
    nods = np.zeros(len(prosody))
    for stress in prosody.stresses:
        away = frames - stress.frame
        half = np.where(away < 0, _NOD_RISE, _NOD_FALL)
        height = stress.strength * (0.7 + 0.5 * random.random())
        nods = np.maximum(nods, height * np.exp(-0.5 * (away / half) ** 2))
    return running_mean(nods, 5)


def _breaths(prosody: Prosody) -> _Curve:
    """A bump before every sentence."""
    frames = np.arange(len(prosody))
    breaths = np.zeros(len(prosody))
    for first in prosody.sentences:
        away = (frames - (first - _BREATH_BEFORE)) / _BREATH_LENGTH
        breaths = np.maximum(breaths, np.exp(-0.5 * away**2))
    return breaths


def _blinks(random: np.random.Generator, prosody: Prosody) -> Floats:
    """Blinks 2 to 6 seconds apart, rather in pauses, none cut off by the fragment's ends."""
    n = len(prosody)
    closed = np.zeros(n, np.float32)
    shape = np.array(_BLINK, np.float32)
    begins = np.flatnonzero(prosody.pausing[1:] & ~prosody.pausing[:-1]) + 2
    at = int(FRAMES_PER_SECOND * (0.8 + 1.6 * random.random()))
    while True:
        later = begins[(begins >= at) & (begins <= at + _BLINK_IN_PAUSE)]
        at = int(later[0]) if len(later) else at
        if at + len(shape) >= n - 2:
            return closed
        closed[at : at + len(shape)] = shape
        at += int(FRAMES_PER_SECOND * min(2.0 + random.exponential(1.8), 6.0))


def _gaze(random: np.random.Generator, pose: _Curve) -> _Curve:
    """Small jumps every 0.7 to 2.7 seconds, about a listener on whom the eyes rest."""
    n = len(pose)
    glances = np.zeros((n, 2))
    at = 0
    while at < n:
        until = at + int(FRAMES_PER_SECOND * (0.7 + 2.0 * random.random()))
        glances[at:until] = np.clip(random.standard_normal(2), -1.5, 1.5) * (0.13, 0.07)
        at = until
    glances[1:] = 0.65 * glances[1:] + 0.35 * glances[:-1]
    gaze = np.clip(
        glances - _FIXATION * pose[:, :2], np.negative(_WIDEST_GAZE), np.array(_WIDEST_GAZE)
    )
    return np.asarray(np.round(gaze / _GAZE_STEP) * _GAZE_STEP)
