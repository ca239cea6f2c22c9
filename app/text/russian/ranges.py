"""Ranges that have decimal fractions in them, "1,5–2 часа", and percents with an ending."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.russian.abbreviations import closing
from app.text.russian.neighbours import case_of_amount, unit_at
from app.text.russian.numerals import Case, Gender, cardinal, decimal
from app.text.russian.suffixes import suffixed
from app.text.russian.units import gender, is_unit, unit, unit_after_fraction
from app.text.tokens import Token, Verbalized

_END = r"(\d{1,12})(?:,(\d{1,9}))?"
_RANGE = re.compile(rf"{_END}[-–—…]{_END}(?P<unit>[^\W\d_][^\d]*|[%‰°$€£¥₽].*)?")
_PERCENT = re.compile(r"(\d{1,12})%-(\w{1,3})")
_ENDINGS = {
    **dict.fromkeys(("й", "ый", "ный"), "ый"), **dict.fromkeys(("го", "ого"), "ого"),
    **dict.fromkeys(("му", "ому"), "ому"), **dict.fromkeys(("м", "ом"), "ом"),
    **dict.fromkeys(("я", "ая"), "ая"), **dict.fromkeys(("ю", "ую"), "ую"),
    **dict.fromkeys(("е", "ое"), "ое"), **dict.fromkeys(("х", "ых"), "ых"), "ые": "ые", "ым": "ым",
    "ой": "ой",
}  # fmt: skip


def ranged(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """A range with a decimal fraction, with its unit; empty for another token."""
    token = tokens[place]
    if match := _PERCENT.fullmatch(token.core):
        ending = _ENDINGS.get(match[2])
        words = suffixed(int(match[1]), f"процентн{ending}", "", ()) if ending else []
        return [token.said(words)] if words else []
    match = _RANGE.fullmatch(token.core)
    if match is None or not (match[2] or match[4]):
        return []
    attached = match["unit"] or ""
    if attached and not is_unit(attached, attached=True):
        return []
    follows = not attached and not token.closing and (
        place + 1 < len(tokens) and unit_at(tokens, place + 1)
    )  # fmt: skip
    measure = tokens[place + 1].core if follows else attached
    case = case_of_amount(tokens, place, place + follows, measure)
    agreeing = gender(measure) if measure else "masculine"
    words = [*_end(match[1], match[2], case, agreeing), *_end(match[3], match[4], case, agreeing)]
    named = []
    if measure:
        whole = unit(measure, int(match[3]), case)
        named = unit_after_fraction(measure) if match[4] else whole
    if not follows:
        return [token.said([*words, *named])]
    end = closing(tokens, place + 1)
    return [token.said(words), tokens[place + 1].said(named, closing=end)]


def _end(whole: str, fraction: str | None, case: Case, agreeing: Gender) -> list[str]:
    if fraction:
        return decimal(int(whole), fraction, case)
    return cardinal(int(whole), case, agreeing)
