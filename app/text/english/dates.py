"""Dates and times of day in English words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from app.text.english.context import said, word_after, word_before
from app.text.english.numerals import cardinal, ordinal, plural, year
from app.text.tables import words
from app.text.tokens import Token, Verbalized, by_first

_MONTHS = words(
    "January February March April May June July August September October November December"
)
_MONTH_OF = {name.lower(): name for name in _MONTHS}
_SHORT = {name[:3].lower(): name for name in _MONTHS} | {"sept": "September"}
_DAYS = {
    "mon": "Monday", "tue": "Tuesday", "tues": "Tuesday", "wed": "Wednesday", "thu": "Thursday",
    "thurs": "Thursday", "fri": "Friday", "thur": "Thursday",
}  # fmt: skip
_SHORT_DAYS = _DAYS | {"sat": "Saturday", "sun": "Sunday"}
"""Of a range; alone the last two are words."""
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?:[–-](\d{1,2})(?:st|nd|rd|th)?)?")
_CALENDAR_RANGE = re.compile(r"([A-Z][a-z]+)\.?[–-]([A-Z][a-z]+)")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?([ap]\.?m)?", re.IGNORECASE)
_PROPORTIONS = frozenset(words("ratio ratios scale odds proportion proportions aspect"))
"""Words of a sentence that make "1:20" a proportion."""
_POINTED = re.compile(r"(\d{1,2})\.(\d{2})()()")
_HOUR = re.compile(r"(\d{1,2})([ap]\.?m)", re.IGNORECASE)
_HALF_OF_DAY = re.compile(r"[ap]\.?m", re.IGNORECASE)
_YEAR = re.compile(r"[12]\d{3}")
_BEFORE_A_MONTH = frozenset(
    words("in of by since until till from to last next this early late mid every each before after")
)


@dataclass(frozen=True, slots=True)
class _Manner:
    """What stands around the day behind a month, and whether the day comes first in figures."""

    article: tuple[str, ...]
    day_first: bool


_AMERICAN = _Manner((), day_first=False)
_BRITISH = _Manner(("the",), day_first=True)


def date(tokens: Sequence[Token], place: int, *, british: bool = False) -> list[Verbalized]:
    """The date, year or time that begins at a token; empty when none does.

    Args:
        tokens: Of the sentence.
        place: Of the token.
        british: "May the third" instead of "May third".  The order of "5/3/2024" does not
            depend on it: which one its writer meant no voice can tell.
    """
    say = _BRITISH if british else _AMERICAN
    rules = (
        partial(_numeric, say=say),
        partial(_day_and_month, say=say),
        _time,
        _calendar_range,
    )
    return by_first(rules, tokens, place)


def _numeric(tokens: Sequence[Token], place: int, *, say: _Manner) -> list[Verbalized]:
    token = tokens[place]
    if match := _ISO.fullmatch(token.core):
        return _full(token, int(match[2]), int(match[3]), int(match[1]), say=say)
    if match := _SLASHED.fullmatch(token.core):
        month, day = int(match[1]), int(match[2])
        if month > len(_MONTHS):
            month, day = day, month
        return _full(token, month, day, int(match[3]), say=say)
    if match := _DOTTED.fullmatch(token.core):
        return _full(token, int(match[2]), int(match[1]), int(match[3]), say=_BRITISH)
    return []


def _full(token: Token, month: int, day: int, number: int, *, say: _Manner) -> list[Verbalized]:
    if not (1 <= month <= len(_MONTHS) and 1 <= day <= 31):
        return []
    name, spoken = _MONTHS[month - 1], ordinal(day)
    first = ["the", *spoken, "of", name] if say.day_first else [name, *spoken]
    return [said(token, [*first, *year(number)])]


def _day_and_month(tokens: Sequence[Token], place: int, *, say: _Manner) -> list[Verbalized]:
    token = tokens[place]
    following = word_after(tokens, place)
    days = _days(token.core)
    if days and month_name(following):
        article = [] if word_before(tokens, place) == "the" else ["the"]
        return [
            said(token, [*article, *days, "of"]),
            said(tokens[place + 1], [month_name(following)], abbreviated=place + 2 < len(tokens)),
        ]
    month = month_name(token.core)
    if month and place + 1 < len(tokens) and token.closing in ("", "."):
        days = _days(tokens[place + 1].core)
        shortened = token.core.lower() != month.lower()
        first = said(token, [month], abbreviated=shortened)
        if days:
            return [first, said(tokens[place + 1], [*say.article, *days])]
        if shortened and (token.closing or _YEAR.fullmatch(tokens[place + 1].core)):
            return [first]
    stopped = bool(month) and month.lower() != token.core.lower() and token.closing[:1] == "."
    if stopped and word_before(tokens, place) in _BEFORE_A_MONTH:
        return [said(token, [month])]
    if token.core.istitle() and token.core.lower() in _DAYS and token.closing:
        return [said(token, [_DAYS[token.core.lower()]], abbreviated=True)]
    return []


def _days(core: str) -> list[str]:
    """Ordinals of a day or of a range of days, "5" or "5–7"; empty for anything else."""
    match = _DAY.fullmatch(core)
    if match is None or not 1 <= int(match[1]) <= 31:
        return []
    if match[2] is None:
        return ordinal(int(match[1]))
    if not int(match[1]) < int(match[2]) <= 31:
        return []
    return [*ordinal(int(match[1])), "to", *ordinal(int(match[2]))]


def _calendar_range(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """Months or days of the week with their full stops, "Sept.–Nov."."""
    token = tokens[place]
    match = _CALENDAR_RANGE.fullmatch(token.core)
    if match is None:
        return []
    names = [month_name(end) or _SHORT_DAYS.get(end.lower(), "") for end in match.groups()]
    if not all(names):
        return []
    end = place + 1 == len(tokens)
    return [said(token, [names[0], "to", names[1]], abbreviated=not end)]


def month_name(core: str) -> str:
    """Full name of a month; empty for anything else, such as the verb "may"."""
    if not core[:1].isupper():
        return ""
    return _MONTH_OF.get(core.lower(), _SHORT.get(core.lower(), ""))


def _time(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    token = tokens[place]
    if match := _HOUR.fullmatch(token.core):
        return [said(token, [*cardinal(int(match[1])), *_letters(match[2])], abbreviated=True)]
    if _HALF_OF_DAY.fullmatch(token.core) and re.search(r"\d$", word_before(tokens, place)):
        end = place + 1 == len(tokens)
        return [said(token, _letters(token.core), abbreviated=not end)]
    match = _TIME.fullmatch(token.core)
    if match is None and _HALF_OF_DAY.fullmatch(word_after(tokens, place)):
        match = _POINTED.fullmatch(token.core)
    if match is None or int(match[1]) > 24 or int(match[2]) > 59:
        return []
    if any(each.core.lower() in _PROPORTIONS for each in tokens):
        return []
    hours, minutes = int(match[1]), int(match[2])
    if match[3]:
        spoken = _counted(hours, "hour") + _counted(minutes, "minute")
        return [said(token, spoken + _counted(int(match[3]), "second"))]
    named = word_after(tokens, place).lower() in ("noon", "midday", "midnight")
    half = named or match[4] or (_HALF_OF_DAY.fullmatch(word_after(tokens, place)) and "next")
    return [said(token, [*_clock(hours, minutes, bare=not half), *_letters(match[4] or "")])]


def _clock(hours: int, minutes: int, *, bare: bool) -> list[str]:
    if minutes == 0:
        return [*cardinal(hours), *(["o'clock"] if bare else [])]
    return [*cardinal(hours), *(["oh"] if minutes < 10 else []), *cardinal(minutes)]


def _counted(number: int, noun: str) -> list[str]:
    return [*cardinal(number), noun if number == 1 else plural(noun)]


def _letters(half: str) -> list[str]:
    return [letter.upper() for letter in half if letter.isalpha()]
