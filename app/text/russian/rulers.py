"""Numerals behind the names of rulers: "Екатерину II" is "Екатерину вторую"."""

from __future__ import annotations

from collections.abc import Sequence

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
        return _by_ending(name, _CASE_OF_HER_NAME, "genitive"), "feminine"
    return _by_ending(name, _CASE_OF_NAME, "nominative"), "masculine"


def _by_ending(name: str, endings: Sequence[tuple[str, Case]], other: Case) -> Case:
    return next((case for ending, case in endings if name.endswith(ending)), other)
