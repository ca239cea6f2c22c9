"""Whether a phrase took a time that its text can take.

XTTS now and then goes on talking after its text, swallows half of it or never stops
(coqui-ai/TTS issues 3598, 4171; idiap/coqui-ai-TTS issue 514).  Length tells most of it.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.ports.sound import Samples

log = logging.getLogger(__name__)

_SLOWEST = 2.5
_FASTEST = 2.0
"""Times slower and faster than ordinary speech; people stay within about 1.5 of it."""

_SPARE_SECONDS = 1.0
"""What a single short word may take besides."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Seconds between which a phrase is believed."""

    shortest: float
    longest: float

    def misfit(self, seconds: float) -> float:
        """How far outside, in octaves; 0 inside.

        >>> Bounds(1.0, 4.0).misfit(2.0), Bounds(1.0, 4.0).misfit(8.0), Bounds(1.0, 4.0).misfit(0.5)
        (0.0, 1.0, 1.0)
        """
        if seconds <= 0.0:
            return math.inf
        return max(0.0, math.log2(seconds / self.longest), math.log2(self.shortest / seconds))


def bounds(characters: int, rate: float, speed: float) -> Bounds:
    """Bounds for a text.

    Args:
        characters: As the model is given them, numbers written out.
        rate: Characters a second of ordinary speech in the language.
        speed: Above 1 speaks faster.
    """
    ordinary = characters / rate / speed
    return Bounds(ordinary / _FASTEST, ordinary * _SLOWEST + _SPARE_SECONDS)


@dataclass(frozen=True, slots=True)
class Attempt:
    """A phrase as it was said once."""

    samples: Samples
    rate: int
    stopped: bool
    """Whether the model was stopped mid-speech."""

    @property
    def seconds(self) -> float:
        return self.samples.size / self.rate


def best_of(
    most: int, say: Callable[[int], Attempt], believed: Bounds, *, characters: int
) -> Samples:
    """The first attempt of a length that is believed, else the one nearest to it.

    Args:
        most: Attempts, 1 at least.
        say: Makes the attempt of a number, from 0.
        believed: For this phrase.
        characters: Of the phrase, for the log.
    """
    best: tuple[float, Samples] | None = None
    for number in range(most):
        attempt = say(number)
        misfit = believed.misfit(attempt.seconds) + attempt.stopped
        if best is None or misfit < best[0]:
            best = (misfit, attempt.samples)
        if misfit == 0.0:
            break
        log.warning(
            "phrase of an impossible length attempt=%d of=%d characters=%d seconds=%.2f "
            "expected=%.2f-%.2f stopped=%s",
            number + 1,
            most,
            characters,
            attempt.seconds,
            believed.shortest,
            believed.longest,
            attempt.stopped,
        )
    assert best is not None, "there is at least one attempt"
    return best[1]
