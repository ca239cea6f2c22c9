from __future__ import annotations

import pytest

from app.engines.speech.common.program.written import written
from app.engines.speech.rhvoice.phrasing import with_breaks


def texts(text: str, language: str = "ru") -> list[str]:
    return [sentence.text for sentence in written(text, language)]


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("В 5 томах.", "в пяти томах."),
        ("Около 20 % людей!", "около двадцати процентов людей!"),
        ("«Да», — сказал он.", "да, — сказал он."),
        ("Число (см. ниже) растёт.", "число, смотри ниже, растёт."),
        ("— Ну и что?", "ну и что?"),
        ("Это за́мок.", "это за́мок."),
    ],
)
def test_russian_is_written_out_with_marks_that_shape_it(text: str, spoken: str) -> None:
    assert texts(text) == [spoken]


def test_english_numbers_are_words() -> None:
    (spoken,) = texts("It costs 25 dollars.", "en")
    assert "twenty" in spoken.lower()
    assert not any(letter.isdigit() for letter in spoken)


def test_other_languages_are_left_to_the_program() -> None:
    assert texts("Det är 25 äpplen.", "sv") == ["Det är 25 äpplen."]


def test_german_has_its_numbers_written_out_and_leaves_other_signs_to_the_program() -> None:
    assert texts("Am 3. Mai kamen 25 Äpfel für 5 @.", "de") == [
        "Am dritten Mai kamen fünfundzwanzig Äpfel für fünf @."
    ]


@pytest.mark.parametrize("language", ["de", "en", "ru"])
def test_every_word_of_the_text_has_its_part(language: str) -> None:
    text = "One — two. Three (3) four!\n\nПять five."
    parts = [part.word for sentence in written(text, language) for part in sentence.parts]
    assert parts == list(range(len(text.split())))


def test_a_text_without_a_word_has_no_sentence() -> None:
    assert texts("* * *\n\n— …") == []


def test_a_dash_takes_no_time_and_breaks_the_sentence() -> None:
    (sentence,) = written("Москва — столица, да.", "ru")
    assert [part.weight > 0 for part in sentence.parts] == [True, False, True, True]
    assert [part.breaks for part in sentence.parts] == [False, True, True, False]


def test_a_number_takes_as_long_as_its_words() -> None:
    (sentence,) = written("Год 1974 прошёл.", "ru")
    year, number, passed = (part.weight for part in sentence.parts)
    assert number > 3 * max(year, passed)


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Скрипка и флейта.", "скрипка, и флейта."),
        ("Меха и воск, ткани и серебро.", "меха, и воск, ткани, и серебро."),
        ("Суд или закон?", "суд, или закон?"),
        ("Сила, масса и 3 закона.", "сила, масса, и три закона."),
    ],
)
def test_a_break_keeps_the_word_before_and_apart_from_it(text: str, spoken: str) -> None:
    assert [sentence.text for sentence in written(text, "ru", with_breaks)] == [spoken]


@pytest.mark.parametrize(
    "text",
    [
        "И всё же.",
        "Пришёл, и увидел.",
        "Дома — и сады.",
        "Число (и знак).",
        "Как и раньше, одна и та же мысль.",
        "Сети, пакеты и так далее.",
        "Буква и.",
        "Ветер и",
    ],
)
def test_no_break_is_put_where_there_is_one_or_words_belong_together(text: str) -> None:
    assert [s.text for s in written(text, "ru", with_breaks)] == texts(text)


def test_a_break_that_was_put_there_may_be_heard_after_its_word() -> None:
    (sentence,) = written("Скрипка и флейта играют.", "ru", with_breaks)
    assert [part.breaks for part in sentence.parts] == [True, False, False, False]
    assert len({part.weight > 0 for part in sentence.parts}) == 1


def test_a_break_of_this_service_is_told_from_one_of_the_text() -> None:
    (sentence,) = written("Меха и воск, ткани и серебро.", "ru", with_breaks)
    added = [part.word for part in sentence.parts if part.break_added]
    assert added == [0, 3]


@pytest.mark.parametrize(
    ("text", "language", "spoken"),
    [
        ("В 25 — домах.", "ru", ["в", "двадцать пять", "", "домах"]),
        ("In 25 — houses.", "en", ["In", "twenty five", "", "houses"]),
    ],
)
def test_each_word_tells_what_the_program_is_given_for_it(
    text: str, language: str, spoken: list[str]
) -> None:
    (sentence,) = written(text, language)
    assert [part.spoken for part in sentence.parts] == spoken


def test_a_program_is_given_words_of_every_language_that_is_put_into_them_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module = "app.engines.speech.common.program.written"
    assert [sentence.text for sentence in written("5. května", "cs")] == ["5. května"]
    monkeypatch.setattr(f"{module}.WHOLE", frozenset({"cs"}))
    assert [sentence.text for sentence in written("5. května", "cs")] == ["pátý května"]


def test_a_dash_without_spaces_is_given_to_the_program_as_one_with_them() -> None:
    assert texts("Идея—старая.", "ru") == ["идея — старая."]
