"""Numbers of an English text in words: telephones, ordinals, verses, versions, counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.english.context import core_after, said, word_after, word_before
from app.text.english.counts import counted, foreign_money
from app.text.english.fractions import fraction
from app.text.english.measures import measure
from app.text.english.numerals import cardinal, digits, ordinal, spoken_number, year
from app.text.english.signs import HALVES
from app.text.tables import words
from app.text.telephones import groups_behind_country
from app.text.tokens import Token, Verbalized, by_first

_PART_OF = re.compile(
    r"(mid|early|late|pre|post)-(\d{1,2})(?:st|nd|rd|th)(?:-([a-z-]+))?", re.IGNORECASE
)
_FOLLOWING = re.compile(r"(\d+)ff")
_RANKED = re.compile(r"(\d+)(?:st|nd|rd|th)-([a-z]{2,})", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"(\d+(?:\.\d+)?)[eE]([+−-]?)(\d{1,3})")
_ORDINAL = re.compile(r"([\d,]+)(?:st|nd|rd|th|ˢᵗ|ⁿᵈ|ʳᵈ|ᵗʰ)", re.IGNORECASE)
_ORDINALS = re.compile(r"(\d+)(?:st|nd|rd|th)?[-–—](\d+)(?:st|nd|rd|th)", re.IGNORECASE)
_VERSION = re.compile(r"v?(\d+(?:\.\d+)+)\+?")
_ISBN = re.compile(r"\d+(?:-\d+){2,}")
_RATIO = re.compile(r"([\d,]+):([\d,]+)")
_LOCAL = re.compile(r"\d{3}-\d{4}")
_TRIPLE = re.compile(r"\d{3}")
_BOOKS = frozenset(
    words(
        """
        genesis exodus leviticus numbers deuteronomy joshua judges ruth samuel kings chronicles job
        psalm psalms proverbs isaiah jeremiah daniel matthew mark luke john acts romans corinthians
        galatians ephesians hebrews james peter revelation sura surah quran iliad odyssey
        """
    )
)
"""Books before a chapter and a verse, "Psalm 23:4"."""
_CALLED = frozenset(words("boeing airbus flight route highway interstate"))
"""Names before three digits that are said as one and two: "Boeing 747"."""
_NAMED_NUMBERS = frozenset(words("version python release java gcc cuda ubuntu section figure"))


def number(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """The number that begins at a token, with its unit, or a unit alone; empty for neither."""
    if not any(character.isnumeric() for character in tokens[place].core):
        return measure(tokens, place)
    return by_first(_RULES, tokens, place)


def _telephone(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """A telephone number written in one piece or, after "+", in several."""
    token = tokens[place]
    bracketed = (token.opening, token.closing) == ("(", ")")
    if bracketed and _LOCAL.fullmatch(core_after(tokens, place)):
        return [said(token, digits(token.core))]
    parts = token.core.split("-")
    short = len(parts) == 2 and [len(part) for part in parts] == [3, 4]
    if (short or _ISBN.fullmatch(token.core)) and token.core.replace("-", "").isdecimal():
        return [said(token, digits(token.core))]
    groups = groups_behind_country(tokens, place)
    if not groups:
        return []
    result = [said(part, digits(part.core)) for part in groups]
    return [said(token, ["plus", *digits(token.core)]), *result]


def _grouped(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """A number whose groups of three digits are tokens of their own, as in "10 000"."""
    run = [tokens[place]]
    if not re.fullmatch(r"[1-9]\d{0,2}", run[0].core):
        return []
    while not run[-1].closing and place + len(run) < len(tokens) and len(run) < 4:
        token = tokens[place + len(run)]
        if token.opening or not _TRIPLE.fullmatch(token.core):
            break
        run.append(token)
    if len(run) == 1:
        return []
    result: list[list[str]] = []
    for scale, token in zip(range(len(run) - 1, -1, -1), run, strict=True):
        value = int(token.core)
        name = ["", "thousand", "million", "billion"][scale]
        result.append([*cardinal(value), *([name] if name else [])] if value else [])
        if not value and len(result) > 1 and len(result[-2]) > 1:
            # "10 000": the zeros are what "thousand" stands for.
            result[-1] = [result[-2].pop()]
    return [said(token, spoken) for token, spoken in zip(run, result, strict=True)]


def _special(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    token = tokens[place]
    core, before = token.core, word_before(tokens, place)
    if match := _ORDINALS.fullmatch(core):
        return [said(token, [*ordinal(int(match[1])), "to", *ordinal(int(match[2]))])]
    if match := _ORDINAL.fullmatch(core):
        return [said(token, ordinal(int(match[1].replace(",", ""))))]
    if core in HALVES:
        return [said(token, HALVES[core].split())]
    if match := _PART_OF.fullmatch(core):
        rest = match[3].split("-") if match[3] else []
        return [said(token, [match[1], *ordinal(int(match[2])), *rest])]
    if match := _FOLLOWING.fullmatch(core):
        return [said(token, [*spoken_number(match[1]), "and", "following"], abbreviated=True)]
    if match := _RANKED.fullmatch(core):
        return [said(token, [*ordinal(int(match[1])), match[2]])]
    if match := _SCIENTIFIC.fullmatch(core):
        return [said(token, _scientific(match))]
    verse = re.fullmatch(r"(\d+):(\d+)", core)
    if verse and before in ("iso", *_BOOKS):
        second = year(int(verse[2])) if len(verse[2]) == 4 else spoken_number(verse[2])
        return [said(token, [*spoken_number(verse[1]), *second])]
    if match := _RATIO.fullmatch(core):
        return [said(token, [*spoken_number(match[1]), "to", *spoken_number(match[2])])]
    error = "error" in (before, word_after(tokens, place)) and core[1:2] == "0"
    if (error or before in _CALLED) and re.fullmatch(r"[1-9](?!00)\d\d", core):
        return [said(token, [*cardinal(int(core[0])), *_tens(core[1:])])]
    match = _VERSION.fullmatch(core)
    if match and (core[0] == "v" or before in _NAMED_NUMBERS or core.count(".") > 1):
        return [said(token, _version(core, before))]
    return []


def _tens(text: str) -> list[str]:
    return ["oh", *cardinal(int(text))] if text[0] == "0" else cardinal(int(text))


def _scientific(match: re.Match[str]) -> list[str]:
    """A number as programs write it, "3e-4"."""
    sign = ["minus"] if match[2] in ("-", "−") else []
    power = ["to", "the", *sign, *(cardinal if sign else ordinal)(int(match[3]))]
    return [*spoken_number(match[1]), "times", "ten", *power]


def _version(text: str, before: str) -> list[str]:
    parts = text.lstrip("v").rstrip("+").split(".")
    network_address = len(parts) == 4
    grouped = len(parts) > 2 and all(len(part) == 3 for part in parts[1:])
    group = grouped and before == "" and text[0] != "v"
    if group and not network_address:
        return cardinal(int(text.replace(".", "")))
    point = "dot" if network_address else "point"
    result: list[str] = [] if text[0] != "v" else ["version"]
    for index, part in enumerate(parts):
        result += [point] if index else []
        result += spoken_number(part)
    return [*result, *(["plus"] if text[-1] == "+" else [])]


_RULES = (_telephone, fraction, _grouped, measure, foreign_money, _special, counted)
