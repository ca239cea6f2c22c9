"""Our numerals against those of another table, where that table is right."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable
from typing import Literal

import pytest
from num2words import num2words

from app.text.english.british import in_numeral
from app.text.english.numerals import cardinal, ordinal, year
from app.text.russian import numerals as russian
from app.text.verbalize import verbalize

_CHANCE = random.Random(1)
NUMBERS = sorted(
    {
        *range(1201),
        *range(1900, 2101),
        *(10**power + more for power in range(3, 12) for more in (-1, 0, 1, 21)),
        *(_CHANCE.randrange(10**power) for power in range(4, 13) for _ in range(30)),
    }
)
"""All that are common, the edges of the scales, and some of every length below 10¹²."""

Form = Literal["cardinal", "ordinal", "year"]

KNOWN_ERRORS: dict[tuple[str, Form], tuple[tuple[str, str, str], ...]] = {
    ("en", "year"): ((r"thousand and", "thousand", "a British year in American words"),),
    ("es", "cardinal"): (
        (r"veintiuno (?=mil)", "veintiún ", "uno loses its o before a noun, mil and millones too"),
        (r"uno (?=mil)", "un ", "the same"),
    ),
    ("fr", "ordinal"): (
        (r"(vingt|cent|million|milliard)sième", r"\1ième", "the plural keeps its s"),
    ),
    ("it", "cardinal"): (
        (r"dicotto", "diciotto", "a vowel too many is dropped in 118"),
        (r"(?<=\w)tre(?=$| mili)", "tré", "a compound of tre has its accent beyond a hundred, too"),
    ),
    ("it", "ordinal"): (
        (r"dicott", "diciott", "a vowel too many is dropped in 118"),
        (r"(?<=\w)tre(?= mili)", "tré", "a compound of tre has its accent"),
        (r"^un (?=mili\w+esimo$)", "", "the millionth is no cardinal with an ending"),
    ),
    ("ru", "cardinal"): (
        (
            r"(^|(?:миллион|миллиард)\w* )од\w+ (?=тысяч|миллион|миллиард)",
            r"\1",
            "no error: «одна тысяча» is as right as «тысяча», which is shorter",
        ),
        (r"^нол(?=я|ю|ём|е)", "нул", "no error: both are declined, a lecturer says «нуля»"),
    ),
}
"""What num2words 0.5.14 says otherwise: pattern, what is right instead, and why."""


def assert_agrees(
    language: str,
    form: Form,
    ours: Callable[[int], Iterable[str]],
    numbers: Iterable[int] = NUMBERS,
    **more: object,
) -> None:
    for number in numbers:
        theirs = str(num2words(number, lang=language, to=form, **more))
        for wrong, right, _ in KNOWN_ERRORS.get((language[:2], form), ()):
            theirs = re.sub(wrong, right, theirs)
        assert " ".join(ours(number)) == plain(theirs), number


def plain(text: str) -> str:
    """Words without the commas and hyphens that some write between them."""
    return " ".join(re.sub("[,-]", " ", text).split())


def spoken(language: str, form: str) -> Callable[[int], Iterable[str]]:
    def words(number: int) -> Iterable[str]:
        (piece,) = verbalize(form.format(number), language)
        return piece.words

    return words


def american(words: Iterable[str]) -> list[str]:
    return [word for word in words if word != "and"]


def test_english_cardinals() -> None:
    assert_agrees("en_GB", "cardinal", lambda number: in_numeral(cardinal(number)))
    for number in NUMBERS:
        assert cardinal(number) == american(in_numeral(cardinal(number)))


def test_english_ordinals() -> None:
    assert_agrees("en_GB", "ordinal", lambda number: in_numeral(ordinal(number)))
    for number in NUMBERS:
        assert ordinal(number) == american(in_numeral(ordinal(number)))


def test_english_years() -> None:
    assert_agrees("en", "year", year, range(1000, 2200))


@pytest.mark.parametrize("language", ["es", "fr", "it"])
def test_romance_cardinals(language: str) -> None:
    assert_agrees(language, "cardinal", spoken(language, "{}"))


@pytest.mark.parametrize(
    ("language", "written", "last"),
    # Beyond the tenth a Spanish lecturer says the cardinal.
    [("es", "{}º", 10), ("fr", "{}e", 10**12), ("it", "{}º", 10**12)],
)
def test_romance_ordinals(language: str, written: str, last: int) -> None:
    numbers = [number for number in NUMBERS if 1 <= number <= last]
    assert_agrees(language, "ordinal", spoken(language, written), numbers)


@pytest.mark.parametrize("case", russian.CASES)
def test_russian_cardinals(case: russian.Case) -> None:
    def ours(number: int) -> Iterable[str]:
        return russian.cardinal(number, case)

    assert_agrees("ru", "cardinal", ours, case=case[0], animate=False)


@pytest.mark.parametrize("gender", ["feminine", "neuter"])
@pytest.mark.parametrize("case", russian.CASES)
def test_russian_cardinals_agree_with_their_noun(
    case: russian.Case, gender: russian.Gender
) -> None:
    def ours(number: int) -> Iterable[str]:
        return russian.cardinal(number, case, gender)

    # num2words lets the millions agree with the noun, too: «две миллиона».
    numbers = [number for number in NUMBERS if number < 10**6]
    assert_agrees("ru", "cardinal", ours, numbers, case=case[0], gender=gender[0], animate=False)


@pytest.mark.parametrize("gender", ["masculine", "feminine", "neuter", "plural"])
@pytest.mark.parametrize("case", russian.CASES)
def test_russian_ordinals(case: russian.Case, gender: russian.Gender) -> None:
    def ours(number: int) -> Iterable[str]:
        return russian.ordinal(number, case, gender)

    # num2words makes round tens of thousands ordinals, too: «десятый тысяч первый».
    numbers = [number for number in NUMBERS if number <= 10_000]
    agreement = {"plural": True} if gender == "plural" else {"gender": gender[0]}
    assert_agrees("ru", "ordinal", ours, numbers, case=case[0], animate=False, **agreement)


@pytest.mark.parametrize(("language", "form"), KNOWN_ERRORS)
def test_what_num2words_says_otherwise_is_still_said_so(language: str, form: Form) -> None:
    for wrong, _, _ in KNOWN_ERRORS[language, form]:
        cases: list[dict[str, object]] = [{}]
        if language == "ru":
            cases = [{"case": case[0], "animate": False} for case in russian.CASES]
        said = (
            num2words(number, lang=language, to=form, **case)
            for case in cases
            for number in (0, 80, 103, 118, 1000, 1001, 21_000, 31_000, 10**6, 73_000_000)
        )
        assert any(re.search(wrong, words) for words in said)
