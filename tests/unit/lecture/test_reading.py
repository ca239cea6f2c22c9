"""What is said at the ends of a fragment."""

from __future__ import annotations

import pytest

from app.lecture.lexicon import Entry, Lexicon
from app.lecture.reading import said_in_context
from app.lecture.split import split_text


def said(text: str, language: str) -> list[str]:
    """Each fragment of a slide as its engine is given it, without a lexicon."""
    [slide] = split_text(text)
    return [
        Lexicon()
        .spoken(fragment.with_paragraphs, language)
        .saying(said_in_context(slide, fragment, language))
        .text
        for fragment in slide.fragments
    ]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (
            "Раз. Два. Три. Четыре. Это на стр. 17 и далее.",
            "ru",
            ["Раз. Два. Три. Четыре. Это на странице", "17 и далее."],
        ),
        (
            "One. Two. Three. Four. It is in Fig. 3 on the left.",
            "en",
            ["One. Two. Three. Four. It is in figure", "3 on the left."],
        ),
        (
            "Eins. Zwei. Drei. Vier. Das steht auf S. 17 und weiter.",
            "de",
            ["Eins. Zwei. Drei. Vier. Das steht auf Seite", "17 und weiter."],
        ),
    ],
)
def test_an_abbreviation_at_the_end_is_read_with_what_follows_in_the_next_fragment(
    text: str, language: str, expected: list[str]
) -> None:
    assert said(text, language) == expected


def test_a_number_that_a_fragment_cuts_is_one_number() -> None:
    first, second = said(" ".join(["word"] * 64) + " 10 000 students came", "en")
    assert first.endswith("word 10")
    assert second == "thousand students came"


def test_a_unit_takes_its_form_from_the_number_in_the_fragment_before() -> None:
    first, second = said(" ".join(["слово"] * 64) + " 5 км пути", "ru")
    assert first.endswith("слово 5")
    assert second == "километров пути"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("One. Two. Three. Four. Five. Six and seven.", "en"),
        ("One. Two. Three. Four. It is in Fig.\n\n3 apples lie here.", "en"),
        ("One. Two. Three. Four. Se s. 17 och vidare.", "sv"),
    ],
)
def test_whole_sentences_paragraphs_and_languages_without_rules_stay_as_they_are(
    text: str, language: str
) -> None:
    [slide] = split_text(text)
    assert [said_in_context(slide, fragment, language) for fragment in slide.fragments] == [{}, {}]


def test_a_word_of_the_lexicon_is_said_as_the_lexicon_wants() -> None:
    [slide] = split_text("One. Two. Three. Four. It is in Fig. 3 on the left.")
    fragment = slide.fragments[0]
    lexicon = Lexicon((Entry("en", "Fig", "feeg"),))
    spelt = lexicon.spoken(fragment.with_paragraphs, "en")
    assert spelt.saying(said_in_context(slide, fragment, "en")).text.endswith("in feeg.")


def test_the_captions_of_a_word_that_is_said_otherwise_keep_the_word() -> None:
    [slide] = split_text("One. Two. Three. Four. It is in Fig. 3 on the left.")
    fragment = slide.fragments[0]
    spelt = Lexicon().spoken(fragment.with_paragraphs, "en")
    changed = spelt.saying(said_in_context(slide, fragment, "en"))
    times = [(word, float(n), n + 1.0) for n, word in enumerate(changed.text.split())]
    assert [word for word, _, _ in changed.restored(times)] == fragment.plain.split()


def test_words_without_end_are_not_looked_at_before_a_lecture_is_accepted() -> None:
    [slide] = split_text(" ".join(["word"] * 64) + " 10 000 " + "x" * 1000)
    assert [said_in_context(slide, fragment, "en") for fragment in slide.fragments] == [{}, {}]
