"""What a case measured, and which of its bars it missed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Findings:
    """Figures of one case; those with a bar are held against it."""

    figures: dict[str, object] = field(default_factory=dict)
    bars: dict[str, str] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)
    """Names of the figures that are not as good as their bar."""

    def note(self, name: str, value: object) -> None:
        """A figure without a bar."""
        self.figures[name] = value

    def at_most(self, name: str, value: float, limit: float) -> None:
        """A figure that must not be larger."""
        self._hold(name, value, f"<= {limit}", good=value <= limit)

    def at_least(self, name: str, value: float, limit: float) -> None:
        """A figure that must not be smaller."""
        self._hold(name, value, f">= {limit}", good=value >= limit)

    def exactly(self, name: str, value: object, wanted: object) -> None:
        """A figure that must be that."""
        self._hold(name, value, f"== {wanted}", good=value == wanted)

    def as_dict(self) -> dict[str, object]:
        """For one line of JSON."""
        return {**self.figures, "bars": self.bars, "missed": self.missed}

    def _hold(self, name: str, value: object, bar: str, *, good: bool) -> None:
        self.figures[name] = value
        self.bars[name] = bar
        if not good:
            self.missed.append(name)


def skipped(reason: str) -> Findings:
    """Of a case that this machine cannot run."""
    return Findings({"skipped": reason})


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that so many of all are not above.

    Args:
        share: From 0 to 1.
    """
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
