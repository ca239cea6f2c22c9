"""Text to slides and fragments."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.errors import LectureTextError
from app.lecture import SplitMode
from app.lecture.split import CHARACTERS_PER_FRAGMENT, split_text
from app.text.cleaning.clean import clean
from app.text.paragraphs import paragraphs
from app.text.sentences.splitting import bounded, sentences
from tests.unit.text.cleaning.mixtures import mixture

TEXTS = st.text(
    alphabet=st.sampled_from("ab .!?…\n\t_;яЁ1«»\u00a0\u2028"), max_size=300
) | st.lists(
    st.sampled_from(
        ["One.", "Two!", "three", "Four?", "_;", "пять.", "т.е.", "\n", "\n\n", "...", "x" * 70]
    ),
    max_size=120,
).map(" ".join)


def former_service_mapping(text: str) -> list[list[str]]:
    """The compat rule, stated once more in words of its own.

    Walks characters instead of matching a pattern: a sentence ends at white space
    that follows one of ``.!?``.
    """
    slides = []
    for part in text.split("_;"):
        collapsed = " ".join(part.split())
        found, current = [], ""
        for character in collapsed:
            if character == " " and current and current[-1] in ".!?":
                found.append(current)
                current = ""
            else:
                current += character
        if current:
            found.append(current)
        if len(found) > 1:
            slides.append([" ".join(found[i : i + 5]) for i in range(0, len(found), 5)])
        else:
            words = collapsed.split(" ") if collapsed else []
            slides.append([" ".join(words[i : i + 65]) for i in range(0, len(words), 65)])
    return slides


@given(TEXTS)
def test_the_compat_mode_numbers_as_the_former_service_did(text: str) -> None:
    expected = former_service_mapping(text)
    if not any(expected):
        with pytest.raises(LectureTextError):
            split_text(text)
        return
    slides = split_text(text)
    assert [[fragment.text for fragment in slide.fragments] for slide in slides] == expected
    numbers = [fragment.number for slide in slides for fragment in slide.fragments]
    assert numbers == list(range(1, len(numbers) + 1))


def sentences_mapping(text: str, language: str) -> list[list[str]]:
    """The rule of mode ``sentences``, stated once more: as many pieces as fit, at most five."""
    slides = []
    for part in text.split("_;"):
        pieces = [
            piece
            for paragraph in clean(part).text.split("\n\n")
            for sentence in sentences(paragraph, language)
            for piece in bounded(sentence, CHARACTERS_PER_FRAGMENT)
        ]
        found = []
        while pieces:
            fitting = [n for n in range(2, 6) if len(" ".join(pieces[:n])) <= 600]
            size = max([1, *fitting])
            found.append(" ".join(pieces[:size]))
            pieces = pieces[size:]
        slides.append(found or ([""] if part.strip() else []))
    return slides


@given(TEXTS, st.sampled_from(["", "de", "en", "ru"]))
def test_the_sentences_mode_puts_together_as_many_as_fit_and_goes_beyond_no_paragraph_with_one(
    text: str, language: str
) -> None:
    expected = sentences_mapping(text, language)
    assume(any(expected))
    slides = split_text(text, mode="sentences", language=language)
    assert [[fragment.plain for fragment in slide.fragments] for slide in slides] == expected


SENTENCES = st.sampled_from(["One.", "Two!", "three", "Four?", "пять.", "т.е.", "x" * 70, "(6)"])
LAID_OUT = st.lists(
    st.lists(st.lists(SENTENCES, min_size=1, max_size=9), min_size=1, max_size=6),
    min_size=1,
    max_size=3,
)
"""Slides of paragraphs of sentences."""


@given(
    LAID_OUT,
    st.sampled_from([" ", "\u00a0", "\t"]),
    st.sampled_from(["\n\n", "\r\n\r\n", "\n \n", "\n\n\n\n", " \n\u00a0\n\t"]),
    st.sampled_from(
        [("compat", ""), ("sentences", "en"), ("sentences", "ru"), ("sentences", "de")]
    ),
)
def test_the_fragments_of_a_slide_have_the_paragraphs_of_its_text(
    slides: list[list[list[str]]], space: str, blank_line: str, mode: tuple[SplitMode, str]
) -> None:
    texts = [[space.join(paragraph) for paragraph in slide] for slide in slides]
    text = "_;".join(blank_line.join(["", *slide, ""]) for slide in texts)
    for made, written in zip(split_text(text, mode=mode[0], language=mode[1]), texts, strict=True):
        given_to_engines = " ".join(fragment.with_paragraphs for fragment in made.fragments)
        found = [" ".join(each.split()) for each in paragraphs(given_to_engines)]
        assert found == [" ".join(each.split()) for each in written]


def test_a_fragment_knows_where_its_paragraphs_end() -> None:
    [slide] = split_text("One.\n\nTwo.\nThree. Four.\n\nFive.\n\nSix. Seven.\n\nEight.\n\n")
    first, second = slide.fragments
    assert first.with_paragraphs == "One.\n\nTwo. Three. Four.\n\nFive.\n\n"
    assert second.with_paragraphs == "Six. Seven.\n\nEight."


def test_a_text_without_blank_lines_is_given_to_engines_as_it_is() -> None:
    [slide] = split_text("One.\nTwo. " * 4)
    assert [f.with_paragraphs for f in slide.fragments] == [f.text for f in slide.fragments]


def test_the_end_of_a_slide_is_no_end_of_a_paragraph() -> None:
    slides = split_text("One.\n\n_;\n\nTwo.\n\n")
    assert [fragment.paragraph_ends for slide in slides for fragment in slide.fragments] == [(), ()]


@given(TEXTS, st.sampled_from(["", "en", "ru"]))
def test_the_sentences_mode_loses_no_character(text: str, language: str) -> None:
    try:
        slides = split_text(text, mode="sentences", language=language)
    except LectureTextError:
        assert not re.sub(r"\s|_;", "", text)
        return
    spoken = "".join(fragment.text for slide in slides for fragment in slide.fragments)
    assert re.sub(r"\s", "", spoken) == re.sub(r"\s", "", text.replace("_;", ""))


@given(TEXTS)
def test_a_fragment_of_the_sentences_mode_is_bounded(text: str) -> None:
    try:
        slides = split_text(text, mode="sentences")
    except LectureTextError:
        return
    for slide in slides:
        for fragment in slide.fragments:
            assert len(fragment.text) <= CHARACTERS_PER_FRAGMENT or " " not in fragment.text


@given(st.text(alphabet="ab ,;:", max_size=200), st.integers(1, 40))
def test_pieces_of_a_sentence_join_to_the_sentence(text: str, limit: int) -> None:
    sentence = " ".join(text.split())
    assert " ".join(bounded(sentence, limit)) == sentence


def test_an_empty_slide_keeps_its_place() -> None:
    slides = split_text("Hello there._;_;  _;Goodbye.")
    assert [len(slide.fragments) for slide in slides] == [1, 0, 0, 1]


def test_another_delimiter_separates_slides() -> None:
    slides = split_text("One.===Two.", delimiter="===")
    assert [slide.fragments[0].text for slide in slides] == ["One.", "Two."]


@pytest.mark.parametrize("text", ["", "  \n", "_;", "_; \t _;"])
def test_a_text_that_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(LectureTextError, match="nothing to speak"):
        split_text(text)


def test_russian_abbreviations_end_no_sentence() -> None:
    text = "А. С. Пушкин родился в 1799 г. в Москве. См. рис. 2 и т. д. Вы готовы?"
    assert sentences(text) == [
        "А. С. Пушкин родился в 1799 г. в Москве.",
        "См. рис. 2 и т. д.",
        "Вы готовы?",
    ]


def test_a_very_long_sentence_is_cut_at_its_pauses() -> None:
    sentence = ", ".join(["a clause of thirty characters"] * 60) + "."
    [slide] = split_text(sentence, mode="sentences", language="en")
    assert len(slide.fragments) > 1
    assert all(fragment.text.endswith((",", ".")) for fragment in slide.fragments)


MARKED_UP = (
    "# Week 1\n\nSee **this**. Or [that](https://example.org/a.b?c=d. e).\n\n- One.\n- Two!\n"
    "- Three?\n\nThe area is $\\frac{1}{2}. $ It is. <b>Done.</b> Tom &amp; Jerry."
)


def test_markup_changes_nothing_of_the_mapping_of_the_file_as_it_is() -> None:
    slides = split_text(MARKED_UP + "_;" + MARKED_UP)
    assert [[f.text for f in slide.fragments] for slide in slides] == former_service_mapping(
        MARKED_UP + "_;" + MARKED_UP
    )


@given(st.integers(0, 3000).map(mixture))
def test_mixtures_of_markup_have_the_mapping_of_the_former_service(text: str) -> None:
    expected = former_service_mapping(text)
    assume(any(expected))
    slides = split_text(text)
    assert [[f.text for f in slide.fragments] for slide in slides] == expected


@given(st.integers(0, 3000).map(mixture), st.sampled_from(["compat", "sentences"]))
def test_the_clean_words_of_a_slide_are_shared_out_among_its_fragments(
    text: str, mode: SplitMode
) -> None:
    slides = split_text(text, mode=mode, language="en")
    for part, slide in zip(text.split("_;"), slides, strict=True):
        shared = " ".join(fragment.plain for fragment in slide.fragments)
        assert shared.split() == clean(part).text.split()


def test_a_fragment_keeps_its_text_and_is_spoken_and_shown_clean() -> None:
    [slide] = split_text("The **area** of &frac12; and $x^2$.")
    [fragment] = slide.fragments
    assert fragment.text == "The **area** of &frac12; and $x^2$."
    assert fragment.plain == "The area of ½ and x²."


def test_the_sentences_mode_keeps_an_items_number_with_its_item() -> None:
    [slide] = split_text(
        "План лекции\n\n1. Введение\n2. Понятия\n3. Виды\n4. Законы\n5. Задачи\n6. Выводы",
        mode="sentences",
        language="ru",
    )
    assert [fragment.plain for fragment in slide.fragments] == [
        "План лекции 1. Введение 2. Понятия 3. Виды 4. Законы",
        "5. Задачи 6. Выводы",
    ]


def test_headings_and_items_end_paragraphs() -> None:
    [slide] = split_text("Overview\n\nYou need:\n- a pen\n- a ruler\n\nThen we begin.")
    [fragment] = slide.fragments
    assert fragment.with_paragraphs.split("\n\n") == [
        "Overview", "You need:", "a pen", "a ruler", "Then we begin.",
    ]  # fmt: skip


def test_the_compat_mode_says_an_items_number_with_its_item_and_keeps_the_text_of_the_file() -> (
    None
):
    [slide] = split_text(
        "План лекции\n\n1. Введение\n2. Понятия\n3. Виды\n4. Законы\n5. Задачи\n6. Выводы"
    )
    first, second = slide.fragments
    assert (first.text, second.text) == (
        "План лекции 1. Введение 2. Понятия 3. Виды 4. Законы 5.", "Задачи 6. Выводы",
    )  # fmt: skip
    assert (first.plain, second.plain) == (
        "План лекции 1. Введение 2. Понятия 3. Виды 4. Законы", "5. Задачи 6. Выводы",
    )  # fmt: skip
