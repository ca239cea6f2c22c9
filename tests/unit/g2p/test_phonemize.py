"""What every language promises: tokens kept, symbols known, nothing loaded too early."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engines.speech.common.symbols import SYMBOL_IDS
from app.engines.speech.g2p import LANGUAGES, Phonemized, phonemize
from app.errors import LanguageError

PIECES = st.one_of(
    st.text(max_size=12),
    st.text("абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВ-́.,!?«»—…", max_size=12),
    st.text("abcdefghijklmnopqrstuvwxyzáéíóúñüàèìòùçœêûABC'’-.,¿¡", max_size=12),
    st.from_regex(
        r"[+−-]?[0-9]{1,14}([.,:/–-][0-9]{1,9})?(-?[а-яa-z%°$]{0,3})?[.,]?", fullmatch=True
    ),
    st.sampled_from(
        ["5", "000", "января", "2021", "г.", "гг.", "т.", "е.", "и", "XIX", "в.", "век", "%", "км",
         "№", "TCP/IP", "C++", "А.", "с", "до", "siècle", "p.", "ej.", "1er", "n.º", "—", "руб."]
    ),
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=8).map(" ".join)


@pytest.mark.parametrize("language", LANGUAGES)
@given(text=TEXTS)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_the_tokens_are_the_text_and_the_symbols_are_those_of_kokoro(
    language: str, text: str
) -> None:
    spoken = phonemize(text, language)

    assert " ".join(part.token for part in spoken) == " ".join(text.split())
    assert set("".join(part.phonemes for part in spoken)) <= SYMBOL_IDS.keys()


@pytest.mark.parametrize("language", ["en", "", "RU", "ru-RU"])
def test_another_language_is_refused_by_name(language: str) -> None:
    with pytest.raises(LanguageError, match=repr(language)):
        phonemize("text", language)


def test_an_empty_text_has_no_tokens() -> None:
    assert phonemize("  \n ", "ru") == []


def test_a_token_without_letters_is_not_spoken() -> None:
    assert phonemize("да * нет", "ru")[1] == Phonemized("*", "")


@pytest.mark.parametrize(
    ("token", "phonemes"),
    [
        ("дом,", "dˈom,"),
        ("«дом»", '"dˈom"'),
        ("дом?!", "dˈom?!"),
        ("дом...", "dˈom…"),
        ("(дом)", "dˈom"),
    ],
)
def test_punctuation_that_shapes_prosody_stays(token: str, phonemes: str) -> None:
    assert phonemize(token, "ru") == [Phonemized(token, phonemes)]


def test_a_number_of_several_words_stays_one_token() -> None:
    (number,) = phonemize("45", "es")
    assert number == Phonemized("45", "kwaɾˈɛnta i θˈiŋko")


def test_nothing_is_loaded_at_import() -> None:
    code = (
        "import sys, app.engines.speech.g2p; "
        "print([m for m in ('pycrfsuite', 'sqlite3', 'g2p2', 'numpy') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_latin_letters_within_a_russian_word_are_said() -> None:
    with_latin_a, croatian = phonemize("сaхар Đoković", "ru")
    assert with_latin_a.phonemes == phonemize("сахар", "ru")[0].phonemes
    assert croatian.phonemes == phonemize("Докович", "ru")[0].phonemes


def test_a_dash_within_a_russian_token_is_a_pause() -> None:
    (token,) = phonemize("идея—старая", "ru")
    assert token.phonemes == "idjˈejə— stˈarəjə"
