"""Nouns behind the ordinal of a year or a century, and their cases."""

from __future__ import annotations

from app.text.russian.numerals import Case, Gender

_SINGULAR: tuple[Case, ...] = (
    "nominative", "genitive", "dative", "instrumental", "prepositional",
)  # fmt: skip


def _singular(stem: str, endings: str, gender: Gender) -> dict[str, tuple[Case, Gender]]:
    """Forms of a noun with the case of each."""
    forms = (stem + ending for ending in endings.split(" "))
    return {form: (case, gender) for form, case in zip(forms, _SINGULAR, strict=True)}


FORMS: dict[str, tuple[Case, Gender]] = {
    **_singular("год", " а у ом у", "masculine"), **_singular("век", " а у ом е", "masculine"),
    **_singular("съезд", " а у ом е", "masculine"),
    **_singular("столет", "ие ия ию ием ии", "neuter"),
    **_singular("тысячелет", "ие ия ию ием ии", "neuter"),
    "годы": ("nominative", "plural"), "годов": ("genitive", "plural"),
    "годам": ("dative", "plural"), "годами": ("instrumental", "plural"),
    "годах": ("prepositional", "plural"), "веков": ("genitive", "plural"),
    "веках": ("prepositional", "plural"), "веками": ("instrumental", "plural"),
    "векам": ("dative", "plural"),
}  # fmt: skip
"""Nouns that follow the ordinal of a year or a century."""
ABBREVIATED: dict[str, tuple[str, Gender]] = {
    "г": ("год года году год годом году", "masculine"),
    "гг": ("годы годов годам годы годами годах", "plural"),
    "в": ("век века веку век веком веке", "masculine"),
    "вв": ("века веков векам века веками веках", "plural"),
}
"""An abbreviated noun by :data:`CASES`."""
