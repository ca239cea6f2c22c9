"""Dates in words: days and months; their years are in :mod:`app.text.russian.years`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.russian.abbreviations import closing
from app.text.russian.context import word_after
from app.text.russian.months import MONTHS, SHORT_MONTHS, month, word_or_month_before
from app.text.russian.numerals import Case, ordinal
from app.text.tokens import Token, Verbalized

_DATE = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DAY = re.compile(r"(\d{1,2})(?:[-–—](\d{1,2}))?")


def date(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """A date or a day that begins at a token, written out; empty when none does."""
    token = tokens[place]
    whole, iso = _DATE.fullmatch(token.core), _ISO.fullmatch(token.core)
    if whole or iso:
        day, number, year = whole.groups() if whole else reversed(iso.groups() if iso else ())
        return _whole_date(tokens, place, (int(day), int(number), int(year)))
    after = tokens[place + 1] if place + 1 < len(tokens) and not token.closing else None
    name = month(after) if after else ""
    if _DAY.fullmatch(token.core) and after and name:
        day_word = _days(token, word_or_month_before(tokens, place))
        return [day_word, after.said([name], closing=_end(tokens, place + 1))]
    if _begins_a_span(tokens, place):
        return [_days(token, "от")]
    if token.closing.startswith(".") and month(token) and token.core.lower() in SHORT_MONTHS:
        name = month(token)
        named = f"{name[:-1]}е" if word_or_month_before(tokens, place) in ("в", "во") else name
        return [token.said([named], closing=_end(tokens, place))]
    return []


def _whole_date(
    tokens: Sequence[Token], place: int, parts: tuple[int, int, int]
) -> list[Verbalized]:
    day, number, year = parts
    if not (1 <= number <= len(MONTHS) and 1 <= day <= 31):
        return []
    words = [*ordinal(day, "genitive", "neuter"), MONTHS[number - 1], *ordinal(year, "genitive")]
    after = word_after(tokens, place).lower() if not tokens[place].closing else ""
    if after == "г" and tokens[place + 1].closing.startswith("."):
        end = closing(tokens, place + 1)
        return [tokens[place].said(words), tokens[place + 1].said(["года"], closing=end)]
    return [tokens[place].said(words if after == "года" else [*words, "года"])]


def _days(token: Token, before: str) -> Verbalized:
    """Days of a month, "к пятому", "по десятое", else "пятого"."""
    case: Case = {
        "к": "dative",
        "ко": "dative",
        "по": "accusative",
        "на": "accusative",
        "перед": "instrumental",
    }.get(before, "genitive")  # type: ignore[assignment]
    days = [int(day) for day in token.core.replace("–", "-").replace("—", "-").split("-")]
    words = [word for day in days for word in ordinal(day, case, "neuter")]
    return token.said(words)


def _begins_a_span(tokens: Sequence[Token], place: int) -> bool:
    """Whether this is the first day of "с 5 по 10 мая"."""
    if not _DAY.fullmatch(tokens[place].core) or place + 3 >= len(tokens):
        return False
    until, last, named = tokens[place + 1 : place + 4]
    spans = until.core.lower() in ("по", "до", "на") and word_or_month_before(tokens, place) in (
        "с",
        "со",
        "от",
    )
    return spans and _DAY.fullmatch(last.core) is not None and bool(month(named))


def _end(tokens: Sequence[Token], place: int) -> str:
    """Punctuation after a month, without the full stop that only shortens it."""
    token = tokens[place]
    shortened = token.core.lower() not in MONTHS and place + 1 < len(tokens)
    return token.closing[1:] if shortened and token.closing.startswith(".") else token.closing
