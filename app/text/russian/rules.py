"""What is said for the tokens of a Russian text: the rules in their order."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from app.text.addresses import address
from app.text.dashes import joined
from app.text.russian.abbreviations import abbreviation, in_parts
from app.text.russian.acronyms import acronym
from app.text.russian.adjectives import adjective
from app.text.russian.dashes import parted
from app.text.russian.dates import date
from app.text.russian.formulas import factorial, formula, spoken_pieces
from app.text.russian.latin import latin, letter_name
from app.text.russian.measures import lone_unit
from app.text.russian.nouns import noun
from app.text.russian.numbers import number
from app.text.russian.numerals import digits, spoken_number
from app.text.russian.ordered import ordered
from app.text.russian.roman import numbered, roman_numeral
from app.text.russian.years import year
from app.text.tables import meanings
from app.text.tokens import ENDLESS, Token, Verbalized

_LETTERS = re.compile(r"[А-Яа-яЁё]+")
_INITIALS = re.compile(r"(?:(?:[А-ЯЁ]|Дж)\.-?)*(?:[А-ЯЁ]|Дж)")
_COMPOUND = re.compile(r"[а-яё\u0301]+(?:-[а-яё\u0301]+)+", re.IGNORECASE)
_LATIN_COMPOUND = re.compile(r"[A-Za-z]{2,}(?:-[A-Za-z]{2,})+")
_MARKS = {":": "двоеточие"} | meanings(
    """
    .:точка; /:слэш; -:дефис; _:; @:собака; ?:вопрос; =:равно; &:и; ~:тильда;
    %:процент; +:плюс
    """
)

_Rule = Callable[[Sequence[Token], int], list[Verbalized]]


def in_words(tokens: Sequence[Token]) -> list[Verbalized]:
    """Words of each token, in order.

    Numbers, dates and abbreviations take their case from their neighbours, but
    every token keeps its own words.
    """
    groups = parted(tokens)
    flat = [part for group in groups for part in group]
    result: list[Verbalized] = []
    while len(result) < len(flat):
        result.extend(_first(flat, len(result)))
    return joined(groups, result)


def _first(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    for rule in _RULES:
        found = rule(tokens, place)
        if found:
            return found
    return formula(tokens, place)


def _endless(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """Digits without number, each by its name."""
    token = tokens[place]
    return [token.said(digits(token.core))] if ENDLESS.search(token.core) else []


def _initials(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """Names of the letters of initials, as in "А. С. Пушкин"."""
    token = tokens[place]
    last = place + 1 == len(tokens)
    if last or not token.closing.startswith(".") or not _INITIALS.fullmatch(token.core):
        return []
    if not tokens[place + 1].text[:1].isupper():
        return []
    letters = token.core.replace("-", "").split(".")
    names = [name for letter in letters for name in letter_name(letter) or ["джей"]]
    return [token.said(names, closing=token.closing[1:])]


def _address(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    token = tokens[place]
    parts = address(token.core)
    if not parts:
        return []
    words = [word for part in parts for word in _part(part, tokens, place)]
    return [token.said(words)]


def _part(part: str, tokens: Sequence[Token], place: int) -> list[str]:
    """A piece of an address: a mark, digits, or a word."""
    if part in _MARKS:
        return _MARKS[part].split()
    words: list[str] = []
    for piece in re.findall(r"\d+|[a-zA-Z]+|[^\W\d_a-zA-Z]+|\S", part):
        if piece.isdecimal():
            words += spoken_number(piece)
        elif piece.isascii() and piece.isalpha():
            words += latin(piece)
        elif _LETTERS.fullmatch(piece):
            words += [piece.lower()]
        else:
            words += _MARKS.get(piece, "").split() or spoken_pieces(piece, tokens, place)
    return words


def _compound(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """Words that a hyphen joins: "кто-то" stays one, "ДНК-тест" has an acronym in it."""
    token = tokens[place]
    if _LATIN_COMPOUND.fullmatch(token.core):
        return [token.said(latin(token.core))]
    if not _COMPOUND.fullmatch(token.core):
        return []
    parts = token.core.split("-")
    if not any(acronym(part) for part in parts):
        return [token.said([token.core.lower()])]
    words = [word for part in parts for word in acronym(part) or [part.lower()]]
    return [token.said(words)]


_RULES: tuple[_Rule, ...] = (
    _endless,
    in_parts,
    adjective,
    noun,
    abbreviation,
    factorial,
    _address,
    numbered,
    date,
    year,
    roman_numeral,
    ordered,
    number,
    _initials,
    lone_unit,
    _compound,
)
