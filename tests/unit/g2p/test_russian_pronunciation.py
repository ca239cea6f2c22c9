"""Stress and sounds of Russian words."""

from __future__ import annotations

import re

import pytest

from app.engines.speech.g2p import phonemize
from app.engines.speech.g2p.russian.homographs import stress_in_context
from app.engines.speech.g2p.russian.pronounce import Phone, pronounce
from app.engines.speech.g2p.russian.stress import STRESSES, VOWELS, Stressed, first_listed, stress


def marked(found: Stressed) -> str:
    """The word with an apostrophe after its stressed vowel."""
    places = [place for place, letter in enumerate(found.word) if letter in VOWELS]
    assert found.vowel is not None
    place = places[found.vowel] + 1
    return f"{found.word[:place]}'{found.word[place:]}"


def sounds(word: str) -> str:
    """IPA of a word: softness as an apostrophe, the stressed vowel as a capital."""
    found = stress(word)
    return "".join(_shown(phone) for phone in pronounce(found.word, found.vowel))


def _shown(phone: Phone) -> str:
    symbol = phone.symbol.upper() if phone.stressed else phone.symbol
    return symbol + ("'" if phone.soft and symbol not in ("j", "tɕ", "ɕː") else "")


@pytest.mark.parametrize(
    "word",
    [
        "эне'ргия", "вода'", "приме'р", "така'я", "пото'м", "уже'", "догово'р", "катало'г",
        "начала'сь", "компью'тер", "алгори'тм", "звони'т", "краси'вее", "сре'дства",
    ],
)  # fmt: skip
def test_common_words_bear_the_right_stress(word: str) -> None:
    assert marked(stress(word.replace("'", ""))) == word


@pytest.mark.parametrize(("word", "restored"), [("елка", "ёлка"), ("еще", "ещё"), ("ее", "её")])
def test_yo_is_restored_where_only_it_can_be_meant(word: str, restored: str) -> None:
    assert stress(word).word == restored


def test_the_lexicon_is_searched_from_its_first_word_to_its_last() -> None:
    assert first_listed("абажур") == Stressed("абажур", 2)
    assert first_listed("ячмень") == Stressed("ячмень", 1)
    assert first_listed("ящиками") == Stressed("ящиками", 0)


def test_every_listed_stress_stands_after_one_vowel() -> None:
    lines = STRESSES.read_text(encoding="utf-8").splitlines()
    marked = [line for line in lines if not line.startswith("#")]
    assert len(marked) > 7000
    assert [
        line for line in marked if not re.fullmatch(r"[а-яё]*[аеёиоуыэюя]\+[а-яё]*", line)
    ] == []


def test_a_word_of_no_lexicon_gets_a_stress_within_it() -> None:
    found = stress("глокозавриальность")
    assert found.vowel is not None
    assert 0 <= found.vowel < 7


def test_an_accent_mark_in_the_text_wins() -> None:
    assert marked(stress("за\u0301мок")) == "за'мок"
    assert marked(stress("замо\u0301к")) == "замо'к"


@pytest.mark.parametrize(
    ("before", "word"),
    [("центр", "го'рода"), ("большие", "города'"), ("два", "сло'ва"), ("эти", "слова'"),
     ("две", "стороны'"), ("разные", "сто'роны"), ("из", "воды'"), ("этой", "страны'")],
)  # fmt: skip
def test_homographs_are_told_apart_by_the_word_before(before: str, word: str) -> None:
    assert marked(stress_in_context(word.replace("'", ""), before)) == word


@pytest.mark.parametrize(
    ("before", "word", "after"),
    [
        ("", "слова'", "теряют"), ("", "сте'ны", "высокие"), ("", "до'ма", "было"),
        ("", "дома'", "стоят"), ("что", "це'ны", "растут"), ("на", "места'", "приехали"),
        ("рождаются", "облака'", "и"), ("жители", "го'рода", "учат"), ("требует", "воды'", "и"),
        ("касается", "сло'ва", "и"), ("", "сто'ит", "надавить"), ("дом", "стои'т", "на"),
    ],
)  # fmt: skip
def test_homographs_are_told_apart_by_verbs_and_by_the_start_of_a_clause(
    before: str, word: str, after: str
) -> None:
    assert marked(stress_in_context(word.replace("'", ""), before, after)) == word


def test_a_comma_starts_a_clause() -> None:
    _, _, after_comma = phonemize("Говорят, что, города", "ru")
    (_, town_of) = phonemize("житель города", "ru")
    assert after_comma.phonemes.endswith("ˈa")
    assert town_of.phonemes.startswith("ɡˈo")


@pytest.mark.parametrize(
    ("word", "symbols"),
    [("он", "ˈon"), ("я", "jˈa"), ("это", "ˈɛtə"), ("но", "no"), ("что", "ʃto"), ("на", "nɐ")],
)
def test_only_function_words_that_lean_on_others_lose_their_vowel(word: str, symbols: str) -> None:
    (spoken,) = phonemize(word, "ru")
    assert spoken.phonemes == symbols


@pytest.mark.parametrize(
    ("word", "ipa"),
    [
        ("год", "ɡOt"),
        ("сделать", "zd'Elət'"),
        ("вокзал", "vɐɡzAl"),
        ("отдых", "Odːɨx"),
        ("свой", "svOj"),
        ("лодка", "lOtkə"),
        ("просьба", "prOz'bə"),
    ],
)
def test_consonants_are_as_voiced_as_the_end_of_their_cluster(word: str, ipa: str) -> None:
    assert sounds(word) == ipa


@pytest.mark.parametrize(
    ("word", "ipa"),
    [
        ("сегодня", "s'ɪvOdn'ə"),
        ("его", "jɪvO"),
        ("большого", "bɐl'ʂOvə"),
        ("что", "ʂtO"),
        ("конечно", "kɐn'Eʂnə"),
        ("здравствуйте", "zdrAstvʊjt'ɪ"),
        ("солнце", "sOntsɨ"),
        ("честный", "tɕEsnɨj"),
        ("счастливый", "ɕːɪsl'Ivɨj"),
        ("рассчитать", "rəɕːɪtAt'"),
        ("учиться", "ʊtɕItsə"),
        ("городской", "ɡərɐtskOj"),
        ("мягкий", "m'Axk'ɪj"),
        ("мужчина", "mʊɕːInə"),
        ("дорого", "dOrəɡə"),
        ("много", "mnOɡə"),
    ],
)
def test_letters_that_are_not_said_as_written(word: str, ipa: str) -> None:
    assert sounds(word) == ipa


@pytest.mark.parametrize(
    ("word", "ipa"),
    [
        ("тест", "tɛst"),
        ("интернет", "intɨrn'et"),
        ("модель", "mɐdɛl'"),
        ("проект", "prɐɛkt"),
        ("энергия", "ɪn'erɡ'ɪjə"),
    ],
)
def test_foreign_e_leaves_its_consonant_hard(word: str, ipa: str) -> None:
    assert sounds(word).lower() == ipa


@pytest.mark.parametrize(
    ("word", "ipa"),
    [
        ("молоко", "məlɐkO"),
        ("огонь", "ɐɡOn'"),
        ("пятно", "p'ɪtnO"),
        ("часы", "tɕɪsƗ"),
        ("жена", "ʐɨnA"),
        ("статья", "stɐt'jA"),
        ("объём", "ɐbjOm"),
        ("бульон", "bʊl'jOn"),
        ("машина", "mɐʂƗnə"),
        ("новое", "nOvəjə"),
        ("знание", "znAn'ɪjə"),
        ("новые", "nOvɨjɪ"),
        ("многие", "mnOɡ'ɪjɪ"),
    ],
)
def test_unstressed_vowels_are_reduced(word: str, ipa: str) -> None:
    assert sounds(word) == ipa


def test_native_stems_like_foreign_ones_stay_soft() -> None:
    assert sounds("хотел") == "xɐt'El"
    assert sounds("интерес") == "int'ɪr'Es"
    assert sounds("температура") == "t'ɪmp'ɪrɐtUrə"


def test_a_preposition_is_as_voiced_as_the_next_word() -> None:
    assert pronounce("в", None, "ш")[0].symbol == "f"
    assert pronounce("с", None, "д")[0].symbol == "z"
    assert pronounce("в", None, "а")[0].symbol == "v"


@pytest.mark.parametrize(
    ("word", "symbols"),
    [
        ("рыбы", "rˈᵻbɨ"), ("жить", "ʒˈᵻt"), ("няня", "ɲˈaɲə"), ("чай", "ʧˈaj"),
        ("вещи", "vjˈeʃːɪ"), ("весь", "vjˈes"), ("день", "djˈen"),
    ],
)  # fmt: skip
def test_kokoro_is_given_the_symbols_that_are_heard_best(word: str, symbols: str) -> None:
    (spoken,) = phonemize(word, "ru")
    assert spoken.phonemes == symbols


def test_a_particle_behind_a_hyphen_bears_no_stress() -> None:
    (word,) = phonemize("что-нибудь", "ru")
    assert word.phonemes.count("ˈ") == 1
