"""A fragment is cut into pieces that fit, and nothing is left out."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engines.speech.common.coqui.pieces import Piece, cut
from app.engines.speech.common.phrases import (
    CLAUSE_PAUSE,
    PARAGRAPH_PAUSE,
    SENTENCE_PAUSE,
    WORD_PAUSE,
)


def pieces(text: str, language: str = "ru", *, limit: int = 60) -> list[Piece]:
    return list(cut(text, language, prepare=str.strip, fits=lambda piece: len(piece) <= limit))


def letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


def test_a_sentence_that_fits_is_one_piece() -> None:
    found = pieces("Первое предложение. Второе!\n\nТретье?")
    assert [piece.spoken for piece in found] == ["Первое предложение.", "Второе!", "Третье?"]
    assert [piece.pause for piece in found] == [SENTENCE_PAUSE, PARAGRAPH_PAUSE, SENTENCE_PAUSE]
    assert [part.word for piece in found for part in piece.parts] == [0, 1, 2, 3]


def test_a_long_sentence_is_cut_after_a_comma_near_its_middle() -> None:
    found = pieces("Каждый пакет несёт свой номер, и поэтому получатель соберёт их снова.")
    assert [piece.spoken for piece in found] == [
        "Каждый пакет несёт свой номер,",
        "и поэтому получатель соберёт их снова.",
    ]
    assert found[0].pause == CLAUSE_PAUSE


def test_without_a_comma_it_is_cut_at_a_space() -> None:
    found = pieces("слово " * 14)
    assert {piece.spoken for piece in found} == {" ".join(["слово"] * 7)}
    assert found[0].pause == WORD_PAUSE


def test_a_word_longer_than_the_limit_is_cut_within() -> None:
    found = pieces("а" * 130)
    assert max(len(piece.spoken) for piece in found) <= 60
    assert "".join(piece.spoken for piece in found) == "а" * 130
    assert {part.word for piece in found for part in piece.parts} == {0}


def test_a_vowel_sign_stays_with_its_letter() -> None:
    found = pieces("कि" * 50, "hi")
    assert all(piece.spoken.startswith("क") for piece in found)


def test_the_groups_of_a_number_stay_together() -> None:
    found = pieces("Всего было отправлено ровно 100 000 небольших пакетов данных сегодня.")
    assert any("100 000" in piece.spoken for piece in found)


def test_chinese_is_cut_at_its_own_marks() -> None:
    found = pieces("今天我们学习网络。每个数据包都独立传输，然后重新组合！明白吗？", "zh", limit=20)
    assert [piece.spoken for piece in found] == [
        "今天我们学习网络。",
        "每个数据包都独立传输，然后重新组合！",
        "明白吗？",
    ]
    assert [piece.pause for piece in found[:2]] == [SENTENCE_PAUSE, SENTENCE_PAUSE]
    assert {part.word for piece in found for part in piece.parts} == {0}


def test_a_lone_dash_is_no_piece() -> None:
    assert pieces(" — … ") == []


@given(st.text(alphabet="абв, .!?—\n12", max_size=300), st.integers(2, 40))
def test_every_letter_is_in_exactly_one_piece_in_order(text: str, limit: int) -> None:
    found = pieces(text, limit=limit)
    assert letters("".join(piece.spoken for piece in found)) == letters(text)
    assert all(len(piece.spoken) <= limit for piece in found)
    numbers = [part.word for piece in found for part in piece.parts]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize("language", ["ja", "zh"])
def test_a_thousand_letters_without_a_mark_are_cut_anywhere(language: str) -> None:
    found = pieces("字" * 1000, language)
    assert re.fullmatch("字{1000}", "".join(piece.spoken for piece in found))
