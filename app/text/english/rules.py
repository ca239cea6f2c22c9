"""What is said for the tokens of an English sentence: the rules in their order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from app.text.addresses import address
from app.text.dashes import joined
from app.text.english.abbreviations import abbreviation, initials
from app.text.english.british import with_ands
from app.text.english.capitals import capitals
from app.text.english.chemistry import chemical
from app.text.english.context import said
from app.text.english.dashes import parted
from app.text.english.dates import date
from app.text.english.formulas import factorial, formula
from app.text.english.letters import in_latin, letter, romanized
from app.text.english.numbers import number
from app.text.english.numerals import digits, spoken_number
from app.text.english.roman import roman
from app.text.english.years import years
from app.text.tables import meanings
from app.text.tokens import ENDLESS, Rule, Token, Verbalized, by_first

_MARKS = {":": "colon"} | meanings(
    """
    .:dot; /:slash; -:dash; _:; @:at; ?:question mark; =:equals; &:and; ~:tilde; %:percent; +:plus
    """
)
_READABLE = re.compile("[aeiouyаеёиоуыэюяіα-ω]")
_SPELT_OUT = frozenset(
    [
        "io",
        "ai",
        "js",
        "ts",
        "uk",
        "us",
        "ru",
        "de",
        "fr",
        "eu",
        "tv",
        "id",
        "ui",
        "ip",
        "py3",
        "gov1",
        "css",
        "csv",
    ]
)
_WORD = re.compile(r"(?:[^\W\d_]\u0301?)+(?:['’\u0301-](?:[^\W\d_]\u0301?)+)*")


def in_words(tokens: Sequence[Token], *, british: bool = False) -> list[Verbalized]:
    """Words of each token of a sentence, in order.

    Numbers, dates and units take their form from their neighbours, but every
    token keeps its own words.  Letters that are spelt out are words of their
    own: ``H T T P``; ``Á`` is the letter, ``a`` the article.

    Args:
        tokens: Of the sentence.
        british: "One hundred and five", "May the third" instead of "one hundred five",
            "May third".
    """
    parts = parted([in_latin(token) for token in tokens])
    flat = [part for group in parts for part in group]
    result: list[Verbalized] = []
    while len(result) < len(flat):
        result.extend(_first(flat, len(result), british=british))
    return joined(parts, with_ands(flat, result) if british else result)


def _first(tokens: Sequence[Token], place: int, *, british: bool) -> list[Verbalized]:
    rules = _BRITISH_RULES if british else _RULES
    return by_first(rules, tokens, place) or formula(tokens, place)


def _endless(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """Digits without number, each by its name."""
    token = tokens[place]
    return [said(token, digits(token.core))] if ENDLESS.search(token.core) else []


def _address(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    token = tokens[place]
    parts = address(token.core)
    return [said(token, [word for part in parts for word in _part(part)])] if parts else []


def _part(part: str) -> list[str]:
    """A piece of an address: a mark, digits, a word, or letters that make none."""
    if part in _MARKS:
        return _MARKS[part].split()
    words: list[str] = []
    for piece in re.findall(r"\d+|[^\W\d_]+|\S", part):
        if piece.isdecimal():
            words += digits(piece) if len(piece) > 4 else spoken_number(piece)
        elif not piece.isalpha():
            words += _MARKS.get(piece, "").split()
        elif len(piece) == 1:
            words += letter(piece.upper())
        elif piece.lower() in _SPELT_OUT or not _READABLE.search(piece.lower()):
            words += capitals(piece.upper(), shouted=False)
        else:
            words += romanized(piece)
    return words


def _compound(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """Words of small letters that hyphens join, "well-known": the reader knows them as one."""
    token = tokens[place]
    parts = token.core.split("-")
    if len(parts) == 1 or not token.core.isascii() or not _WORD.fullmatch(token.core):
        return []
    if any(part[1:] != part[1:].lower() or len(part) < 2 for part in parts):
        return []
    return [token.said([token.core])]


_RULES: tuple[Rule, ...] = (
    _endless, abbreviation, date, years, factorial, _address, chemical, number, roman, initials,
    _compound,
)  # fmt: skip
_BRITISH_RULES = tuple(partial(date, british=True) if rule is date else rule for rule in _RULES)
