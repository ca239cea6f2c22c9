from __future__ import annotations

import pytest

from benchmarks.quality import texts
from benchmarks.quality.judges.plain import divided_alike, plain
from benchmarks.quality.judges.words import judge_words, together

TEXT = (
    "A price is a message. When the harvest fails, nobody has to write a letter. "
    "The price goes up, and people drink tea."
)


def test_what_is_heard_as_it_was_written_has_no_errors() -> None:
    judged = judge_words(TEXT, TEXT.upper().replace(",", " -"), "en")

    assert (judged.wer, judged.cer, judged.dropped, judged.cut) == (0, 0, 0, 0)
    assert judged.sentences == 3


def test_a_wrong_text_is_not_understood() -> None:
    other = texts.paragraphs("en")[3]

    judged = judge_words(TEXT, other, "en")

    assert judged.wer > 80
    assert judged.dropped == 3


def test_a_sentence_that_was_left_out_is_dropped() -> None:
    heard = TEXT.replace("When the harvest fails, nobody has to write a letter.", "")

    assert judge_words(TEXT, heard, "en").dropped == 1


def test_an_end_that_was_cut_off_is_noticed() -> None:
    judged = judge_words(TEXT, TEXT.removesuffix("drink tea."), "en")

    assert (judged.dropped, judged.cut) == (0, 1)


def test_a_word_that_is_only_misheard_drops_no_sentence() -> None:
    judged = judge_words(TEXT, TEXT.replace("harvest", "harvests").replace("tea", "tee"), "en")

    assert judged.word_errors == 2
    assert (judged.dropped, judged.cut) == (0, 0)


def test_two_words_heard_as_one_do_not_move_their_neighbours() -> None:
    text = "Каждый раз выпадал орёл. Стала ли решка вероятной? Нет."
    heard = "Каждый раз вопадал орион. Сталоли решка вероятны. Нет."

    judged = judge_words(text, heard, "ru")

    assert (judged.dropped, judged.cut) == (0, 0)


def test_repeated_words_count_as_errors() -> None:
    assert judge_words("one two", "one two two two two", "en").wer == 150


def test_paragraphs_add_up_by_their_words() -> None:
    whole = together([judge_words("one", "two", "en"), judge_words("a b c", "a b c", "en")])

    assert whole.wer == 25


@pytest.mark.parametrize(
    ("language", "written", "heard"),
    [
        ("en", "in nineteen seventy-four", "In 1974,"),
        ("en", "one thousand five hundred dollars", "1,500 dollars"),
        ("en", "twenty percent of it", "20% of it."),
        ("en", "the third one", "The 3rd one"),
        ("ru", "из четырёх нот", "из 4 нот"),
        ("ru", "в четвёртом ряду", "в 4-м ряду"),
        ("ru", "ещё пятнадцать", "еще 15"),
        ("ru", "в тысяча девятьсот девяносто восьмом году", "В 1998 году"),
        ("ru", "двадцать одна тысяча чисел", "21 000 чисел"),
        ("ru", "1000 чисел", "тысячу чисел"),
        ("ru", "около восьмидесяти процентов", "около 80%"),
        ("ru", "двенадцать километров", "12 км"),
        ("ru", "три целых пять десятых килограмма", "3,5 кг"),
        ("ru", "одна вторая", "1/2"),
        ("ru", "в XIX веке", "в девятнадцатом веке"),
        ("ru", "двести сороковой", "240-й"),
        ("ru", "рисунок номер два", "рисунок № 2"),
        ("ru", "в IT-отделе", "в айти отделе"),
        ("ru", "по-русски", "по русски"),
        ("ru", "за́мок и щёлочь", "Замок и щелочь."),
        ("es", "quince minutos", "15 minutos"),
        ("fr", "l'eau, quinze minutes", "L’eau, 15 minutes."),
        ("it", "quindici minuti", "15 minuti"),
    ],
)
def test_numbers_are_compared_as_they_sound(language: str, written: str, heard: str) -> None:
    assert plain(written, language) == plain(heard, language)


def test_numbers_that_differ_stay_different() -> None:
    assert plain("четыре", "ru") != plain("3", "ru")
    assert plain("fifteen", "en") != plain("50", "en")
    assert plain("двадцать одна тысяча", "ru") != plain("20 000", "ru")
    assert plain("три целых пять десятых", "ru") != plain("35", "ru")
    assert plain("в тысяча восемьсот двенадцатом", "ru") != plain("в 1912", "ru")


@pytest.mark.parametrize("other", ["семья", "семью", "сотня", "пятно", "двор", "столица", "трио"])
def test_words_that_only_begin_like_a_number_are_none(other: str) -> None:
    assert plain(other, "ru") == other


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("в конце концов", "вконце концов"),
        ("действуют вместе", "действуют в месте"),
        ("слой стратосфера", "слой с тратосфера"),
        ("put it into the box", "put it in to the box"),
        ("двигать GPS по карте", "двигать джи пи эс по карте"),
    ],
)
def test_a_space_is_no_sound(written: str, heard: str) -> None:
    judged = judge_words(written, heard, "ru" if written[0] > "z" else "en")

    assert (judged.word_errors, judged.letter_errors) == (0, 0)


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("действуют вместе", "действуют в тесте"),
        ("в конце концов", "в конце"),
        ("каждый день", "каждой день"),
        ("между ростом цен", "между ростом ценой"),
        ("одна звезда", "одна из звезд"),
        ("пятьдесят", "5 10"),
    ],
)
def test_a_wrong_word_is_wrong_wherever_its_spaces_are(written: str, heard: str) -> None:
    assert judge_words(written, heard, "ru").word_errors > 0


def test_words_are_divided_alike_wherever_they_stand() -> None:
    wanted = "не большой город в месте слияния рек"

    assert divided_alike(wanted, "небольшой город вместе слияния рек") == wanted
    assert divided_alike(wanted, "в городе вместе") == "в городе в месте"


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_language_has_ten_paragraphs(language: str) -> None:
    paragraphs = texts.paragraphs(language)

    assert len(paragraphs) >= 10
    assert len(set(paragraphs)) == len(paragraphs)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_english_and_russian_have_600_words(language: str) -> None:
    assert sum(len(paragraph.split()) for paragraph in texts.paragraphs(language)) >= 600
