"""Dates, years and times of day in English words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from app.text.english.context import in_formula, is_noun, said, word_after, word_before
from app.text.english.letters import letter
from app.text.english.numerals import cardinal, ordinal, plural, year
from app.text.tables import words
from app.text.tokens import Token, Verbalized

_MONTHS = words(
    "January February March April May June July August September October November December"
)
_MONTH_OF = {name.lower(): name for name in _MONTHS}
_SHORT = {name[:3].lower(): name for name in _MONTHS} | {"sept": "September"}
_DAYS = {
    "mon": "Monday", "tue": "Tuesday", "tues": "Tuesday", "wed": "Wednesday", "thu": "Thursday",
    "thurs": "Thursday", "fri": "Friday",
}  # fmt: skip
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?([ap]\.?m)?", re.IGNORECASE)
_HOUR = re.compile(r"(\d{1,2})([ap]\.?m)", re.IGNORECASE)
_HALF_OF_DAY = re.compile(r"[ap]\.?m", re.IGNORECASE)
_DECADE = re.compile(r"(\d{2}|\d{4})'?s")
_SEASON = re.compile(r"([12]\d{3})([/–-])(\d{2})")
_YEARS = re.compile(r"([12]\d{3})[–—-]([12]\d{3})")
_PART_OF_CENTURY = re.compile(r"(mid|pre|post|early|late)-([12]\d{3})('?s?)", re.IGNORECASE)
_CITED_YEAR = re.compile(r"(1[1-9]\d\d|20\d\d)([a-f])")
_YEAR = re.compile(r"[12]\d{3}")
_ERAS = frozenset(words("BC BCE AD CE"))
_YEAR_FOLLOWS = frozenset(
    words("in since by from until till year before after during circa around of early late mid")
)
_BEFORE_A_MONTH = frozenset(
    words("in of by since until till from to last next this early late mid every each before after")
)
_COUNTED = frozenset(words("people men women children million billion thousand percent"))


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
    for rule in (partial(_numeric, say=say), partial(_day_and_month, say=say), _time, _years):
        found = rule(tokens, place)
        if found:
            return found
    return []


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
    day = _DAY.fullmatch(token.core)
    if day and 1 <= int(day[1]) <= 31 and _month(following):
        article = [] if word_before(tokens, place) == "the" else ["the"]
        return [
            said(token, [*article, *ordinal(int(day[1])), "of"]),
            said(tokens[place + 1], [_month(following)], abbreviated=place + 2 < len(tokens)),
        ]
    month = _month(token.core)
    if month and place + 1 < len(tokens) and token.closing in ("", "."):
        day = _DAY.fullmatch(tokens[place + 1].core)
        shortened = token.core.lower() != month.lower()
        first = said(token, [month], abbreviated=shortened)
        if day and 1 <= int(day[1]) <= 31:
            return [first, said(tokens[place + 1], [*say.article, *ordinal(int(day[1]))])]
        if shortened and (token.closing or _YEAR.fullmatch(tokens[place + 1].core)):
            return [first]
    shortened = month and month.lower() != token.core.lower() and token.closing.startswith(".")
    if shortened and word_before(tokens, place) in _BEFORE_A_MONTH:
        return [said(token, [month])]
    if token.core.istitle() and token.core.lower() in _DAYS and token.closing:
        return [said(token, [_DAYS[token.core.lower()]], abbreviated=True)]
    return []


def _month(core: str) -> str:
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
    if match is None or int(match[1]) > 24 or int(match[2]) > 59:
        return []
    hours, minutes = int(match[1]), int(match[2])
    if match[3]:
        spoken = _counted(hours, "hour") + _counted(minutes, "minute")
        return [said(token, spoken + _counted(int(match[3]), "second"))]
    half = match[4] or (_HALF_OF_DAY.fullmatch(word_after(tokens, place)) and "next")
    return [said(token, [*_clock(hours, minutes, bare=not half), *_letters(match[4] or "")])]


def _clock(hours: int, minutes: int, *, bare: bool) -> list[str]:
    if minutes == 0:
        return [*cardinal(hours), *(["o'clock"] if bare else [])]
    return [*cardinal(hours), *(["oh"] if minutes < 10 else []), *cardinal(minutes)]


def _counted(number: int, noun: str) -> list[str]:
    return [*cardinal(number), noun if number == 1 else plural(noun)]


def _letters(half: str) -> list[str]:
    return [letter.upper() for letter in half if letter.isalpha()]


def _years(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    token, before = tokens[place], word_before(tokens, place)
    if match := _DECADE.fullmatch(token.core):
        if len(match[1]) == 4 or (match[1][1] == "0" and (before == "the" or "'" in token.opening)):
            *rest, last = year(int(match[1]))
            return [said(token, [*rest, plural(last)])]
    elif match := _YEARS.fullmatch(token.core):
        return [said(token, [*year(int(match[1])), "to", *year(int(match[2]))])]
    elif (match := _SEASON.fullmatch(token.core)) and int(match[1][2:]) < int(match[3]):
        next_year = match[2] == "/" or int(match[1][2:]) + 1 == int(match[3])
        joint = [] if next_year and before not in ("from", "between") else ["to"]
        return [said(token, [*year(int(match[1])), *joint, *cardinal(int(match[3]))])]
    elif match := _PART_OF_CENTURY.fullmatch(token.core):
        *rest, last = year(int(match[2]))
        return [said(token, [match[1], *rest, plural(last) if match[3] else last])]
    elif match := _CITED_YEAR.fullmatch(token.core):
        return [said(token, [*year(int(match[1])), *letter(match[2])])]
    elif re.fullmatch(r"\d\d00", token.core) and _is_hour(tokens, place):
        return [said(token, [*cardinal(int(token.core[:2])), "hundred"])]
    elif _YEAR.fullmatch(token.core) and _means_a_year(tokens, place):
        return [said(token, year(int(token.core)))]
    return []


def _is_hour(tokens: Sequence[Token], place: int) -> bool:
    """Whether four digits are an hour of the day, "at 1500 hours"."""
    clock = word_before(tokens, place) in ("at", "by", "until", "from", "before", "after", "to")
    return clock and word_after(tokens, place) == "hours"


def _means_a_year(tokens: Sequence[Token], place: int) -> bool:
    """Four digits are a year unless they count something or stand in a formula."""
    number, after = int(tokens[place].core), word_after(tokens, place)
    if number > 2099 or in_formula(tokens, place) or after in _COUNTED:
        return False
    if word_after(tokens, place) in _ERAS or (
        place >= 1 and _month(tokens[place - 1].core.rstrip("."))
    ):
        return True
    if is_noun(after) and after.endswith("s"):
        return False
    return number >= 1100 or word_before(tokens, place) in _YEAR_FOLLOWS
