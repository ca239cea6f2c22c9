"""What Spanish, French and Italian promise whatever a text holds."""

from __future__ import annotations

import unicodedata
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.text.romance.rules import LANGUAGES
from app.text.tokens import INNER_PAUSE
from app.text.verbalize import verbalize
from tests.unit.text.reading.tables import cases
from tests.unit.text.whole import assert_whole

PLACES = ("{}", "ca{}sa", "{}casa", "casa{}", "5{}", "{}5", "a {} b", "5 {} 5")
PLANE = [chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000]
"""Every character of the Basic Multilingual Plane."""
TABLES = {"es": "spanish.tsv", "fr": "french.tsv", "it": "italian.tsv"}
PIECES = st.lists(
    st.one_of(
        st.text(max_size=9),
        st.sampled_from(
            ["5", "000", "1/2", "½", "€", "3,50", "km/h", "XIX", "siglo", "le", "l'80%", "n°", "p.",
             "ej.", "14:30", "-3", "(-b", "f(x)", "x²", "—", "--", "L'", "Mme", "D.", "IV", "10-15",
             "3/5/2024", "1er", "2.ª", "C++", "y/o", "lim", "x→0", "n!", "¡", "¿?", "50", "maggio"]
        ),
    ),
    max_size=7,
).map(" ".join)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "characters",
    [PLANE[::41], pytest.param(PLANE, marks=pytest.mark.proof)],
    ids=["some", "all"],
)
def test_no_character_anywhere_leaves_anything_but_words(
    language: str, characters: list[str]
) -> None:
    for character in characters:
        for place in PLACES:
            text = place.format(character)
            assert_whole(text, verbalize(text, language))


@pytest.mark.parametrize("language", LANGUAGES)
@given(text=PIECES)
@settings(max_examples=200, deadline=None)
def test_no_text_leaves_anything_but_words(language: str, text: str) -> None:
    assert_whole(text, verbalize(text, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_are_read_whatever_points_and_commas_stand_in_them(language: str) -> None:
    for marks in product("08.,", repeat=4):
        text = f"9{''.join(marks)}ª"
        assert_whole(text, verbalize(text, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_have_no_letters_but_those_of_the_language(language: str) -> None:
    known = f"abcdefghijklmnopqrstuvwxyz'{INNER_PAUSE}" + LANGUAGES[language].letters.accented
    words = [
        word
        for text, _ in cases(TABLES[language])
        for piece in verbalize(f"{text} Łódź Пушкин λόγος", language)
        for word in piece.words
    ]
    foreign = {character for word in words for character in word} - set(known)
    assert not {unicodedata.name(character) for character in foreign}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("es", "Vino d’Hondt, y l’ONU.", ["vino", "d'hondt,", "y", "l'onu."]),
        ("fr", "L’ONU et d’1 an", ["l'onu", "et", "d'un", "an"]),
        ("it", "L’80% dell’ONU", ["l'ottanta per cento", "dell'onu"]),
    ],
)
def test_what_is_elided_stays_with_its_word(language: str, text: str, expected: list[str]) -> None:
    assert [piece.spoken for piece in verbalize(text, language)] == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("es", "1 000 000 habitantes", ["un millón", "", "", "de habitantes"]),
        ("es", "el 3 de mayo de 2024.", ["el", "tres", "de", "mayo", "de", "dos mil veinticuatro"]),
        (
            "fr",
            "14 h 30, 5 km/h",
            ["quatorze heures trente", "", "", "cinq", "kilomètres par heure"],
        ),
        ("it", "€ 5 e 3 °C", ["", "cinque euro", "e", "tre", "gradi centigradi"]),
    ],
)
def test_every_piece_keeps_its_own_words_but_groups_of_digits(
    language: str, text: str, expected: list[str]
) -> None:
    assert [" ".join(piece.words) for piece in verbalize(text, language)] == expected


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("casa—casa", ["casa — casa"]),
        ("casa--casa", ["casa — casa"]),
        ("casa -- casa", ["casa", "—", "casa"]),
        ("casa — casa", ["casa", "—", "casa"]),
        ("casa–casa", ["casa casa"]),
    ],
)
def test_a_dash_between_words_is_a_pause(language: str, text: str, expected: list[str]) -> None:
    assert [piece.spoken for piece in verbalize(text, language)] == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bracket_within_a_formula_is_no_pause(language: str) -> None:
    closings = [piece.closing for piece in verbalize("f(x) = 2 (5 km)", language)]
    assert closings == ["", "", "", "", ")"]
