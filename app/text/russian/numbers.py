"""Numbers of a Russian text in words: counted things, fractions, times, versions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.text.roman import roman_value
from app.text.russian.abbreviations import closing
from app.text.russian.counting import case_of, gender_of
from app.text.russian.numerals import (
    Case,
    Gender,
    cardinal,
    decimal,
    ordinal,
    spoken_number,
)
from app.text.russian.suffixes import SUFFIXES, suffixed
from app.text.russian.units import gender as gender_of_unit
from app.text.russian.units import is_unit, unit, unit_after_fraction
from app.text.tables import words
from app.text.tokens import Token, Verbalized

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


def number(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """The number that begins at a token, with its unit, in words; empty when none does."""
    token = tokens[place]
    if match := _ROMAN_SUFFIXED.fullmatch(token.core):
        return [token.said(suffixed(roman_value(match[1]), match[2], _words_after(tokens, place)))]
    if not any(character.isnumeric() for character in token.core):
        return []
    if token.core in _PARTS_ALONE:
        return [token.said(_PARTS_ALONE[token.core].split())]
    for rule in (_grouped, _counted):
        result = rule(tokens, place)
        if result:
            return result
    words = _special(tokens, place)
    return [token.said(words)] if words else []


def _grouped(tokens: Sequence[Token], place: int) -> list[Verbalized]:
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
    result: list[Verbalized] = []
    for scale, token in zip(range(len(run) - 1, -1, -1), run, strict=True):
        spoken = len(cardinal(value // 1000**scale * 1000**scale, case)) if int(token.core) else 0
        done = sum(len(part.words) for part in result)
        part = words[done:spoken]
        if not part and len(result[-1].words) > 1:
            # "10 000": the zeros are what "thousand" stands for.
            *kept, name = result[-1].words
            result[-1] = replace(result[-1], words=tuple(kept))
            part = [name]
        result.append(token.said(part))
    end = place + len(run)
    if end < len(tokens) and not run[-1].closing and _is_unit(tokens, end):
        named = unit(tokens[end].core, value, case)
        result.append(tokens[end].said(named, closing=closing(tokens, end)))
        result += _of_scale(tokens, end)
    return result


def _counted(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """A number, range or decimal fraction with the unit attached to it or after it."""
    match = _count(tokens, place)
    if match is None:
        return []
    if match["half"] and not match["unit"]:
        words = [*_value(match, "nominative", "masculine"), "с", *_PARTS[match["half"]].split()]
        return [tokens[place].said(words)]
    if not match["unit"] and _unit_follows(tokens, place):
        return _with_unit_after_it(tokens, place, match)
    return [_with_unit_on_it(tokens, place, match)]


def _count(tokens: Sequence[Token], place: int) -> re.Match[str] | None:
    """The parts of a number that counts something; none of a version or an ordinal."""
    core = tokens[place].core
    match = _NUMBER.fullmatch(core)
    if match is None or len(match["first"]) > 12 or re.match(r"0\d", match["first"]):
        return None
    versioned = _names_a_program(_word_before(tokens, place)) or _refers(tokens, place)
    if _VERSION.fullmatch(core) and versioned:
        return None
    attached = match["unit"]
    if attached and not is_unit(attached, attached=True):
        return None
    hyphenated = attached and core.removesuffix(attached).endswith("-")
    return None if hyphenated and attached in SUFFIXES else match


def _unit_follows(tokens: Sequence[Token], place: int) -> bool:
    """Whether the next token is the unit of a number."""
    last = place + 1 == len(tokens)
    return not (last or tokens[place].closing) and _is_unit(tokens, place + 1)


def _with_unit_after_it(
    tokens: Sequence[Token], place: int, match: re.Match[str]
) -> list[Verbalized]:
    """A number, the unit that is a token of its own, and what is counted by that unit."""
    sign, money = tokens[place + 1], _money(match)
    words, named = _with_unit(tokens, place, match, sign.core)
    return [
        tokens[place].said(words, closing=""),
        sign.said([*named, *(unit(money, 5) if money else [])], closing=closing(tokens, place + 1)),
        *([] if money else _of_scale(tokens, place + 1)),
    ]


def _with_unit_on_it(tokens: Sequence[Token], place: int, match: re.Match[str]) -> Verbalized:
    """A number with the unit or currency that is written in one piece with it, if any."""
    attached = match["unit"] or ""
    words, named = _with_unit(tokens, place, match, attached or _money(match))
    end = closing(tokens, place) if attached in _WORDY_UNITS else tokens[place].closing
    return tokens[place].said([*words, *named], closing=end)


def _with_unit(
    tokens: Sequence[Token], place: int, match: re.Match[str], measure: str
) -> tuple[list[str], list[str]]:
    """Words of a number and of its unit, which agree; none of a unit where there is none."""
    count = int(match["second"] or match["first"])
    before = "более" if match["sign"] in _GENITIVE_SIGNS else _word_before(tokens, place)
    if not measure:
        return _value(match, *gender_of(count, before, _words_after(tokens, place))), []
    case = case_of(before, ())
    broken = match["fraction"] or match["half"]
    named = unit_after_fraction(measure) if broken else unit(measure, count, case)
    return _value(match, case, gender_of_unit(measure)), named


def _money(match: re.Match[str]) -> str:
    """The sign of a currency before a number."""
    return match["currency"] if is_unit(match["currency"]) else ""


def _of_scale(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """The unit after "тыс." or "млн", which is counted by it: always genitive plural."""
    following = place + 1
    if tokens[place].core not in _SCALE_SIGNS or following >= len(tokens):
        return []
    if tokens[place].closing not in ("", ".") or not _is_unit(tokens, following):
        return []
    named = unit(tokens[following].core, 5)
    return [tokens[following].said(named, closing=closing(tokens, following))]


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
        return [*spoken_number(match[1]), "к", *cardinal(int(match[2]), "dative")]
    if core == "24/7":
        return [*cardinal(24), "на", *cardinal(7)]
    if _PHONE.fullmatch(core):
        return [word for part in core.split("-") for word in spoken_number(part)]
    if _POINTED_THOUSANDS.fullmatch(core):
        count = int(re.sub(r"\D", "", core))
        neighbours = _word_before(tokens, place), _words_after(tokens, place)
        return cardinal(count, *gender_of(count, *neighbours))
    if (match := _FRACTION.fullmatch(core)) and 1 <= int(match[1]) < int(match[2]) <= 100:
        parts = int(match[1])
        agreement: tuple[Case, Gender] = (
            ("nominative", "feminine") if parts == 1 else ("genitive", "plural")
        )
        return [*cardinal(parts, gender="feminine"), *ordinal(int(match[2]), *agreement)]
    if _VERSION.fullmatch(core):
        point = " " if _refers(tokens, place) else " точка "
        return point.join(" ".join(spoken_number(part)) for part in core.split(".")).split()
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
