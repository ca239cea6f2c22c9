from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engines.speech.common.symbols import SHAPES, SYMBOL_IDS
from app.engines.speech.g2p.english import phonemize_english

PARTS = (
    "a the 5 January 2021 7:30 p.m. $5 million 95% Dr. Smith — – *** (e.g. 10 km/h "
    "3.2 [1] TCP/IP C++ #3 IV. Henry VIII, & = < x² ½ “no” it's 1,250 I/O"
)
WORDS = st.one_of(
    st.sampled_from(PARTS.split()),
    st.text(st.characters(exclude_categories=("Cs", "Z", "Cc")), min_size=1, max_size=8),
)


def spoken(text: str) -> dict[str, str]:
    return {word.token: word.phonemes for word in phonemize_english(text)}


@given(st.lists(WORDS, max_size=12))
@settings(max_examples=150, deadline=None)
def test_every_token_of_any_text_comes_back_once_and_in_order(words: list[str]) -> None:
    text = " ".join(words)
    assert [word.token for word in phonemize_english(text)] == text.split()


def test_a_number_keeps_all_its_words() -> None:
    assert spoken("In 1974 it began.")["1974"] == "nˌIntˈin sˈɛvənti fˈɔɹ"


def test_a_word_that_normalisation_adds_belongs_to_the_token_before_it() -> None:
    assert spoken("It cost $5 million then.")["million"] == "mˈɪljᵊn dˈɑləɹz"


def test_a_date_is_read_as_one_and_its_month_keeps_its_own_time() -> None:
    words = spoken("On 5 January we met.")
    assert words["5"] == "ðə fˈɪfθ ʌv"
    assert words["January"].startswith("ʤˈæn")


def test_a_clock_time_and_its_half_of_the_day_are_told_apart() -> None:
    words = spoken("It ends at 7:30 p.m. today.")
    assert words["7:30"] == "sˈɛvən θˈɜɹTi"
    assert words["p.m."] == "pˌiˈɛm"


def test_a_link_is_read_and_not_obeyed() -> None:
    assert spoken("[word](/həlˈO/) again")["[word](/həlˈO/)"] != "həlˈO"


def test_a_british_reader_drops_the_r_that_an_american_says() -> None:
    american, british = (
        phonemize_english("hard", british=british)[0].phonemes for british in (False, True)
    )
    assert "ɹ" in american
    assert "ɹ" not in british


def test_a_superscript_two_is_read_as_squared() -> None:
    assert spoken("Then x² grows.")["x²"] == "ˈɛks skwˈɛɹd"


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_no_text_has_no_words(text: str) -> None:
    assert phonemize_english(text) == []


def test_all_sounds_of_a_plain_text_are_known_to_the_model() -> None:
    text = "The quick brown fox jumps over a lazy dog; she measures joy, though. Why?"
    symbols = set("".join(spoken(text).values()))
    assert symbols <= set(SYMBOL_IDS)
    assert symbols & set(SHAPES)


def test_a_british_voice_counts_as_the_british_do() -> None:
    american, british = (
        phonemize_english("105", british=british)[0].phonemes.split() for british in (False, True)
    )
    assert (len(american), len(british)) == (3, 4)


@pytest.mark.parametrize("text", ["Z", "HZ", "z²"])
def test_the_last_letter_is_zed_in_london_and_zee_in_new_york(text: str) -> None:
    american, british = (
        phonemize_english(text, british=british)[0].phonemes for british in (False, True)
    )
    assert "ɛd" in british
    assert "ɛd" not in american
