"""Numbers whose groups of three digits are tokens of their own, as in "10 000"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.text.russian.abbreviations import closing
from app.text.russian.amounts import Amount, sign_before, words_of
from app.text.russian.counting import gender_of
from app.text.russian.neighbours import (
    case_of_amount,
    counted,
    preposition,
    unit_at,
    unit_follows,
)
from app.text.russian.numerals import cardinal, decimal
from app.text.russian.units import is_length, is_unit, unit
from app.text.tables import words
from app.text.tokens import Token, Verbalized

_HEAD = re.compile(
    r"(?P<sign>[+−±≈~-]?)(?P<money>[$€£₽]?)(?P<ratio>\d{1,9}:)?(?P<digits>[1-9]\d{0,2})"
)
_TAIL = re.compile(r"(?P<digits>\d{3})(?:,(?P<fraction>\d+))?(?P<unit>[%‰°$€£₽].*)?")
_MOST = 4
"""Groups of a number with a name."""
POWERS = {"кв": "²", "куб": "³"}
"""What stands before a length instead of an exponent."""
_SCALES = frozenset(words("тыс млн млрд трлн"))


@dataclass(frozen=True, slots=True)
class _Grouped:
    """A number in groups as it is written."""

    head: re.Match[str]
    value: int
    fraction: str
    measure: str
    """Sign of its unit; empty when it counts something."""
    start: int
    end: int
    """Places of its first and of its last group."""
    unit_follows: bool
    """Whether the unit is a token of its own."""


def grouped(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """The number in groups that begins at a token, with its unit; empty when none does."""
    found = _found(tokens, place)
    if found is None:
        return []
    number, named = _words(found, tokens)
    result = _shared(tokens[place : found.end + 1], found.value, number)
    result[0] = replace(result[0], words=(*_prefix(found.head), *result[0].words))
    if not found.unit_follows:
        result[-1] = replace(result[-1], words=(*result[-1].words, *named))
        return result
    at = found.end + 1
    return [*result, tokens[at].said(named, closing=closing(tokens, at)), *of_scale(tokens, at)]


def of_scale(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """The unit after "тыс." or "млн", which is counted by it: always genitive plural."""
    following = place + 1
    if tokens[place].core not in _SCALES or following >= len(tokens):
        return []
    power, *length = tokens[following : following + 2]
    if power.core in POWERS and length and is_length(length[0].core):
        return on_two_tokens(tokens, following, unit(length[0].core + POWERS[power.core], 5))
    if tokens[place].closing not in ("", ".") or not unit_at(tokens, following):
        return []
    named = unit(tokens[following].core, 5)
    return [tokens[following].said(named, closing=closing(tokens, following))]


def on_two_tokens(tokens: Sequence[Token], place: int, named: list[str]) -> list[Verbalized]:
    """A unit that two tokens are, as "л. с." or "кв. м", with its first word on the first."""
    end = closing(tokens, place + 1)
    return [
        tokens[place].said(named[:1], closing=""),
        tokens[place + 1].said(named[1:], closing=end),
    ]


def _found(tokens: Sequence[Token], place: int) -> _Grouped | None:
    head = _HEAD.fullmatch(tokens[place].core)
    tails = list(_tails(tokens, place)) if head else []
    if head is None or not tails:
        return None
    end = place + len(tails)
    value = int(head["digits"] + "".join(tail["digits"] for tail in tails))
    measure = head["money"] or tails[-1]["unit"] or ""
    follows = not measure and unit_follows(tokens, end)
    measure = tokens[end + 1].core if follows else measure
    if measure and not is_unit(measure):
        return None
    return _Grouped(head, value, tails[-1]["fraction"] or "", measure, place, end, follows)


def _words(found: _Grouped, tokens: Sequence[Token]) -> tuple[list[str], list[str]]:
    """Words of the number and of its unit."""
    if found.head["ratio"]:
        return cardinal(found.value, "dative"), []
    end = found.end + found.unit_follows
    case = case_of_amount(tokens, found.start, end, found.measure)
    case = "genitive" if found.head["sign"] == "~" else case
    if found.measure:
        return words_of(Amount(found.value, found.fraction, found.measure, case))
    if found.fraction:
        return decimal(found.value, found.fraction, case), []
    before = preposition(tokens, found.start)
    return cardinal(found.value, *gender_of(found.value, before, counted(tokens, found.end))), []


def _prefix(head: re.Match[str]) -> list[str]:
    """The sign of a number, or the first part of a ratio, "1:25 000"."""
    sign = sign_before(head["sign"])
    return [*sign, *cardinal(int(head["ratio"][:-1])), "к"] if head["ratio"] else sign


def _tails(tokens: Sequence[Token], place: int) -> Iterator[re.Match[str]]:
    """The groups behind the first one."""
    for at in range(place + 1, min(place + _MOST, len(tokens))):
        tail = _TAIL.fullmatch(tokens[at].core)
        if tail is None or tokens[at].opening or tokens[at - 1].closing:
            return
        yield tail
        if tail["fraction"] or tail["unit"]:
            return


def _shared(run: Sequence[Token], value: int, number: list[str]) -> list[Verbalized]:
    """The words of a number, each with the group that it stands for."""
    result: list[Verbalized] = []
    done = 0
    for scale, token in zip(range(len(run) - 1, -1, -1), run, strict=True):
        spoken = len(cardinal(value // 1000**scale * 1000**scale)) if scale else len(number)
        part = number[done:spoken]
        done = max(done, spoken)
        if not part and len(result[-1].words) > 1:
            # "10 000": the zeros are what "thousand" stands for.
            *kept, name = result[-1].words
            result[-1] = replace(result[-1], words=tuple(kept))
            part = [name]
        result.append(token.said(part))
    return result
