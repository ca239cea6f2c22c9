"""How much further or less far than commanded a face's mouth is opened."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

from app.engines.face.meshwarp.curves import PARTS, PartName
from app.engines.face.meshwarp.head import Floats
from app.engines.face.meshwarp.shapes import JAW_DROP, LOWER_LIP_FALL, UPPER_LIP_RISE

OPENERS: dict[PartName, float] = {
    "jaw": JAW_DROP,
    "raise": UPPER_LIP_RISE,
    "drop": LOWER_LIP_FALL,
}
"""Parts of the movement that take the lips apart, and how far at 1, units of the head."""

_SMALL = 4.0
"""Units, 7 mm: gaps up to about that are small."""

_PUCKER = PARTS.index("pucker")
_COLUMNS = tuple((PARTS.index(name), units) for name, units in OPENERS.items())


@dataclass(frozen=True, slots=True)
class Opening:
    """Factors, without a unit, of a mouth's opening; 1 for a face of middle proportions."""

    usual: float = 1.0
    """Of every opening; calibration finds 0.7 to 1.35."""
    small: float = 1.0
    """Besides, of small openings; 0.85 to 1.6."""
    round: float = 1.0
    """Besides, of round lips; 0.75 to 1.4."""

    def scale(self, parts: Floats) -> float:
        """By which one frame's opening is multiplied.

        Args:
            parts: Of the mouth's movement, shape (8,).
        """
        small = exp(-((commanded_gap(parts) / _SMALL) ** 2))
        rounded = min(max(float(parts[_PUCKER]), 0.0), 1.0)
        return (
            self.usual * (1.0 + (self.small - 1.0) * small) * (1.0 + (self.round - 1.0) * rounded)
        )


AS_COMMANDED = Opening()
"""Of a face of middle proportions."""


def commanded_gap(parts: Floats) -> float:
    """Units between the middles of the lips that a frame's movement asks for."""
    return sum(float(parts[column]) * units for column, units in _COLUMNS)
