from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.engines.speech.common.phrases import (
    CLAUSE_PAUSE,
    PARAGRAPH_PAUSE,
    SENTENCE_PAUSE,
    Phrase,
    Sentence,
    phrases,
    split_sentences,
)
from app.engines.speech.g2p import Phonemized


def letters(text: str) -> list[Phonemized]:
    """Each word is said as it is written."""
    return [Phonemized(word, word) for word in text.split()]


def spoken(text: str, limit: int) -> list[Phrase]:
    words = tuple(text.split())
    return phrases(Sentence(words, 0, ends_paragraph=True), letters, limit=limit)


@given(
    st.text(st.sampled_from("ab .!?\n\t…\u00a0\u2028\x1f«»\"'жЖ1,"), max_size=80),
    st.sampled_from(["en", "ru", "fr"]),
)
@settings(max_examples=300, deadline=None)
def test_sentences_have_every_word_once_and_in_order(text: str, language: str) -> None:
    sentences = split_sentences(text, language)
    assert [word for sentence in sentences for word in sentence.words] == text.split()
    assert all(text.split()[sentence.first] == sentence.words[0] for sentence in sentences), (
        "each knows where it starts"
    )


def test_a_title_does_not_end_an_english_sentence() -> None:
    assert [len(s.words) for s in split_sentences("Ask Dr. Smith now. He knows.", "en")] == [4, 2]


def test_an_abbreviation_does_not_end_a_russian_sentence() -> None:
    text = "Это было в 1974 г. в Москве. Потом стало легче."
    assert [len(s.words) for s in split_sentences(text, "ru")] == [7, 3]


def test_only_a_blank_line_ends_a_paragraph() -> None:
    sentences = split_sentences("One.\nTwo.\n \nThree.", "en")
    assert [s.ends_paragraph for s in sentences] == [False, True, False]


def test_a_blank_line_at_the_end_of_the_text_ends_its_last_paragraph() -> None:
    assert [s.ends_paragraph for s in split_sentences("One.\n\nTwo. Three.\n\n", "en")] == [
        True, False, True,
    ]  # fmt: skip


def test_a_heading_without_a_full_stop_is_a_sentence_of_its_own() -> None:
    heading, text = split_sentences("Networks\n\nPackets travel.", "en")
    assert (heading.words, heading.ends_paragraph) == (("Networks",), True)
    assert (text.words, text.first) == (("Packets", "travel."), 1)


def test_a_paragraph_is_followed_by_a_longer_pause_than_a_sentence() -> None:
    middle, last = (
        phrases(Sentence(("Yes.",), 0, ends_paragraph=ends), letters, limit=10)[0].pause
        for ends in (False, True)
    )
    assert (middle, last) == (SENTENCE_PAUSE, PARAGRAPH_PAUSE)


@given(st.lists(st.text("abc,", min_size=1, max_size=30), max_size=20), st.integers(1, 25))
def test_no_phrase_is_longer_than_the_limit_and_no_sound_is_lost(
    words: list[str], limit: int
) -> None:
    pieces = spoken(" ".join(words), limit)
    assert all(0 < len(piece.symbols) <= limit for piece in pieces)
    assert "".join(piece.symbols for piece in pieces).replace(" ", "") == "".join(words)


def test_a_long_sentence_is_broken_at_a_comma_near_its_middle() -> None:
    pieces = spoken("one two three four, five six seven nine", 25)
    assert [piece.symbols for piece in pieces] == ["one two three four,", "five six seven nine"]
    assert pieces[0].pause == CLAUSE_PAUSE


def test_each_symbol_knows_its_word() -> None:
    (phrase,) = spoken("ab c", 10)
    assert phrase.words == (0, 0, -1, 1)


def test_symbols_that_the_model_does_not_know_are_not_sent() -> None:
    (phrase,) = spoken("a⟂b", 10)
    assert phrase.symbols == "ab"


def test_a_sentence_without_sounds_has_no_phrases() -> None:
    assert spoken("⟂ ⟂⟂", 10) == []
