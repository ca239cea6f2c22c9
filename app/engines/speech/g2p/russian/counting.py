"""Which case and gender a number takes from the words around it."""

from __future__ import annotations

from collections.abc import Sequence

from app.engines.speech.g2p.russian.numerals import Case, Gender, agreeing
from app.engines.speech.g2p.tables import words

_CASE_OF_PREPOSITION: dict[str, Case] = {
    **dict.fromkeys(
        words(
            """
            до от из без около более менее свыше больше меньше после против для у порядка кроме
            ото изо среди выше ниже старше младше моложе
            """
        ),
        "genitive",
    ),
    **dict.fromkeys(("к", "ко", "благодаря"), "dative"),
    **dict.fromkeys(("о", "об", "при"), "prepositional"),
    **dict.fromkeys(("между", "над", "перед"), "instrumental"),
}
_CASE_OF_ENDING: tuple[tuple[tuple[str, ...], Case], ...] = (
    (("ами", "ями", "ьми"), "instrumental"),
    (("ам", "ям"), "dative"),
    (("ах", "ях"), "prepositional"),
)
_ADJECTIVE = (
    "ых",
    "их",
    "ые",
    "ие",
    "ый",
    "ий",
    "ой",
    "ая",
    "яя",
    "ое",
    "ее",
    "ым",
    "им",
    "ыми",
    "ими",
)
_NOT_FEMININE = ("пути", "дни")

UNITS: dict[str, tuple[str, str, str, Gender]] = {
    unit: (one, few, many, "feminine" if gender == "f" else "masculine")
    for unit, one, few, many, gender in (
        line.split("|")
        for line in """\
км|километр|километра|километров|m
м|метр|метра|метров|m
см|сантиметр|сантиметра|сантиметров|m
мм|миллиметр|миллиметра|миллиметров|m
нм|нанометр|нанометра|нанометров|m
кг|килограмм|килограмма|килограммов|m
мг|миллиграмм|миллиграмма|миллиграммов|m
г|грамм|грамма|граммов|m
т|тонна|тонны|тонн|f
л|литр|литра|литров|m
мл|миллилитр|миллилитра|миллилитров|m
га|гектар|гектара|гектаров|m
ч|час|часа|часов|m
мин|минута|минуты|минут|f
сек|секунда|секунды|секунд|f
мс|миллисекунда|миллисекунды|миллисекунд|f
Гц|герц|герца|герц|m
кГц|килогерц|килогерца|килогерц|m
МГц|мегагерц|мегагерца|мегагерц|m
ГГц|гигагерц|гигагерца|гигагерц|m
Вт|ватт|ватта|ватт|m
кВт|киловатт|киловатта|киловатт|m
МВт|мегаватт|мегаватта|мегаватт|m
Дж|джоуль|джоуля|джоулей|m
кДж|килоджоуль|килоджоуля|килоджоулей|m
Ом|ом|ома|ом|m
КБ|килобайт|килобайта|килобайт|m
Кб|килобайт|килобайта|килобайт|m
МБ|мегабайт|мегабайта|мегабайт|m
Мб|мегабайт|мегабайта|мегабайт|m
ГБ|гигабайт|гигабайта|гигабайт|m
Гб|гигабайт|гигабайта|гигабайт|m
ТБ|терабайт|терабайта|терабайт|m
Мбит|мегабит|мегабита|мегабит|m
Гбит|гигабит|гигабита|гигабит|m
%|процент|процента|процентов|m
°|градус|градуса|градусов|m
°C|градус цельсия|градуса цельсия|градусов цельсия|m
°С|градус цельсия|градуса цельсия|градусов цельсия|m
км/ч|километр в час|километра в час|километров в час|m
м/с|метр в секунду|метра в секунду|метров в секунду|m
Мбит/с|мегабит в секунду|мегабита в секунду|мегабит в секунду|m
Гбит/с|гигабит в секунду|гигабита в секунду|гигабит в секунду|m
тыс|тысяча|тысячи|тысяч|f
млн|миллион|миллиона|миллионов|m
млрд|миллиард|миллиарда|миллиардов|m
трлн|триллион|триллиона|триллионов|m
руб|рубль|рубля|рублей|m
₽|рубль|рубля|рублей|m
коп|копейка|копейки|копеек|f
$|доллар|доллара|долларов|m
€|евро|евро|евро|m
£|фунт|фунта|фунтов|m
чел|человек|человека|человек|m
шт|штука|штуки|штук|f
""".splitlines()
    )
}
"""Unit signs: nominative, genitive singular, genitive plural, gender."""


def unit(sign: str, number: int, case: Case = "nominative") -> list[str]:
    """Words of a unit after a whole number."""
    one, few, many, _ = UNITS[sign]
    return agreeing(number, one, few, many, case).split()


def unit_after_fraction(sign: str) -> list[str]:
    """Words of a unit after a decimal fraction: always genitive singular."""
    return UNITS[sign][1].split()


def case_of(before: str, after: Sequence[str]) -> Case:
    """Case of a number, from the word before it and the noun after it."""
    noun = _noun(after)
    for endings, case in _CASE_OF_ENDING:
        if noun.endswith(endings) and len(noun) > 3:
            return case
    return _CASE_OF_PREPOSITION.get(before, "nominative")


def gender_of(number: int, before: str, after: Sequence[str]) -> tuple[Case, Gender]:
    """Case and gender of one and two, which agree with the noun."""
    case, noun = case_of(before, after), _noun(after)
    if number % 100 in (11, 12) or number % 10 not in (1, 2) or not noun:
        return case, "masculine"
    if number % 10 == 2:
        feminine = noun.endswith(("ы", "и")) and noun not in _NOT_FEMININE
        return case, "feminine" if feminine else "masculine"
    if noun.endswith(("у", "ю")) and case == "nominative":
        return "accusative", "feminine"
    if noun.endswith(("а", "я", "ь")) and case == "nominative":
        return case, "masculine" if noun.endswith(
            ("тель", "день", "рубль", "уровень", "корень")
        ) else "feminine"
    if noun.endswith(("о", "е")) and case == "nominative":
        return (
            ("prepositional", "neuter")
            if before in ("в", "на") and noun.endswith("е")
            else (case, "neuter")
        )
    return case, "masculine"


def _noun(after: Sequence[str]) -> str:
    """The counted noun: the first of the next words that is not an adjective."""
    return next((word for word in after[:2] if not word.endswith(_ADJECTIVE)), "")
