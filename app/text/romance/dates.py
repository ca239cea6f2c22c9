"""Dates and times of the day in words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.romance.context import by_first, elision, leading, said, word_after, word_before
from app.text.romance.language import Language
from app.text.romance.numerals import Agreement
from app.text.tokens import Token, Verbalized

_DAY_FIRST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})")
_DAY_AND_MONTH = re.compile(r"(\d{2})/(\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_HOURS = re.compile(r"(\d{1,2})\s?[hH](?:\s?(\d{2})(?:min)?)?")
_HOUR_RANGE = re.compile(r"(\d{1,2})[hH](\d{2})?[-–](\d{1,2})[hH](\d{2})?")
_TIME_RANGE = re.compile(r"(\d{1,2}):([0-5]\d)[-–](\d{1,2}):([0-5]\d)")
_STOPPED_TIME = re.compile(r"(\d{1,2})\.(\d{2})")
_DAY = re.compile(r"(?P<first>\d{1,2})(?:[-–](?P<last>\d{1,2}))?")
_MINUTES = re.compile(r"[0-5]\d")
_FIRST_OF_LAST_CENTURY = 50
"""Years in two digits from it on are of the last century."""


def date(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    """The date or time that begins at a token; empty when none does."""
    token = tokens[place]
    short = re.split(r"\.?[-–]", token.core.lower())
    if len(short) == 2 and all(month in language.dates.short for month in short):
        names = [language.dates.months[language.dates.short[month] - 1] for month in short]
        return [said(token, language.numerals.ranged(*names), abbreviated=True)]
    if not token.core[:1].isdigit() and token.core.lower() not in language.dates.short:
        return []
    return by_first(_RULES, tokens, place, language)


def _in_figures(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    core = tokens[place].core
    if match := _YEAR_FIRST.fullmatch(core):
        year, month, day = match.groups()
    elif match := _DAY_FIRST.fullmatch(core):
        day, _, month, year = match.groups()
        if int(month) > 12 >= int(day):
            day, month = month, day
    elif (match := _DAY_AND_MONTH.fullmatch(core)) and "0" in (match[1][0], match[2][0]):
        day, month, year = *match.groups(), ""
    else:
        return []
    if not (1 <= int(day) <= 31 and 1 <= int(month) <= 12):
        return []
    if len(year) == 2:
        year = ("19" if int(year) >= _FIRST_OF_LAST_CENTURY else "20") + year
    dates = language.dates
    name = dates.months[int(month) - 1]
    parts = [dates.day(int(day)), name]
    if year:
        parts.append(language.numerals.cardinal(int(year), "which"))
    joint = f" {dates.of} " if dates.of else " "
    return [said(tokens[place], joint.join(parts))]


def _time(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    token = tokens[place]
    core = token.core
    if match := _TIME.fullmatch(core):
        return _clock(tokens, place, [match[1], match[2], match[3]], language)
    if match := _TIME_RANGE.fullmatch(core) or _HOUR_RANGE.fullmatch(core):
        ends = ((match[1], match[2]), (match[3], match[4]))
        begin, end = (language.dates.time(int(at), int(past or 0), None) for at, past in ends)
        ranged = language.dates.ranged or language.numerals.ranged
        return _with_hours(tokens, place, ranged(begin, end, leading(tokens, place)), "")
    if match := _HOURS.fullmatch(core):
        minutes = word_after(tokens, place) if match[2] is None else ""
        if _MINUTES.fullmatch(minutes) and int(match[1]) < 25:
            spoken = language.dates.time(int(match[1]), int(minutes), None)
            return [said(token, spoken), said(tokens[place + 1], "")]
        if match[2] is None:
            return []
        return _clock(tokens, place, [match[1], match[2], None], language)
    before = word_before(tokens, place)
    if (match := _STOPPED_TIME.fullmatch(core)) and before in language.dates.before_time:
        return _clock(tokens, place, [match[1], match[2], None], language)
    minutes = tokens[place + 2].core if place + 2 < len(tokens) else ""
    hours = re.fullmatch(r"\d{1,2}", core) and word_after(tokens, place) in ("h", "H")
    counted = place + 3 < len(tokens) and tokens[place + 3].core in ("min", "mn")
    clock = hours and not counted and not tokens[place + 1].closing
    if clock and _MINUTES.fullmatch(minutes) and int(core) < 25:
        spoken = language.dates.time(int(core), int(minutes), None)
        last = tokens[place + 2]
        return [said(token, spoken), said(tokens[place + 1], ""), said(last, "")]
    return []


def _clock(
    tokens: Sequence[Token], place: int, parts: Sequence[str | None], language: Language
) -> list[Verbalized]:
    hours, minutes, seconds = (None if part is None else int(part) for part in parts)
    assert hours is not None and minutes is not None  # every pattern has both
    if hours > 24 or minutes > 59 or (seconds or 0) > 59:
        return []
    spoken = language.dates.time(hours, minutes, seconds)
    name = "" if minutes else language.units.names["h"][hours != 1]
    return _with_hours(tokens, place, spoken, name)


def _with_hours(tokens: Sequence[Token], place: int, time: str, name: str) -> list[Verbalized]:
    """A time; of the "h" behind it nothing is said but the name that is given."""
    spoken = [said(tokens[place], time)]
    if word_after(tokens, place) in ("h", "hs", "hrs"):
        # "14:30 h": the time has the hours in it.
        following = tokens[place + 1]
        spoken.append(said(following, name, abbreviated=place + 2 < len(tokens)))
    return spoken


def _day(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    """The day before a month: "1 de mayo", "1er mai", "3-5 maggio"."""
    token, dates = tokens[place], language.dates
    step = 1
    if word_after(tokens, place) == dates.of and dates.of:
        step = 2
    month = tokens[place + step] if place + step < len(tokens) else None
    if month is None or token.closing or not _is_month(month, language):
        return []
    match = _DAY.fullmatch(token.core)
    if match is None or not 1 <= int(match["first"]) <= 31:
        return _ordinal_day(token, language)
    spoken = dates.day(int(match["first"]))
    if match["last"]:
        last = dates.day(int(match["last"]))
        spoken = language.numerals.ranged(spoken, last, leading(tokens, place))
    return [said(token, spoken)]


def _ordinal_day(token: Token, language: Language) -> list[Verbalized]:
    """The first of a month, written as an ordinal: always masculine."""
    match = re.fullmatch(r"1\.?([^\W\d_]+|°)", token.core)
    if match is None or match[1] not in language.numerals.endings:
        return []
    return [said(token, language.numerals.ordinal(1, Agreement("masculine")))]


def _is_month(token: Token, language: Language) -> bool:
    core = token.core.lower()
    return core in language.dates.months or (core in language.dates.short and len(core) > 2)


def _one_o_clock(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    """The hour that needs no noun behind an elision: "all'1", "dall'1 alle 3"."""
    token, following = tokens[place], word_after(tokens, place)
    if token.core != "1" or elision(token) not in language.dates.at:
        return []
    if following and (following not in language.nouns.others or following in ("al", "agli")):
        return []
    return [said(token, language.dates.time(1, 0, None))]


def _month(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    """A month that is shortened behind its day: "3 janv. 2024"."""
    token, dates = tokens[place], language.dates
    core = token.core.lower()
    before = place - 1
    while before >= 0 and tokens[before].core == dates.of and dates.of:
        before -= 1
    behind_a_day = before >= 0 and _DAY.fullmatch(tokens[before].core.rstrip("º°er."))
    before_a_year = (
        re.fullmatch(r"\d{4}", tokens[place + 1].core) if place + 1 < len(tokens) else None
    )
    if core not in dates.short or not (behind_a_day or before_a_year):
        return []
    name = dates.months[dates.short[core] - 1]
    return [said(token, name, abbreviated=place + 1 < len(tokens))]


_RULES = (_in_figures, _time, _day, _month, _one_o_clock)
