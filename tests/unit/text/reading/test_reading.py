"""How written-out English reaches the reader: acronyms, the letter A, stress by accent."""

from __future__ import annotations

import pytest

from app.engines.speech.g2p import phonemize
from app.engines.speech.g2p.english import phonemize_english


def symbols(text: str) -> list[str]:
    return [word.phonemes for word in phonemize_english(text)]


def test_an_acronym_has_one_main_stress_on_its_last_letter() -> None:
    assert symbols("over HTTP now")[1] == "ˌAʧtˌitˌipˈi"


def test_the_plural_of_an_acronym_keeps_its_s() -> None:
    assert symbols("several CPUs run")[1] == "sˌipˌijˈuz"


def test_the_letter_a_is_not_read_as_the_article() -> None:
    assert symbols("a ≤ b")[0] == "ˈA"
    assert symbols("a cat")[0] == "ɐ"


@pytest.mark.parametrize(("written", "spoken"), [("récord", "ɹˈɛkəɹd"), ("recórd", "ɹɛkˈəɹd")])
def test_an_accent_moves_the_stress_of_an_english_word(written: str, spoken: str) -> None:
    assert symbols(f"one {written} here")[1] == spoken


def test_a_word_that_has_an_accent_of_its_own_is_left_to_the_reader() -> None:
    assert symbols("a café here")[1] == "kæfˈA"


def test_an_accent_moves_the_stress_of_a_russian_word() -> None:
    first, last = (item.phonemes for item in phonemize("за\u0301мок замо\u0301к", "ru"))
    assert first.index("ˈ") < first.index("m")
    assert last.index("ˈ") > last.index("m")


def test_a_sentence_in_a_script_that_nobody_reads_has_no_sounds() -> None:
    assert [word.phonemes for word in phonemize_english("你好 世界")] == ["", ""]
    assert [item.phonemes for item in phonemize("你好 世界", "ru")] == ["", ""]
