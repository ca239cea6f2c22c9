"""Numbers of a Russian text in words: counted things, fractions, times, versions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.engines.speech.g2p.russian.abbreviations import closing
from app.engines.speech.g2p.russian.counting import (
    UNITS,
    case_of,
    gender_of,
    unit,
    unit_after_fraction,
)
from app.engines.speech.g2p.russian.numerals import (
    LARGEST,
    Case,
    Gender,
    cardinal,
    decimal,
    ordinal,
)
from app.engines.speech.g2p.tables import words
from app.engines.speech.g2p.tokens import Spelled, Token

_NUMBER = re.compile(
    r"(?P<sign>[+−±≈<>-]?)(?P<currency>[$€£№§]?)(?P<first>\d+)"
    r"(?:[-–—…](?P<second>\d+))?(?:[.,](?P<fraction>\d+))?"
    r"(?P<unit>[^\W\d_][^\d]*|[%°$€£₽].*)?"
)
_SUFFIXED = re.compile(r"(\d+)-([а-яё]+)")
_TIME = re.compile(r"(\d{1,2}):(\d{2})")
_FRACTION = re.compile(r"(\d+)/(\d+)")
_VERSION = re.compile(r"\d+(?:\.\d+)+")
_TRIPLE = re.compile(r"\d{3}")
_SIGNS = {"+": "плюс", "−": "минус", "-": "минус", "±": "плюс-минус", "≈": "примерно",
          "<": "меньше", ">": "больше"}  # fmt: skip
_BEFORE = {"№": "номер", "§": "параграф"}
_SUFFIXES: dict[str, tuple[Case, Gender]] = {
    "й": ("nominative", "masculine"), "ый": ("nominative", "masculine"),
    "ий": ("nominative", "masculine"),
    "го": ("genitive", "masculine"), "ого": ("genitive", "masculine"),
    "му": ("dative", "masculine"),
    "ому": ("dative", "masculine"), "м": ("prepositional", "masculine"),
    "ом": ("prepositional", "masculine"),
    "ым": ("instrumental", "masculine"), "я": ("nominative", "feminine"),
    "ая": ("nominative", "feminine"),
    "ю": ("accusative", "feminine"), "ую": ("accusative", "feminine"),
    "ой": ("genitive", "feminine"),
    "е": ("nominative", "neuter"), "ое": ("nominative", "neuter"), "ые": ("nominative", "plural"),
    "х": ("genitive", "plural"), "ых": ("genitive", "plural"), "ми": ("instrumental", "plural"),
    "ыми": ("instrumental", "plural"),
}  # fmt: skip
_SCALES = ("тысяча тысячи тысяч", "миллион миллиона миллионов", "миллиард миллиарда миллиардов")
_WORDY_UNITS = frozenset(words("тыс млн млрд трлн руб коп чел шт мин сек"))


def number(tokens: Sequence[Token], place: int) -> list[Spelled]:
    """The number that begins at a token, with its unit, in words; empty when none does."""
    token = tokens[place]
    if re.search(r"\d", token.core) is None:
        return []
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
    if end < len(tokens) and not run[-1].closing and _is_unit(tokens[end]):
        named = tuple(unit(tokens[end].core, value, case))
        spelled.append(Spelled(named, tokens[end].opening, closing(tokens, end)))
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
    if _VERSION.fullmatch(token.core) and _names_a_program(_word_before(tokens, place)):
        return []
    sign, attached = match["currency"] or "", match["unit"] or ""
    if attached and attached not in UNITS:
        return []
    after = tokens[place + 1] if place + 1 < len(tokens) and not token.closing else None
    separate = "" if attached or after is None or not _is_unit(after) else after.core
    value = int(match["second"] or match["first"])
    measured = attached or separate or (sign if sign in UNITS else "")
    case, gender = gender_of(value, _word_before(tokens, place), _words_after(tokens, place))
    if measured:
        case, gender = case_of(_word_before(tokens, place), ()), UNITS[measured][3]
    words = _value(match, case, gender)
    named: list[str] = []
    if measured:
        named = unit_after_fraction(measured) if match["fraction"] else unit(measured, value, case)
    if separate and after is not None:
        return [
            Spelled(tuple(words), token.opening),
            Spelled(tuple(named), after.opening, closing(tokens, place + 1)),
        ]
    end = closing(tokens, place) if attached in _WORDY_UNITS else token.closing
    return [Spelled((*words, *named), token.opening, end)]


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
        return _suffixed(int(match[1]), match[2], _words_after(tokens, place))
    if (match := _TIME.fullmatch(core)) and int(match[1]) < 25 and int(match[2]) < 60:
        zero = ["ноль"] if match[2][0] == "0" else []
        return [
            *cardinal(int(match[1])),
            *zero,
            *(cardinal(int(match[2])) if match[2] != "00" else ["ноль"]),
        ]
    if (match := _FRACTION.fullmatch(core)) and 1 <= int(match[1]) < int(match[2]) <= 100:
        parts = int(match[1])
        case: Case = "nominative" if parts == 1 else "genitive"
        gender: Gender = "feminine" if parts == 1 else "plural"
        return [*cardinal(parts, gender="feminine"), *ordinal(int(match[2]), case, gender)]
    if _VERSION.fullmatch(core):
        return " точка ".join(" ".join(plain(part)) for part in core.split(".")).split()
    return []


def _suffixed(value: int, suffix: str, after: Sequence[str]) -> list[str]:
    """Tell apart: "3-й" is an ordinal, "5-летний" a compound with the genitive."""
    if suffix in _SUFFIXES:
        case, gender = _SUFFIXES[suffix]
        noun = after[0] if after else ""
        if suffix == "е" and noun.endswith(("ы", "и")):
            gender = "plural"
        if suffix == "й" and noun.endswith(("и", "ы", "ой", "ей")) and not noun.endswith("ий"):
            case, gender = "genitive", "feminine"
        return ordinal(value, case, gender)
    *rest, last = cardinal(value, "genitive")
    stem = {"ста": "сто", "девяноста": "девяносто", "одного": "одно", "тысячи": "тысяче"}.get(
        last, last
    )
    return ["".join((*rest, stem)) + suffix]


def _names_a_program(word: str) -> bool:
    """Whether a number with a point after this word is a version rather than a fraction."""
    return word.startswith("верси") or (word.isascii() and word.isalpha())


def _is_unit(token: Token) -> bool:
    return token.core in UNITS and not token.opening


def _word_before(tokens: Sequence[Token], place: int) -> str:
    """The preposition of a number; "с 5 до 7" asks for the genitive, as "от" does."""
    before = tokens[place - 1] if place else None
    if before is None or before.closing:
        return ""
    word = before.core.lower()
    until = tokens[place + 1].core if place + 1 < len(tokens) else ""
    return "от" if word in ("с", "со") and until in ("до", "по") else word


def _words_after(tokens: Sequence[Token], place: int) -> list[str]:
    words: list[str] = []
    while place + 1 < len(tokens) and not tokens[place].closing and len(words) < 2:
        place += 1
        words.append(tokens[place].core.lower())
    return words
