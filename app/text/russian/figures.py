"""Figures of a form of their own: ordinals, times, ratios, sizes, angles, phones, versions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.russian.amounts import Amount, words_of
from app.text.russian.context import word_after
from app.text.russian.counting import case_of, gender_of
from app.text.russian.neighbours import counted, preposition, unit_follows
from app.text.russian.numerals import (
    Case,
    Gender,
    cardinal,
    decimal,
    ordinal,
    spoken_number,
)
from app.text.russian.suffixes import suffixed
from app.text.russian.units import is_unit, unit
from app.text.tables import words
from app.text.tokens import Token

_SUFFIXED = re.compile(r"(\d{1,12})-([а-яё]+)")
_SUFFIXED_RANGE = re.compile(r"(\d{1,4})[-–—](\d{1,4})-([а-яё]{1,3})")
_TIME = re.compile(r"(\d{1,2}):(\d{2})")
_LONG_TIME = re.compile(r"(\d{1,2}):(\d{2}):(\d{2})")
_RATIO = re.compile(r"(\d{1,12}):(\d{1,12})")
_SCORES = ("счёт", "счет", "выигр", "побе", "проигр", "обыгр", "ничь", "матч")
_PHONE = re.compile(r"\d{1,4}(?:-\d{2,4}){2,}")
_POINTED_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:([.,'’])\d{3})(?:\1\d{3}){1,2}")
_FRACTION = re.compile(r"(?:(?P<sign>[−-])|)(?P<above>\d{1,3})/(?P<below>\d{1,3})")
_POINTED_TIME = re.compile(r"([01]?\d|2[0-3])\.([0-5]\d)")
_CLOCK = ("в", "к", "до", "с", "около")
_PERIOD = re.compile(r"(\d{1,9}),(\d{0,9})\((\d{1,9})\)?")
_VERSION = re.compile(r"\d+(?:\.\d+)+")
_SIDE = r"\d{1,6}(?:,\d{1,4})?"
_SIZES = re.compile(rf"(?P<sides>{_SIDE}(?:[×xх]{_SIDE})+)(?P<unit>[а-яa-z]{{1,3}})?")
_ANGLE = re.compile(r"(\d{1,3})°(\d{1,2})['′](?:(\d{1,2}(?:,\d+)?)(?:[\"″]|''|′′)?)?")
_REFERENCES = ("рис", "табл", "раздел", "разд", "глав", "формул", "пункт", "уравнени",
               "параграф", "теорем", "лемм", "определени", "упражнени", "пример",
               "ф-л", "прил")  # fmt: skip
_REFERENCE_SIGNS = ("п", "гл", "§", "теор", "опр", "ур", "упр", "ф", "№", "лем", "след", "ч")
_NAMES = ("№", "номер", "част", "страниц", "том", "задач", "лекци", "вариант", "шаг", "тем",
          "аудитори", "квартир", "статья", "стать", "верси", "групп", "уровн", "тип", "этап",
          "схем", "слайд")  # fmt: skip
_SHORT_NAMES = frozenset(words("с стр т ч ст п д кв корп кн вып ауд лекц зад упр разд черт"))


def figure(tokens: Sequence[Token], place: int) -> list[str]:
    """Words of a figure that counts nothing; empty for another token."""
    core = tokens[place].core
    if match := _SUFFIXED.fullmatch(core):
        neighbours = preposition(tokens, place), counted(tokens, place)
        return suffixed(int(match[1]), match[2], *neighbours)
    if match := _SUFFIXED_RANGE.fullmatch(core):
        neighbours = preposition(tokens, place), counted(tokens, place)
        return [
            word for number in match.groups()[:2]
            for word in _singular(int(number), match[3], *neighbours)
        ]  # fmt: skip
    if match := _ANGLE.fullmatch(core):
        return _angle(match)
    if match := _PERIOD.fullmatch(core):
        whole = (
            decimal(int(match[1]), match[2]) if match[2] else [*cardinal(int(match[1])), "целых"]
        )
        return [*whole, "и", *spoken_number(match[3]), "в", "периоде"]
    if _PHONE.fullmatch(core):
        return [word for part in core.split("-") for word in spoken_number(part)]
    if _POINTED_THOUSANDS.fullmatch(core):
        count = int(re.sub(r"\D", "", core))
        return cardinal(
            count, *gender_of(count, preposition(tokens, place), counted(tokens, place))
        )
    return (
        _sizes(tokens, place) or _with_colon(tokens, place) or _with_stroke_or_point(tokens, place)
    )


def _fraction(above: int, below: int, case: Case) -> list[str]:
    direct = case in ("nominative", "accusative")
    agreement: tuple[Case, Gender] = (
        (case, "feminine") if above == 1 else ("genitive" if direct else case, "plural")
    )
    return [*cardinal(above, case, "feminine"), *ordinal(below, *agreement)]


def _is_fraction(above: int, below: int) -> bool:
    """Whether a stroke makes a fraction with a name: a proper one, or a small one, "4/3"."""
    return 1 <= above < below <= 100 or (below > 1 and max(above, below) <= 12 and above > 0)


def is_version(core: str) -> bool:
    """Whether a number has the form of a version or of a section, "3.11.2"."""
    return _VERSION.fullmatch(core) is not None


def refers(tokens: Sequence[Token], place: int) -> bool:
    """Whether the word before names what is numbered: "рис. 3.2"."""
    word = tokens[place - 1].core.lower() if place else ""
    return word in _REFERENCE_SIGNS or any(
        word.startswith(name) and len(word) - len(name) < 3 for name in _REFERENCES
    )


def is_label(tokens: Sequence[Token], place: int) -> bool:
    """Whether a number names the thing before it, "часть 1", rather than counts what follows."""
    if not place:
        return False
    before = tokens[place - 1]
    if before.closing not in ("", "."):
        return False
    name = before.core.lower()
    shortened = before.closing == "." and name in _SHORT_NAMES
    return shortened or (not before.closing and name.startswith(_NAMES)) or refers(tokens, place)


def _singular(number: int, suffix: str, before: str, after: Sequence[str]) -> list[str]:
    """One of two numbers with an ending, "5–7-е места": each is a single one."""
    if suffix == "е":
        return ordinal(number, "nominative", "neuter")
    return suffixed(number, suffix, before, after)


def _angle(match: re.Match[str]) -> list[str]:
    parts = [*_measured(match[1], "°"), *_measured(match[2], "′")]
    return [*parts, *_measured(match[3], "″")] if match[3] else parts


def _measured(number: str, sign: str) -> list[str]:
    """A number, which may have a fraction, and its unit."""
    whole, _, fraction = number.partition(",")
    words, named = words_of(Amount(int(whole), fraction, sign, "nominative"))
    return [*words, *named]


def _sizes(tokens: Sequence[Token], place: int) -> list[str]:
    """Sides of something, "20×30 см", "матрица 3×3"; "2×3 = 6" is a product."""
    match = _SIZES.fullmatch(tokens[place].core)
    if match is None or (match["unit"] and not is_unit(match["unit"])):
        return []
    after = word_after(tokens, place)
    before = tokens[place - 1].core if place else ""
    measured = bool(match["unit"]) or unit_follows(tokens, place)
    named = re.search("[А-Яа-яё]{2}", before) is not None and after[:1] not in ("=", "≠", "≈")
    typed = "×" not in match["sides"]
    if not (measured or named or typed):
        return []
    sides = (side.partition(",") for side in re.split("[×xх]", match["sides"]))
    said = [
        decimal(int(whole), fraction) if fraction else spoken_number(whole)
        for whole, _, fraction in sides
    ]
    named_unit = unit(match["unit"], 5) if match["unit"] else []
    return [*" на ".join(" ".join(side) for side in said).split(), *named_unit]


def clock(tokens: Sequence[Token], place: int) -> list[str]:
    """A time with a point, "в 18.30"; empty for a fraction or a version."""
    match = _POINTED_TIME.fullmatch(tokens[place].core)
    before = preposition(tokens, place)
    if match is None or before not in (*_CLOCK, "от"):
        return []
    if any(word.startswith(("раз", "верси")) for word in counted(tokens, place)):
        return []
    if unit_follows(tokens, place):
        return []
    return _time(match, case_of(before, ()))


def _time(match: re.Match[str], case: Case) -> list[str]:
    zero = ["ноль"] if match[2][0] == "0" else []
    minutes = ["ноль"] if match[2] == "00" else cardinal(int(match[2]), case)
    return [*cardinal(int(match[1]), case), *zero, *minutes]


def _with_colon(tokens: Sequence[Token], place: int) -> list[str]:
    core = tokens[place].core
    if match := _LONG_TIME.fullmatch(core):
        hours, minutes, seconds = match.groups()
        return [*_measured(hours, "ч"), *_measured(minutes, "мин"), *_measured(seconds, "с")]
    if (match := _TIME.fullmatch(core)) and int(match[1]) < 25 and int(match[2]) < 60:
        return _time(match, case_of(preposition(tokens, place), ()))
    if match := _RATIO.fullmatch(core):
        before = tokens[place - 1].core.lower() if place else ""
        if before.startswith(_SCORES):
            return [*spoken_number(match[1]), *spoken_number(match[2])]
        return [*spoken_number(match[1]), "к", *cardinal(int(match[2]), "dative")]
    return []


def _with_stroke_or_point(tokens: Sequence[Token], place: int) -> list[str]:
    core = tokens[place].core
    if core == "24/7":
        return [*cardinal(24), "на", *cardinal(7)]
    match = _FRACTION.fullmatch(core)
    if match and match["above"] == match["below"] and not match["sign"]:
        return [*spoken_number(match["above"]), "на", *spoken_number(match["below"])]
    if match and _is_fraction(int(match["above"]), int(match["below"])):
        minus = ["минус"] if match["sign"] else []
        case = case_of(preposition(tokens, place), ())
        return [*minus, *_fraction(int(match["above"]), int(match["below"]), case)]
    if is_version(core):
        point = " " if refers(tokens, place) else " точка "
        return point.join(" ".join(spoken_number(part)) for part in core.split(".")).split()
    return []
