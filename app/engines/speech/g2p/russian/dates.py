"""Dates, years and centuries in words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.engines.speech.g2p.russian.abbreviations import closing
from app.engines.speech.g2p.russian.numerals import Case, Gender, ordinal
from app.engines.speech.g2p.tables import words
from app.engines.speech.g2p.tokens import Spelled, Token

_MONTHS = words(
    """
        января февраля марта апреля мая июня июля августа сентября октября ноября декабря
        """
)
_RANGE = re.compile(r"(\d{1,4})(?:[-–—](\d{1,4}))?")
_DATE = re.compile(r"(\d{1,2})\.(\d{2})\.(\d{4})")
_DAY = re.compile(r"\d{1,2}")
_ROMAN = re.compile(r"([IVXLC]+)(?:[-–—]([IVXLC]+))?")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_FIRST_YEAR = 1000

_FORMS: dict[str, tuple[Case, Gender]] = {
    "год": ("nominative", "masculine"), "года": ("genitive", "masculine"),
    "году": ("prepositional", "masculine"), "годом": ("instrumental", "masculine"),
    "годы": ("nominative", "plural"), "годов": ("genitive", "plural"),
    "годам": ("dative", "plural"), "годами": ("instrumental", "plural"),
    "годах": ("prepositional", "plural"),
    "век": ("nominative", "masculine"), "века": ("genitive", "masculine"),
    "веку": ("dative", "masculine"), "веком": ("instrumental", "masculine"),
    "веке": ("prepositional", "masculine"), "веков": ("genitive", "plural"),
    "веках": ("prepositional", "plural"), "столетие": ("nominative", "neuter"),
    "столетия": ("genitive", "neuter"), "столетии": ("prepositional", "neuter"),
    "съезд": ("nominative", "masculine"), "съезда": ("genitive", "masculine"),
    "съезде": ("prepositional", "masculine"),
}  # fmt: skip
"""Nouns that follow the ordinal of a year or a century."""
_ABBREVIATED: dict[str, tuple[str, Gender]] = {
    "г": ("год года году году", "masculine"),
    "гг": ("годы годов годам годах", "plural"),
    "в": ("век века веку веке", "masculine"),
    "вв": ("века веков векам веках", "plural"),
}
"""Nominative, genitive, dative and prepositional of an abbreviated noun."""
_ABBREVIATED_CASES: tuple[Case, ...] = ("nominative", "genitive", "dative", "prepositional")
_CASE_BEFORE: dict[str, Case] = {
    "в": "prepositional", "во": "prepositional", "о": "prepositional", "к": "dative",
    "по": "dative",
    **dict.fromkeys(("с", "со", "до", "от", "из", "после", "около"), "genitive"),
}  # fmt: skip
_RULERS = ("Екатерин", "Елизавет", "Мари", "Анн", "Виктори")
_CASE_OF_NAME: tuple[tuple[str, Case], ...] = (
    ("а", "genitive"), ("я", "genitive"), ("у", "dative"), ("ю", "dative"), ("ом", "instrumental"),
    ("ем", "instrumental"), ("е", "prepositional"),
)  # fmt: skip


def date(tokens: Sequence[Token], place: int) -> list[Spelled]:
    """A date, year or century that begins at a token, written out; empty when none does."""
    token = tokens[place]
    whole = _DATE.fullmatch(token.core)
    if whole and 1 <= int(whole[2]) <= len(_MONTHS):
        words = (*ordinal(int(whole[1]), "genitive", "neuter"), _MONTHS[int(whole[2]) - 1],
                 *ordinal(int(whole[3]), "genitive"), "года")  # fmt: skip
        return [Spelled(words, token.opening, token.closing)]
    after = tokens[place + 1] if place + 1 < len(tokens) and not token.closing else None
    if _DAY.fullmatch(token.core) and after and after.core.lower() in _MONTHS:
        case: Case = "dative" if _before(tokens, place) == "к" else "genitive"
        return [Spelled(tuple(ordinal(int(token.core), case, "neuter")), token.opening)]
    years = _RANGE.fullmatch(token.core)
    if years and int(years[1]) >= _FIRST_YEAR:
        return _year(tokens, place, [int(year) for year in years.groups() if year], after)
    centuries = _ROMAN.fullmatch(token.core)
    if centuries:
        return _century(tokens, place, [roman(n) for n in centuries.groups() if n], after)
    return []


def roman(text: str) -> int:
    """Value of a Roman numeral.

    >>> roman("XIX"), roman("IV")
    (19, 4)
    """
    values = [_ROMAN_DIGITS[letter] for letter in text]
    return sum(
        -value if any(later > value for later in values[place + 1 : place + 2]) else value
        for place, value in enumerate(values)
    )


def _year(
    tokens: Sequence[Token], place: int, years: list[int], after: Token | None
) -> list[Spelled]:
    if after is not None:
        spelled = _with_noun(tokens, place, years, after, ("г", "гг"))
        if spelled:
            return spelled
    since = (
        _before(tokens, place) in ("с", "со") and after is not None and after.core in ("по", "до")
    )
    if since or _before(tokens, place) in _MONTHS:
        return [_ordinals(tokens[place], years, "genitive", "masculine")]
    return []


def _century(
    tokens: Sequence[Token], place: int, numbers: list[int], after: Token | None
) -> list[Spelled]:
    if after is not None:
        spelled = _with_noun(tokens, place, numbers, after, ("в", "вв"))
        if spelled:
            return spelled
    name = tokens[place - 1].core if place and not tokens[place - 1].closing else ""
    if len(name) > 3 and name[0].isupper() and name[1:].islower():
        if name.startswith(_RULERS):
            case: Case = "nominative" if name[-1] in "ая" else "genitive"
            return [_ordinals(tokens[place], numbers, case, "feminine")]
        case = next((case for ending, case in _CASE_OF_NAME if name.endswith(ending)), "nominative")
        return [_ordinals(tokens[place], numbers, case, "masculine")]
    return []


def _with_noun(
    tokens: Sequence[Token],
    place: int,
    numbers: list[int],
    after: Token,
    abbreviations: tuple[str, str],
) -> list[Spelled]:
    """The ordinal and the noun it agrees with, which may be abbreviated."""
    token, before = tokens[place], _before(tokens, place)
    noun = after.core.lower()
    if noun in _FORMS:
        case, gender = _FORMS[noun]
        case = "dative" if noun == "году" and before in ("к", "по") else case
        return [_ordinals(token, numbers, case, gender)]
    if noun in abbreviations and (after.closing.startswith(".") or noun != "в"):
        forms, gender = _ABBREVIATED[noun]
        default: Case = "genitive" if noun in ("в", "вв") or before in _MONTHS else "nominative"
        case = _CASE_BEFORE.get(before, default)
        return [
            _ordinals(token, numbers, case, gender),
            Spelled(
                (forms.split()[_ABBREVIATED_CASES.index(case)],),
                after.opening,
                closing(tokens, place + 1),
            ),
        ]
    return []


def _ordinals(token: Token, numbers: list[int], case: Case, gender: Gender) -> Spelled:
    if len(numbers) > 1:
        gender = "masculine"  # "первый — пятый годы", not "первые"
    words = [word for number in numbers for word in ordinal(number, case, gender)]
    return Spelled(tuple(words), token.opening, token.closing)


def _before(tokens: Sequence[Token], place: int) -> str:
    return tokens[place - 1].core.lower() if place else ""
