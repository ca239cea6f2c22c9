"""Numerals behind the names of rulers: "Екатерину II" is "Екатерину вторую"."""

from __future__ import annotations

from app.text.russian.context import case_by_ending
from app.text.russian.numerals import Case, Gender

_RULERS = ("Екатерин", "Елизавет", "Мари", "Анн", "Виктори", "Изабелл", "Маргарит", "Клеопатр")
_CASE_OF_NAME: tuple[tuple[str, Case], ...] = (
    ("а", "genitive"), ("я", "genitive"), ("у", "dative"), ("ю", "dative"), ("ом", "instrumental"),
    ("ем", "instrumental"), ("е", "prepositional"),
)  # fmt: skip
_CASE_OF_HER_NAME: tuple[tuple[str, Case], ...] = (
    ("а", "nominative"), ("я", "nominative"), ("у", "accusative"), ("ю", "accusative"),
)  # fmt: skip


def agreement_of_ruler(name: str) -> tuple[Case, Gender]:
    """Case and gender of the numeral behind the name of a ruler."""
    if name.startswith(_RULERS):
        return case_by_ending(name, _CASE_OF_HER_NAME, "genitive"), "feminine"
    return case_by_ending(name, _CASE_OF_NAME), "masculine"
