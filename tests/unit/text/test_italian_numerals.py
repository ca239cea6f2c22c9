"""Italian numerals: how they are joined, accented, and agree."""

from __future__ import annotations

import pytest
from num2words import num2words

from app.text.romance.italian.numerals import cardinal, fraction, ordinal
from app.text.romance.numerals import Agreement, Form


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "zero"),
        (3, "tre"),
        (23, "ventitré"),
        (123, "centoventitré"),
        (28, "ventotto"),
        (101, "centouno"),
        (108, "centotto"),
        (111, "centoundici"),
        (118, "centodiciotto"),
        (180, "centottanta"),
        (1001, "milleuno"),
        (2003, "duemilatré"),
        (3000, "tremila"),
        (23_000, "ventitremila"),
        (1_000_000, "un milione"),
        (1_200_000, "un milione e duecentomila"),
        (12_500_000, "dodici milioni e cinquecentomila"),
        (1_001_000_005, "un miliardo un milione e cinque"),
        (2 * 10**12, "due bilioni"),
    ],
)
def test_a_cardinal_is_one_word_below_a_million(value: int, words: str) -> None:
    assert cardinal(value) == words


@pytest.mark.parametrize(
    ("form", "following", "words"),
    [
        ("alone", "libro", "uno"),
        ("masculine", "libro", "un"),
        ("masculine", "anno", "un"),
        ("masculine", "studente", "uno"),
        ("masculine", "secondo", "un"),
        ("masculine", "zaino", "uno"),
        ("masculine", "gnomo", "uno"),
        ("masculine", "psicologo", "uno"),
        ("feminine", "casa", "una"),
        ("feminine", "ora", "un'"),
    ],
)
def test_one_takes_the_form_of_the_article(form: Form, following: str, words: str) -> None:
    assert cardinal(1, form, following) == words
    assert cardinal(21, form, following) == "ventuno"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1, "primo"),
        (10, "decimo"),
        (11, "undicesimo"),
        (21, "ventunesimo"),
        (23, "ventitreesimo"),
        (26, "ventiseiesimo"),
        (100, "centesimo"),
        (103, "centotreesimo"),
        (118, "centodiciottesimo"),
        (1000, "millesimo"),
        (2000, "duemillesimo"),
        (10**6, "milionesimo"),
        (10**6 + 3, "un milione e treesimo"),
    ],
)
def test_an_ordinal_beyond_ten_is_made_of_the_cardinal(value: int, words: str) -> None:
    assert ordinal(value) == words


def test_an_ordinal_agrees_in_gender_and_number() -> None:
    agreements = [
        Agreement(),
        Agreement(plural=True),
        Agreement("feminine"),
        Agreement("feminine", plural=True),
    ]
    assert [ordinal(2, form) for form in agreements] == ["secondo", "secondi", "seconda", "seconde"]


def test_a_fraction_counts_its_parts() -> None:
    assert [fraction(*parts) for parts in ((1, 2), (3, 2), (2, 3), (1, 11), (7, 1000))] == [
        "un mezzo",
        "tre mezzi",
        "due terzi",
        "un undicesimo",
        "sette millesimi",
    ]


def test_all_below_ten_thousand_agree_with_another_table() -> None:
    for value in range(10_000):
        theirs = num2words(value, lang="it").replace("dicotto", "diciotto")
        # It forgets the accent of 123, and a vowel of 118.
        accented = f"{theirs[:-1]}é" if theirs.endswith("tre") and value > 3 else theirs
        assert cardinal(value) == accented
