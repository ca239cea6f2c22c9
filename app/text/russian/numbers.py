"""Numbers of a Russian text in words: counted things, fractions, times, versions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.text.russian.abbreviations import closing
from app.text.russian.counting import case_of, gender_of
from app.text.russian.numerals import (
    LARGEST,
    Case,
    Gender,
    cardinal,
    decimal,
    ordinal,
)
from app.text.russian.roman import value as roman_value
from app.text.russian.suffixes import SUFFIXES, suffixed
from app.text.russian.units import gender as gender_of_unit
from app.text.russian.units import is_unit, unit, unit_after_fraction
from app.text.tables import words
from app.text.tokens import Spelled, Token

_NUMBER = re.compile(
    r"(?P<sign>[+−±≈<>~≤≥-]?)(?P<currency>[$€£¥₽№§]?)(?P<first>\d+)"
    r"(?:[-–—…](?P<second>\d+))?(?:[.,](?P<fraction>\d+))?(?P<half>[½¼¾⅓⅔])?"
    r"-?(?P<unit>[^\W\d_][^\d]*|[%‰°$€£¥₽′″].*)?"
)
_ROMAN_SUFFIXED = re.compile(r"([IVXL]+)-([а-яё]{1,3})")
_SUFFIXED = re.compile(r"(\d+)-([а-яё]+)")
_TIME = re.compile(r"(\d{1,2}):(\d{2})")
_LONG_TIME = re.compile(r"(\d{1,2}):(\d{2}):(\d{2})")
_RATIO = re.compile(r"(\d+):(\d+)")
_PHONE = re.compile(r"\d{1,4}(?:-\d{2,4}){2,}")
_POINTED_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:([.,'])\d{3})(?:\1\d{3})+")
_PARTS = {"½": "половиной", "¼": "четвертью", "¾": "тремя четвертями", "⅓": "третью",
          "⅔": "двумя третями"}  # fmt: skip
_PARTS_ALONE = {"½": "одна вторая", "¼": "одна четвёртая", "¾": "три четвёртых",
                "⅓": "одна третья", "⅔": "две третьих"}  # fmt: skip
_FRACTION = re.compile(r"(\d+)/(\d+)")
_VERSION = re.compile(r"\d+(?:\.\d+)+")
_TRIPLE = re.compile(r"\d{3}")
_SIGNS = {"+": "плюс", "−": "минус", "-": "минус", "±": "плюс-минус", "≈": "примерно",
          "<": "меньше", ">": "больше", "~": "около",
          "≤": "не больше", "≥": "не меньше"}  # fmt: skip
_BEFORE = {"№": "номер", "§": "параграф"}
_GENITIVE_SIGNS = frozenset("<>~≤≥")
_REFERENCES = ("рис", "табл", "раздел", "разд", "глав", "гл", "формул", "пункт", "п", "уравнени",
               "параграф", "§", "теорем", "лемм", "определени", "упражнени", "пример",
               "ф-л", "прил")  # fmt: skip
_SCALES = ("тысяча тысячи тысяч", "миллион миллиона миллионов", "миллиард миллиарда миллиардов")
_SCALE_SIGNS = frozenset(words("тыс млн млрд трлн"))
_WORDY_UNITS = frozenset(words("тыс млн млрд трлн руб коп чел шт мин сек"))


def number(tokens: Sequence[Token], place: int) -> list[Spelled]:
    """The number that begins at a token, with its unit, in words; empty when none does."""
    token = tokens[place]
    if match := _ROMAN_SUFFIXED.fullmatch(token.core):
        ordinal_words = suffixed(roman_value(match[1]), match[2], _words_after(tokens, place))
        return [Spelled(tuple(ordinal_words), token.opening, token.closing)]
    if not any(character.isnumeric() for character in token.core):
        return []
    if token.core in _PARTS_ALONE:
        return [Spelled(tuple(_PARTS_ALONE[token.core].split()), token.opening, token.closing)]
    for rule in (_grouped, _counted):
        spelled = rule(tokens, place)
        if spelled:
            return spelled
    words = _special(tokens, place)
    return [Spelled(tuple(words), token.opening, token.closing)] if words else []


def plain(digits: str) -> list[str]:
    """A run of digits without context; digit by digit if it is huge or starts with 0."""
    if int(digits) > LARGEST or (len(digits) > 1 and digits[0] == "0"):
        return [word for digit in digits for word in cardinal(int(digit))]
    return cardinal(int(digits))


def _grouped(tokens: Sequence[Token], place: int) -> list[Spelled]:
    """A number whose groups of three digits are tokens of their own, as in "10 000"."""
    run = [tokens[place]]
    if not re.fullmatch(r"[1-9]\d{0,2}", run[0].core):
        return []
    while not run[-1].closing and place + len(run) < len(tokens):
        token = tokens[place + len(run)]
        if token.opening or not _TRIPLE.fullmatch(token.core) or len(run) > len(_SCALES):
            break
        run.append(token)
    if len(run) == 1:
        return []
    value = int("".join(token.core for token in run))
    case = case_of(_word_before(tokens, place), _words_after(tokens, place + len(run) - 1))
    words = cardinal(value, case)
    spelled: list[Spelled] = []
    for scale, token in zip(range(len(run) - 1, -1, -1), run, strict=True):
        spoken = len(cardinal(value // 1000**scale * 1000**scale, case)) if int(token.core) else 0
        done = sum(len(part.words) for part in spelled)
        part = words[done:spoken]
        if not part and len(spelled[-1].words) > 1:
            # "10 000": the zeros are what "thousand" stands for.
            *kept, name = spelled[-1].words
            spelled[-1] = replace(spelled[-1], words=tuple(kept))
            part = [name]
        spelled.append(Spelled(tuple(part), token.opening, token.closing))
    end = place + len(run)
    if end < len(tokens) and not run[-1].closing and _is_unit(tokens, end):
        named = tuple(unit(tokens[end].core, value, case))
        spelled.append(Spelled(named, tokens[end].opening, closing(tokens, end)))
        spelled += _of_scale(tokens, end, "")
    return spelled


def _counted(tokens: Sequence[Token], place: int) -> list[Spelled]:
    """A number, range or decimal fraction with the unit attached to it or after it."""
    token = tokens[place]
    match = _NUMBER.fullmatch(token.core)
    if (
        match is None
        or len(match["first"]) > 12
        or (match["first"][0] == "0" and match["first"] != "0")
    ):
        return []
    before = _word_before(tokens, place)
    versioned = _names_a_program(before) or _refers(tokens, place)
    if _VERSION.fullmatch(token.core) and versioned:
        return []
    sign, attached = match["currency"] or "", match["unit"] or ""
    hyphenated = token.core.removesuffix(attached).endswith("-")
    if attached and (not is_unit(attached, attached=True) or (hyphenated and attached in SUFFIXES)):
        return []
    if match["half"] and not attached:
        return [
            Spelled(
                (*_value(match, "nominative", "masculine"), "с", *_PARTS[match["half"]].split()),
                token.opening,
                token.closing,
            )
        ]
    after = tokens[place + 1] if place + 1 < len(tokens) and not token.closing else None
    separate = "" if attached or after is None or not _is_unit(tokens, place + 1) else after.core
    value = int(match["second"] or match["first"])
    money = sign if is_unit(sign) else ""
    measured = attached or separate or money
    before = "более" if match["sign"] in _GENITIVE_SIGNS and match["sign"] else before
    case, gender = gender_of(value, before, _words_after(tokens, place))
    if measured:
        case, gender = case_of(before, ()), gender_of_unit(measured)
    words = _value(match, case, gender)
    named: list[str] = []
    if measured:
        fraction = match["fraction"] or match["half"]
        named = unit_after_fraction(measured) if fraction else unit(measured, value, case)
    if separate and after is not None:
        scaled = _of_scale(tokens, place + 1, money)
        named += unit(money, 5) if money and not scaled else []
        return [
            Spelled(tuple(words), token.opening),
            Spelled(tuple(named), after.opening, closing(tokens, place + 1)),
            *scaled,
        ]
    end = closing(tokens, place) if attached in _WORDY_UNITS else token.closing
    return [Spelled((*words, *named), token.opening, end)]


def _of_scale(tokens: Sequence[Token], place: int, money: str) -> list[Spelled]:
    """The unit after "тыс." or "млн", which is counted by it: always genitive plural."""
    following = place + 1
    if tokens[place].core not in _SCALE_SIGNS or following >= len(tokens) or money:
        return []
    if tokens[place].closing not in ("", ".") or not _is_unit(tokens, following):
        return []
    named = tuple(unit(tokens[following].core, 5))
    return [Spelled(named, tokens[following].opening, closing(tokens, following))]


def _value(match: re.Match[str], case: Case, gender: Gender) -> list[str]:
    words = [_SIGNS[match["sign"]]] if match["sign"] else []
    words += [_BEFORE[match["currency"]]] if match["currency"] in _BEFORE else []
    if match["second"]:
        words += cardinal(int(match["first"]), case, gender)
        return words + cardinal(int(match["second"]), case, gender)
    if match["fraction"]:
        return words + decimal(int(match["first"]), match["fraction"], case)
    return words + cardinal(int(match["first"]), case, gender)


def _special(tokens: Sequence[Token], place: int) -> list[str]:
    """Ordinals and compounds with a suffix, times, fractions and versions."""
    core = tokens[place].core
    if match := _SUFFIXED.fullmatch(core):
        return suffixed(int(match[1]), match[2], _words_after(tokens, place))
    if match := _LONG_TIME.fullmatch(core):
        return [
            *cardinal(int(match[1])), *unit("ч", int(match[1])),
            *cardinal(int(match[2]), gender="feminine"), *unit("мин", int(match[2])),
            *cardinal(int(match[3]), gender="feminine"), *unit("с", int(match[3])),
        ]  # fmt: skip
    if (match := _TIME.fullmatch(core)) and int(match[1]) < 25 and int(match[2]) < 60:
        time_case = case_of(_word_before(tokens, place), ())
        zero = ["ноль"] if match[2][0] == "0" else []
        minutes = ["ноль"] if match[2] == "00" else cardinal(int(match[2]), time_case)
        return [*cardinal(int(match[1]), time_case), *zero, *minutes]
    if match := _RATIO.fullmatch(core):
        return [*plain(match[1]), "к", *cardinal(int(match[2]), "dative")]
    if core == "24/7":
        return [*cardinal(24), "на", *cardinal(7)]
    if _PHONE.fullmatch(core):
        return [word for part in core.split("-") for word in plain(part)]
    if _POINTED_THOUSANDS.fullmatch(core):
        count = int(re.sub(r"\D", "", core))
        neighbours = _word_before(tokens, place), _words_after(tokens, place)
        return cardinal(count, *gender_of(count, *neighbours))
    if (match := _FRACTION.fullmatch(core)) and 1 <= int(match[1]) < int(match[2]) <= 100:
        parts = int(match[1])
        one = parts == 1
        named = (
            ordinal(int(match[2]), "nominative", "feminine")
            if one
            else ordinal(int(match[2]), "genitive", "plural")
        )
        return [*cardinal(parts, gender="feminine"), *named]
    if _VERSION.fullmatch(core):
        point = " " if _refers(tokens, place) else " точка "
        return point.join(" ".join(plain(part)) for part in core.split(".")).split()
    return []


def _names_a_program(word: str) -> bool:
    """Whether a number with a point after this word is a version rather than a fraction."""
    return word.startswith("верси") or (word.isascii() and word.isalpha())


def _refers(tokens: Sequence[Token], place: int) -> bool:
    """Whether the word before names what is numbered: "рис. 3.2"."""
    word = tokens[place - 1].core.lower() if place else ""
    return any(word.startswith(name) and len(word) - len(name) < 3 for name in _REFERENCES)


def _is_unit(tokens: Sequence[Token], place: int) -> bool:
    """Whether a token is a unit; "с" is a second only where no noun follows the preposition."""
    token = tokens[place]
    if token.opening or not is_unit(token.core):
        return False
    preposition = token.core == "с" and not token.closing and place + 1 < len(tokens)
    variable = token.core.isascii() and len(token.core) == 1 and token.core in "msghAVKNJ" and (
        place + 1 < len(tokens) and not tokens[place + 1].core[:1].isalpha() and not token.closing
    )  # fmt: skip
    return not preposition and not variable


def _word_before(tokens: Sequence[Token], place: int) -> str:
    """The preposition of a number; "с 5 до 7" asks for the genitive, as "от" does."""
    before = tokens[place - 1] if place else None
    if before is None or before.closing:
        return ""
    word = before.core.lower()
    if word in ("и", "или") and place > 1 and tokens[place - 2].core.isdecimal():
        return _word_before(tokens, place - 2)
    if word in ("→", "->"):
        return "к"
    if word in ("<", ">", "~"):
        return "" if place > 1 and not tokens[place - 2].closing else "более"
    until = tokens[place + 1].core if place + 1 < len(tokens) else ""
    return "от" if word in ("с", "со") and until in ("до", "по") else word


def _words_after(tokens: Sequence[Token], place: int) -> list[str]:
    words: list[str] = []
    while place + 1 < len(tokens) and not tokens[place].closing and len(words) < 2:
        place += 1
        words.append(tokens[place].core.lower())
    return words
