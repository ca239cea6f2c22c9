"""Numbers with letters behind a hyphen: "3-й", "5-летний", "2-х"."""

from __future__ import annotations

from collections.abc import Sequence

from app.text.russian.numerals import Case, Gender, cardinal, ordinal

SUFFIXES: dict[str, tuple[Case, Gender]] = {
    "й": ("nominative", "masculine"), "ый": ("nominative", "masculine"),
    "ий": ("nominative", "masculine"),
    "го": ("genitive", "masculine"), "ого": ("genitive", "masculine"),
    "му": ("dative", "masculine"),
    "ому": ("dative", "masculine"), "м": ("prepositional", "masculine"),
    "ом": ("prepositional", "masculine"),
    "ым": ("instrumental", "masculine"), "я": ("nominative", "feminine"),
    "ая": ("nominative", "feminine"),
    "ю": ("accusative", "feminine"), "ую": ("accusative", "feminine"),
    "ой": ("genitive", "feminine"),
    "е": ("nominative", "neuter"), "ое": ("nominative", "neuter"), "ые": ("nominative", "plural"),
    "х": ("genitive", "plural"), "ых": ("genitive", "plural"), "ми": ("instrumental", "plural"),
    "ыми": ("instrumental", "plural"), "ем": ("prepositional", "masculine"),
    "ему": ("dative", "masculine"), "его": ("genitive", "masculine"),
    "им": ("instrumental", "masculine"), "ья": ("nominative", "feminine"),
    "ье": ("nominative", "neuter"), "ей": ("genitive", "feminine"),
}  # fmt: skip
"""Endings of ordinals."""
_CARDINAL_SUFFIXES: dict[str, Case] = {
    "х": "genitive", "ти": "genitive", "ми": "genitive", "мя": "instrumental",
}  # fmt: skip
"""Endings of counts, "2-х томов"."""
_CARDINAL_VALUES = {"х": (2, 3, 4), "ми": (7, 8)}
"""With others the same endings are those of ordinals, "90-х"."""


def suffixed(value: int, suffix: str, after: Sequence[str]) -> list[str]:
    """Tell apart: "3-й" is an ordinal, "5-летний" a compound with the genitive."""
    if suffix in _CARDINAL_SUFFIXES and value in _CARDINAL_VALUES.get(suffix, (value,)):
        return cardinal(value, _CARDINAL_SUFFIXES[suffix])
    if suffix in SUFFIXES:
        case, gender = SUFFIXES[suffix]
        noun = after[0] if after and after[0] not in ("и", "или", "с") else ""
        if suffix == "е" and noun.endswith(("ы", "и")):
            gender = "plural"
        if suffix == "й" and noun.endswith(("и", "ы", "ой", "ей")) and not noun.endswith("ий"):
            case, gender = "genitive", "feminine"
        return ordinal(value, case, gender)
    *rest, last = cardinal(value, "genitive")
    stem = {"ста": "сто", "девяноста": "девяносто", "одного": "одно", "тысячи": "тысяче"}.get(
        last, last
    )
    return ["".join((*rest, stem)) + suffix]
