"""What every language promises of the words that are said for a text, and where they come from."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.text.tokens import Verbalized
from app.text.verbalize import verbalize

LANGUAGES = ("cs", "de", "en", "es", "fr", "hi", "it", "ja", "ru", "zh", "")
PIECES = st.one_of(
    st.text(max_size=12),
    st.from_regex(
        r"[+−-]?[0-9]{1,20}([.,:/–-][0-9]{1,9})?(-?[а-яa-z%°$]{0,3})?[.,]?", fullmatch=True
    ),
    st.sampled_from(
        ["5", "000", "января", "2021", "г.", "т.", "е.", "XIX", "в.", "%", "km", "№", "TCP/IP",
         "A.", "с", "до", "siècle", "p.", "ej.", "1er", "—", "[1].", "##", "x²", "10⁻³", "🎉", "१२",
         "23.", "května", "3.14%", "May", "Henry", "VIII", "$5", "million", "!"]
    ),
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=8).map("\t ".join)


def origins(text: str, language: str, *, british: bool = False) -> list[tuple[str, str]]:
    pieces = verbalize(text, language, british=british)
    return [(piece.written, " ".join(piece.words)) for piece in pieces]


@pytest.mark.parametrize("language", LANGUAGES)
@given(text=TEXTS, british=st.booleans())
@settings(max_examples=100, deadline=None)
def test_what_is_written_gives_the_text_back_with_single_spaces(
    language: str, text: str, british: bool
) -> None:
    pieces = verbalize(text, language, british=british)
    assert " ".join(piece.written for piece in pieces) == " ".join(text.split())
    assert all(word.split() == [word] for piece in pieces for word in piece.words)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "On 5 May, 10 km/h", [("On", "On"), ("5", "the fifth of"), ("May,", "May"),
                                     ("10", "ten"), ("km/h", "kilometers per hour")]),
        ("en", "It cost $5 million.", [("It", "It"), ("cost", "cost"), ("$5", "five"),
                                       ("million.", "million dollars")]),
        ("ru", "до 5 января 2021 г. —", [("до", "до"), ("5", "пятого"), ("января", "января"),
                                         ("2021", "две тысячи двадцать первого"), ("г.", "года"),
                                         ("—", "")]),
        ("fr", "1 000 000 d’euros", [("1", "un million"), ("000", ""), ("000", ""),
                                     ("d’euros", "d'euros")]),
        ("es", "siglo XIX", [("siglo", "siglo"), ("XIX", "diecinueve")]),
        ("it", "5% oggi", [("5%", "cinque per cento"), ("oggi", "oggi")]),
        ("cs", "23. května 2025.", [("23.", "dvacátý třetí"), ("května", "května"),
                                    ("2025.", "2025")]),
        ("cs", "(31. 12.)", [("(31.", "(třicátý první"), ("12.)", "12.)")]),
        ("hi", "१२ और 1,00,000", [("१२", "बारह"), ("और", "और"), ("1,00,000", "एक लाख")]),
        ("ja", "10000円 です", [("10000円", "一万円"), ("です", "です")]),
    ],
)  # fmt: skip
def test_every_word_tells_the_piece_of_the_text_that_it_is_said_for(
    language: str, text: str, expected: list[tuple[str, str]]
) -> None:
    assert origins(text, language) == expected


@pytest.mark.parametrize(
    ("text", "american", "british"),
    [
        ("105", "one hundred five", "one hundred and five"),
        ("May 3", "May third", "May the third"),
    ],
)
def test_english_has_a_british_variety(text: str, american: str, british: str) -> None:
    for spoken, variety in ((american, False), (british, True)):
        pieces = verbalize(text, "en", british=variety)
        assert " ".join(word for piece in pieces for word in piece.words) == spoken


def test_only_english_has_a_british_variety() -> None:
    text = "3 мая 105"
    assert verbalize(text, "ru", british=True) == verbalize(text, "ru")


@pytest.mark.parametrize("language", ["sv", "zh", "xx", ""])
def test_a_language_without_rules_comes_back_as_it_stands(language: str) -> None:
    text = "Am 14. Mai: „Ångström“, 5 km; A\u030angstro\u0308m"
    assert verbalize(text, language) == [Verbalized(piece, (piece,)) for piece in text.split()]


def test_punctuation_stays_but_for_the_full_stop_of_an_abbreviation() -> None:
    spoken = " ".join(piece.spoken for piece in verbalize("“Dr. Smith” (e.g. him), etc.", "en"))
    assert spoken == "“doctor Smith” (for example him), et cetera."


@pytest.mark.parametrize("language", ["en", "es", "fr", "it", "ru"])
def test_nothing_is_said_for_a_sentence_of_another_script(language: str) -> None:
    assert origins("你好， 世界", language) == [("你好，", ""), ("世界", "")]


@pytest.mark.parametrize("digits", [20, 5000])
@pytest.mark.parametrize(
    "form", ["{}", "{}th", "{}-й", "{}º", "x^{}", "{}:{}", "√{}", "${}", "{}."]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_too_long_to_count_is_read_by_its_digits(
    language: str, form: str, digits: int
) -> None:
    (piece,) = verbalize(form.format("7" * digits, "7" * digits), language)
    assert len("".join(piece.words)) >= digits


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("сaхaр", "сахар"),  # with Latin a
        ("HTMLка", "эйч ти эм эль ка"),
        ("ъ", "твёрдый знак"),
        ("ь", "мягкий знак"),
        ("Đoković", "докович"),
    ],
)
def test_every_letter_of_a_russian_text_has_a_name(text: str, spoken: str) -> None:
    (piece,) = verbalize(text, "ru")
    assert " ".join(piece.words) == spoken


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_has_no_pieces(language: str) -> None:
    assert verbalize(" \n ", language) == []


def test_the_words_of_a_text_wait_for_no_dictionary_of_sounds() -> None:
    code = (
        "import sys; from app.text.verbalize import verbalize; "
        "[verbalize('5', code) for code in ('en', 'es', 'fr', 'it', 'ru')]; "
        "print([name for name in ('g2p2', 'misaki', 'espeakng_loader') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize("language", ["en", "es", "fr", "it", "ru"])
@pytest.mark.parametrize("piece", ["a", "a.", "1/", "Ab-"])
def test_a_token_without_end_is_read_in_time(language: str, piece: str) -> None:
    began = time.process_time()
    verbalize(piece * 10_000, language)
    assert time.process_time() - began < 20.0
