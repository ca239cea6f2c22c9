"""Sums and integrals with their bounds, "∫₀¹" and "∑_{i=1}^n"."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_SUB = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼᵣᵤᵥ"
_SUPER = "⁰¹²³⁴-⁹⁺⁻⁼⁽⁾ⁿⁱᵃ-ᵉᵏᵐᵗˣ"
_BOUNDED = re.compile(
    rf"(?P<sign>[∑∏∫])"
    rf"(?:_\{{(?P<low>[^}}]+)\}}?|_(?P<index>[^\W_])|(?P<sub>[{_SUB}]+))"
    rf"(?:\^\{{(?P<high>[^}}]+)\}}?|\^(?P<power>[^\W_]|∞)|(?P<super>[{_SUPER}]+|∞))?"
    r"(?P<rest>.*)"
)


@dataclass(frozen=True, slots=True)
class Bounded:
    """A sum, product or integral at the beginning of a token."""

    sign: str
    lower: str
    upper: str
    """Empty where only a lower bound is written."""
    rest: str
    """What stands behind it in the token."""


def bounded(core: str) -> Bounded | None:
    """The sign with its bounds as plain characters; None for any other core.

    >>> bounded("∑_{i=1}^nx")
    Bounded(sign='∑', lower='i=1', upper='n', rest='x')
    """
    match = _BOUNDED.fullmatch(core)
    if match is None:
        return None
    lower = match["low"] or match["index"] or match["sub"]
    upper = match["high"] or match["power"] or match["super"] or ""
    return Bounded(match["sign"], _plain(lower), _plain(upper), match["rest"])


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("−", "-")
