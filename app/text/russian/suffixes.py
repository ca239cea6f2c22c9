"""Numbers with letters behind a hyphen: "3-й", "5-летний", "2-х"."""

from __future__ import annotations

from collections.abc import Sequence

from app.text.russian.numerals import Case, Gender, cardinal, ordinal
from app.text.tables import words

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
    "ух": "genitive", "ёх": "genitive", "ех": "genitive",
    "х": "genitive", "ти": "genitive", "ми": "genitive", "мя": "instrumental",
}  # fmt: skip
"""Endings of counts, "2-х томов"."""
_CARDINAL_VALUES = {"х": (2, 3, 4), "ми": (7, 8)}
"""With others the same endings are those of ordinals, "90-х"."""


_FEMININE_BEHIND = frozenset(words("с со из до от для после около у без о об по к ко при"))
"""Behind them "3-й" is feminine: of a masculine ordinal the ending would be another."""
_MASCULINE = frozenset(words("герой строй слой бой покрой музей лицей юбилей змей край случай"))
_FIRST_DECADE = 20
_STEMS = {"ста": "сто", "девяноста": "девяносто", "одного": "одно", "тысячи": "тысяче",
          "тысяч": "тысяче"}  # fmt: skip
"""Parts of compounds that are no genitives: "столетие", "стопятидесятилетие"."""


def suffixed(value: int, suffix: str, before: str, after: Sequence[str]) -> list[str]:
    """Tell apart: "3-й" is an ordinal, "5-летний" a compound with the genitive.

    Args:
        value: The number.
        suffix: What stands behind its hyphen.
        before: The preposition, or another word before the number.
        after: The words behind it.
    """
    if suffix == "ю" and after and after[0].endswith(("ами", "ями")):
        return cardinal(value, "instrumental")
    if suffix in _CARDINAL_SUFFIXES and value in _CARDINAL_VALUES.get(suffix, (value,)):
        return cardinal(value, _CARDINAL_SUFFIXES[suffix])
    if suffix in SUFFIXES:
        alone = not after or after[0] in ("и", "или")
        if suffix == "е" and alone and value % 10 == 0 and value >= _FIRST_DECADE:
            return ordinal(value, "nominative", "plural")
        return ordinal(value, *_agreement(suffix, before, after))
    if value == 2 and suffix.startswith("мерн"):
        return ["дву" + suffix]
    parts = cardinal(value, "genitive")
    return ["".join(_STEMS.get(part, part) for part in parts) + suffix]


def _agreement(suffix: str, before: str, after: Sequence[str]) -> tuple[Case, Gender]:
    case, gender = SUFFIXES[suffix]
    noun = after[0] if after and after[0] not in ("и", "или", "с") else ""
    if suffix == "е" and noun.endswith(("ы", "и")):
        gender = "plural"
    if suffix == "й" and before in _FEMININE_BEHIND and noun in ("", "по", "до"):
        return "genitive", "feminine"
    of_her = noun.endswith(("и", "ы", "е", "ой", "ей")) and not noun.endswith("ий")
    if suffix == "й" and of_her and noun not in _MASCULINE | {"по", "не"}:
        return "genitive", "feminine"
    return case, gender
