"""Spanish numerals, and what they agree with."""

from __future__ import annotations

import random

import pytest

from app.text.romance.numerals import Agreement, Form
from app.text.romance.spanish.nouns import gender
from app.text.romance.spanish.numerals import cardinal, fraction, ordinal

CHANCE = random.Random(1)
GENDERS: tuple[Form, Form] = ("masculine", "feminine")
NUMBERS = [*range(1, 1200), *(CHANCE.randrange(10**power) for power in range(4, 15))]


@pytest.mark.parametrize(
    ("value", "form", "words"),
    [
        (1, "alone", "uno"),
        (1, "masculine", "un"),
        (1, "feminine", "una"),
        (21, "masculine", "veintiún"),
        (31, "feminine", "treinta y una"),
        (100, "feminine", "cien"),
        (101, "masculine", "ciento un"),
        (200, "feminine", "doscientas"),
        (21_000, "feminine", "veintiuna mil"),
        (200_000, "feminine", "doscientas mil"),
        (200_000_000, "feminine", "doscientos millones"),
        (1_000_000, "alone", "un millón"),
        (1_000_000_000, "alone", "mil millones"),
        (10**12 + 1, "alone", "un billón uno"),
    ],
)
def test_a_cardinal_agrees_with_what_it_counts(value: int, form: Form, words: str) -> None:
    assert cardinal(value, form) == words


def test_only_one_and_hundreds_depend_on_the_noun() -> None:
    for value in NUMBERS:
        masculine, feminine = (cardinal(value, form).split() for form in GENDERS)
        pairs = zip(masculine, feminine, strict=True)
        endings = {(one[-3:], other[-3:]) for one, other in pairs if one != other}
        assert endings <= {("un", "una"), ("iún", "una"), ("tos", "tas")}


@pytest.mark.parametrize(
    ("value", "agreement", "words"),
    [
        (1, Agreement(short=True), "primer"),
        (3, Agreement(short=True), "tercer"),
        (13, Agreement(short=True), "decimotercer"),
        (4, Agreement(short=True), "cuarto"),
        (7, Agreement("feminine"), "séptima"),
        (11, Agreement("feminine"), "undécima"),
        (20, Agreement("feminine", plural=True), "vigésimas"),
        (22, Agreement("feminine"), "vigésima segunda"),
        (100, Agreement(), "centésimo"),
        (125, Agreement(), "centésimo vigésimo quinto"),
        (2000, Agreement("feminine"), "dos mil"),
    ],
)
def test_an_ordinal_agrees_with_its_noun(value: int, agreement: Agreement, words: str) -> None:
    assert ordinal(value, agreement) == words


def test_every_word_of_an_ordinal_agrees() -> None:
    for value in range(1, 1001):
        feminine = ordinal(value, Agreement("feminine", plural=True)).split()
        assert feminine == [f"{word[:-1]}as" for word in ordinal(value).split()]


@pytest.mark.parametrize(
    ("numerator", "denominator", "words"),
    [
        (1, 2, "un medio"),
        (2, 3, "dos tercios"),
        (3, 4, "tres cuartos"),
        (1, 10, "un décimo"),
        (5, 11, "cinco onceavos"),
        (3, 16, "tres dieciseisavos"),
        (1, 20, "un veinteavo"),
        (7, 32, "siete treintaidosavos"),
        (1, 50, "un cincuentavo"),
        (1, 100, "un centésimo"),
        (9, 1000, "nueve milésimos"),
        (22, 7, "veintidós séptimos"),
    ],
)
def test_a_fraction_names_its_parts(numerator: int, denominator: int, words: str) -> None:
    assert fraction(numerator, denominator) == words


@pytest.mark.parametrize(
    ("nouns", "expected"),
    [
        ("páginas lecciones ciudades personas manos veces luces leyes consonantes", "feminine"),
        ("días problemas alumnos aviones teoremas árboles lugares histogramas", "masculine"),
        ("estudiantes artistas", "masculine"),
    ],
)
def test_a_noun_tells_its_gender_or_is_counted_as_masculine(nouns: str, expected: str) -> None:
    assert {gender(noun) or "masculine" for noun in nouns.split()} == {expected}
