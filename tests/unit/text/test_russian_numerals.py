"""Russian numerals in every case."""

from __future__ import annotations

import pytest

from app.text.russian.numerals import (
    CASES,
    LARGEST,
    Case,
    Gender,
    agreeing,
    cardinal,
    decimal,
    ordinal,
)


@pytest.mark.parametrize(
    ("number", "case", "spoken"),
    [
        (0, "nominative", "ноль"),
        (11, "genitive", "одиннадцати"),
        (40, "instrumental", "сорока"),
        (58, "instrumental", "пятьюдесятью восемью"),
        (95, "genitive", "девяноста пяти"),
        (345, "dative", "трёмстам сорока пяти"),
        (500, "prepositional", "пятистах"),
        (1000, "nominative", "тысяча"),
        (2021, "nominative", "две тысячи двадцать один"),
        (21_000, "genitive", "двадцати одной тысячи"),
        (1_234_567, "nominative",
         "миллион двести тридцать четыре тысячи пятьсот шестьдесят семь"),
        (5_000_000_000, "instrumental", "пятью миллиардами"),
    ],
)  # fmt: skip
def test_a_cardinal_is_declined_in_every_part(number: int, case: Case, spoken: str) -> None:
    assert " ".join(cardinal(number, case)) == spoken


@pytest.mark.parametrize(
    ("gender", "spoken"), [("masculine", "два"), ("feminine", "две"), ("neuter", "два")]
)
def test_two_agrees_with_the_gender(gender: Gender, spoken: str) -> None:
    assert cardinal(2, gender=gender) == [spoken]


@pytest.mark.parametrize(
    ("number", "case", "gender", "spoken"),
    [
        (1, "nominative", "feminine", "первая"),
        (2, "nominative", "masculine", "второй"),
        (3, "genitive", "masculine", "третьего"),
        (3, "nominative", "feminine", "третья"),
        (40, "nominative", "masculine", "сороковой"),
        (1974, "prepositional", "masculine", "тысяча девятьсот семьдесят четвёртом"),
        (1900, "genitive", "masculine", "тысяча девятисотого"),
        (2000, "nominative", "plural", "двухтысячные"),
        (90, "prepositional", "plural", "девяностых"),
    ],
)
def test_only_the_last_word_of_an_ordinal_is_declined(
    number: int, case: Case, gender: Gender, spoken: str
) -> None:
    assert " ".join(ordinal(number, case, gender)) == spoken


@pytest.mark.parametrize("number", [0, 7, 12, 100, 1001, 999_999, 10**6, LARGEST])
@pytest.mark.parametrize("case", CASES)
def test_every_number_has_a_name_in_every_case(number: int, case: Case) -> None:
    assert all(word.isalpha() for word in cardinal(number, case) + ordinal(number, case))


@pytest.mark.parametrize(
    ("number", "noun"), [(1, "год"), (3, "года"), (5, "лет"), (11, "лет"), (14, "лет"), (21, "год")]
)
def test_the_counted_noun_agrees(number: int, noun: str) -> None:
    assert agreeing(number, "год", "года", "лет") == noun


@pytest.mark.parametrize(
    ("whole", "fraction", "spoken"),
    [
        (2, "5", "две целых пять десятых"),
        (1, "01", "одна целая одна сотая"),
        (3, "14159", "три запятая один четыре один пять девять"),
    ],
)
def test_a_decimal_fraction_is_read_as_parts_or_digit_by_digit(
    whole: int, fraction: str, spoken: str
) -> None:
    assert " ".join(decimal(whole, fraction)) == spoken
