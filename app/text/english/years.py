"""Years, decades and centuries in English words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.english.context import in_formula, is_noun, said, word_after, word_before
from app.text.english.dates import month_name
from app.text.english.letters import letter
from app.text.english.numerals import cardinal, plural, year
from app.text.tables import words
from app.text.tokens import Token, Verbalized

_YEAR = re.compile(r"[12]\d{3}")
_DECADE = re.compile(r"(\d{2}|\d{4}|[1-9]00)'?s")
_SEASON = re.compile(r"([12]\d{3})([/–-])(\d{2})")
_YEARS = re.compile(r"([12]\d{3})[–—-]([12]\d{3})")
_PART_OF_CENTURY = re.compile(r"(mid|pre|post|early|late)-([12]\d{3})('?s?)", re.IGNORECASE)
_CITED_YEAR = re.compile(r"(1[1-9]\d\d|20\d\d)([a-f])")
_ERAS = frozenset(words("BC BCE AD CE"))
_YEAR_FOLLOWS = frozenset(
    words("in since by from until till year before after during circa around of early late mid")
)
_COUNTED = frozenset(words("people men women children million billion thousand percent"))
_DECADES = re.compile(r"([12]\d{2}0)s[–-]([12]\d{2}0)s")
_OF_A_YEAR = frozenset(
    words(
        """
        revolutions elections riots protests olympics games uprisings reforms rebellions floods
        earthquakes eruptions famines strikes accords treaties negotiations census
        """
    )
)
"""Nouns in the plural that a year tells apart rather than counts: "the 1848 revolutions"."""
_AGED = frozenset(words("the my his her its their our your late early mid"))


def years(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """A year, a decade or a range of years; empty when the token is none."""
    token, before = tokens[place], word_before(tokens, place)
    if match := _DECADES.fullmatch(token.core):
        start, end = (_decade(int(decade)) for decade in match.groups())
        return [said(token, [*start, "to", *end])]
    if match := _DECADE.fullmatch(token.core):
        if len(match[1]) > 2 or (match[1][1] == "0" and (before in _AGED or "'" in token.opening)):
            return [said(token, _decade(int(match[1])))]
    elif match := _YEARS.fullmatch(token.core):
        return [said(token, [*year(int(match[1])), "to", *year(int(match[2]))])]
    elif (match := _SEASON.fullmatch(token.core)) and int(match[1][2:]) < int(match[3]):
        next_year = match[2] == "/" or int(match[1][2:]) + 1 == int(match[3])
        joint = [] if next_year and before not in ("from", "between") else ["to"]
        return [said(token, [*year(int(match[1])), *joint, *cardinal(int(match[3]))])]
    elif match := _PART_OF_CENTURY.fullmatch(token.core):
        name = _decade if match[3] else year
        return [said(token, [match[1], *name(int(match[2]))])]
    elif match := _CITED_YEAR.fullmatch(token.core):
        return [said(token, [*year(int(match[1])), *letter(match[2])])]
    elif re.fullmatch(r"\d\d00", token.core) and _is_hour(tokens, place):
        return [said(token, [*cardinal(int(token.core[:2])), "hundred"])]
    elif _YEAR.fullmatch(token.core) and _means_a_year(tokens, place):
        return [said(token, year(int(token.core)))]
    return []


def _decade(first: int) -> list[str]:
    *rest, last = year(first)
    return [*rest, plural(last)]


def _is_hour(tokens: Sequence[Token], place: int) -> bool:
    """Whether four digits are an hour of the day, "at 1500 hours"."""
    clock = word_before(tokens, place) in ("at", "by", "until", "from", "before", "after", "to")
    return clock and word_after(tokens, place) == "hours"


def _means_a_year(tokens: Sequence[Token], place: int) -> bool:
    """Four digits are a year unless they count something or stand in a formula."""
    number, after = int(tokens[place].core), word_after(tokens, place)
    if number > 2099 or in_formula(tokens, place) or after in _COUNTED:
        return False
    if after in _ERAS or (place >= 1 and month_name(tokens[place - 1].core.rstrip("."))):
        return True
    if is_noun(after) and after.endswith("s") and after not in _OF_A_YEAR:
        return False
    return number >= 1100 or word_before(tokens, place) in _YEAR_FOLLOWS
