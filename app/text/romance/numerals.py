"""Numerals of a language: what they agree with, and how it says counts, ordinals and ranges."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

Gender = Literal["masculine", "feminine"]
Form = Literal["alone", "masculine", "feminine", "which"]
"""A numeral by itself, as in counting; before a noun of that gender; behind what it numbers."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What an ordinal agrees with."""

    gender: Gender = "masculine"
    plural: bool = False
    short: bool = False
    """Before a masculine noun: Spanish "primer" for "primero"."""


class Cardinal(Protocol):
    """Gives a cardinal in words."""

    def __call__(self, value: int, form: Form = "alone", following: str = "") -> str:
        """The words.

        Args:
            value: From 0, below 10¹⁵.
            form: What it agrees with.
            following: The word that is said next, for Italian "un", "uno", "un'".
        """


class Ordinal(Protocol):
    """Gives an ordinal in words."""

    def __call__(self, value: int, agreement: Agreement = ...) -> str:
        """The words of a value from 0, below 10¹⁵."""


class Ranged(Protocol):
    """Gives a range in words."""

    def __call__(self, first: str, last: str, before: str = "", *, years: bool = False) -> str:
        """The words.

        Args:
            first: One end of the range in words.
            last: The other.
            before: The word or the elision before it, in lower case; empty where a phrase begins.
            years: Whether the ends are years.
        """


def ranged_by(word: str) -> Ranged:
    """A range whose ends one word joins, whatever they are."""

    def ranged(first: str, last: str, before: str = "", *, years: bool = False) -> str:
        del before, years
        return f"{first} {word} {last}"

    return ranged


@dataclass(frozen=True, slots=True, kw_only=True)
class Numerals:
    """Numbers in words."""

    cardinal: Cardinal
    ordinal: Ordinal
    fraction: Callable[[int, int], str]
    """Of numerator and denominator, 0 < numerator: "tres cuartos"."""
    endings: Mapping[str, Agreement]
    """Of ordinals in digits, without a full stop: "º", "er", "ème"."""
    comma: str
    point: str
    long_decimals: int
    """How many digits behind the comma are said as one number; more are said one by one."""
    halves: Mapping[str, tuple[str, str]]
    """Of ½ and its like: alone, and behind a number with the "and": "un medio", "y medio"."""
    feminine_halves: Mapping[str, str] = field(default_factory=dict)
    """Of those that agree with the noun before them, behind a feminine one: "y media"."""
    half: Mapping[Gender, str]
    """Half of the noun behind it, by the gender of that: "medio", "media"."""
    scales: Mapping[str, tuple[str, str]]
    """Letters behind a number, "5 M", as singular and plural; with :attr:`of` before a noun."""
    large: frozenset[str]
    """Numerals that are nouns and take :attr:`of` before what they count: "millones"."""
    apostrophe: bool = False
    """Whether an apostrophe parts decimals, too: "1'5"."""
    of_year: str = ""
    """Between a number and its year, "241/1990"; empty where that is none."""
    against: str = ""
    """Between two numbers that are no fraction, "120/80"; empty where they are said as one."""
    suffixes: Mapping[str, Callable[[int, str], str]] = field(default_factory=dict)
    """Endings that make one word with a numeral, and how: "enne" of "18enne"."""
    called: frozenset[str] = frozenset()
    """What stands before a telephone number, in lower case without a full stop."""
    of: Callable[[str], str]
    """A noun with the "of" that joins it to "millions": "d'euros"."""
    to: str
    """Between the ends of a range that are tokens of their own: "10 – 15"."""
    ranged: Ranged
    ratio: str
    """Between the parts of a ratio, 3:1."""
    in_parts: frozenset[str] = frozenset()
    """Words before a number in parts, "n° 78-17", whose hyphen is said."""
    singular_below_two: bool = False
    """Whether a unit has no plural below two: "1,5 kilomètre", "0 degré"."""
