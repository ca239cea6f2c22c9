"""Ranges that have decimal fractions in them, "1,5–2 часа", and percents with an ending."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.russian.abbreviations import closing
from app.text.russian.neighbours import case_of_amount, unit_follows
from app.text.russian.numerals import Case, Gender, cardinal, decimal
from app.text.russian.suffixes import suffixed
from app.text.russian.units import gender, is_unit, unit, unit_after_fraction
from app.text.tokens import Token, Verbalized

_END = r"(\d{1,12})(?:,(\d{1,9}))?"
_RANGE = re.compile(rf"{_END}[-–—…]{_END}(?P<unit>[^\W\d_][^\d]*|[%‰°$€£¥₽].*)?")
_PERCENT = re.compile(r"(?:(\d{1,12})|)%-н?([а-яё]{1,3})")
_PRESSURE = re.compile(r"(\d{2,3})/(\d{2,3})")
_ENDINGS = {
    "й": "ый", "го": "ого", "му": "ому", "м": "ом", "я": "ая", "ю": "ую", "е": "ое", "х": "ых",
    "ми": "ыми",
}  # fmt: skip
"""Endings of "процентный" that are written short; longer ones are whole."""


def ranged(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """A range with a decimal fraction, with its unit; empty for another token."""
    token = tokens[place]
    percent = _percent(tokens, place) or _pressure(tokens, place)
    if percent:
        return percent
    match = _RANGE.fullmatch(token.core)
    if match is None or not (match[2] or match[4]):
        return []
    attached = match["unit"] or ""
    if attached and not is_unit(attached, attached=True):
        return []
    follows = not attached and unit_follows(tokens, place)
    measure = tokens[place + 1].core if follows else attached
    case = case_of_amount(tokens, place, place + follows, measure)
    agreeing = gender(measure) if measure else "masculine"
    words = [*_end(match[1], match[2], case, agreeing), *_end(match[3], match[4], case, agreeing)]
    named = []
    if measure:
        whole = int(match[3])
        named = unit_after_fraction(measure) if match[4] else unit(measure, whole, case)
    if not follows:
        return [token.said([*words, *named])]
    end = closing(tokens, place + 1)
    return [token.said(words), tokens[place + 1].said(named, closing=end)]


def _percent(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """An adjective, "5%-й" or "100 %-ный", as one word, which the first token says."""
    token = tokens[place]
    match = _PERCENT.fullmatch(token.core)
    if match and match[1]:
        return [token.said(_adjective(match[1], match[2]))]
    following = tokens[place + 1] if place + 1 < len(tokens) and not token.closing else None
    match = _PERCENT.fullmatch(following.core) if following else None
    if not (match and following and token.core.isdecimal() and not match[1]):
        return []
    return [token.said(_adjective(token.core, match[2])), following.said([])]


def _adjective(number: str, ending: str) -> list[str]:
    return suffixed(int(number), f"процентн{_ENDINGS.get(ending, ending)}", "", ())


def _pressure(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """Pressure of the blood, "120/80 мм рт. ст."."""
    match = _PRESSURE.fullmatch(tokens[place].core)
    following = tokens[place + 1 : place + 3]
    if match is None or [token.core for token in following] != ["мм", "рт"]:
        return []
    words = [*cardinal(int(match[1])), "на", *cardinal(int(match[2]))]
    return [tokens[place].said(words), following[0].said(unit("мм", int(match[2])))]


def _end(whole: str, fraction: str | None, case: Case, agreeing: Gender) -> list[str]:
    if fraction:
        return decimal(int(whole), fraction, case)
    return cardinal(int(whole), case, agreeing)
