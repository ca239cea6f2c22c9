"""Loudness of a sound that goes by, of any length in little memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from app.ports.sound import Samples

_STEPS_PER_SECOND = 10
_STEPS_PER_BLOCK = 4
"""A block of 400 ms begins every 100 ms."""

_WEIGHTING = {"high_shelf": (4.0, 0.5**0.5, 1500.0), "high_pass": (0.0, 0.5, 38.0)}
"""Decibels, Q and hertz of each filter, as pyloudnorm's meter has them."""

_OFFSET = -0.691
_ABSOLUTE_GATE = -70.0
_RELATIVE_GATE = -10.0


class LoudnessMeter:
    """Integrated loudness of one channel (ITU-R BS.1770-5), heard a piece at a time.

    Measured at full scale, as speech is: a faint sound is not taken for the silence that the
    measure leaves out.
    """

    def __init__(self, rate: int) -> None:
        """Nothing is heard yet.

        Args:
            rate: Hertz.
        """
        from pyloudnorm.iirfilter import IIRfilter

        # The library measures whole sounds only; its filters, one after the other, do pieces.
        filters = [IIRfilter(*form, rate, kind) for kind, form in _WEIGHTING.items()]
        self._filters = [(each.b * each.passband_gain, each.a) for each in filters]
        self._states = [np.zeros(2) for _ in self._filters]
        self._step = rate // _STEPS_PER_SECOND
        self._left: npt.NDArray[np.float64] = np.zeros(0)
        self._powers: list[npt.NDArray[np.float64]] = []
        self.peak = 0.0
        """Highest absolute sample."""

    def hear(self, samples: Samples) -> None:
        """The next piece, of any size."""
        from scipy.signal import lfilter

        self.peak = max(self.peak, float(np.abs(samples).max(initial=0.0)))
        weighted = samples.astype(np.float64)
        for place, (forward, back) in enumerate(self._filters):
            weighted, self._states[place] = lfilter(forward, back, weighted, zi=self._states[place])
        weighted = np.concatenate([self._left, weighted])
        whole = weighted.size // self._step * self._step
        self._left = weighted[whole:]
        self._powers.append(np.square(weighted[:whole].reshape(-1, self._step)).mean(axis=1))

    def loudness(self) -> float:
        """LUFS of all that was heard; minus infinity for silence."""
        if self.peak == 0.0:
            return -np.inf
        steps = np.concatenate([*self._powers, [np.square(self._left).sum() / self._step]])
        steps = np.pad(steps, (0, max(0, _STEPS_PER_BLOCK - steps.size)))
        blocks = np.convolve(steps, np.full(_STEPS_PER_BLOCK, 1 / _STEPS_PER_BLOCK), "valid")
        blocks = blocks / self.peak**2
        loud = blocks[_level(blocks) > _ABSOLUTE_GATE]
        if not loud.size:
            return -np.inf
        loud = loud[_level(loud) > float(_level(loud.mean())) + _RELATIVE_GATE]
        return float(_level(loud.mean()) + 20 * np.log10(self.peak))


def _level(power: npt.ArrayLike) -> npt.NDArray[np.float64]:
    levels: npt.NDArray[np.float64] = _OFFSET + 10 * np.log10(np.maximum(power, 1e-30))
    return levels
