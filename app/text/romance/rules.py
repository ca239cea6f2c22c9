"""What is said for a Spanish, French or Italian text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from app.text.roman import roman_value
from app.text.romance.numerals import decimals, ordinal, spoken_number
from app.text.romance.words import WORDS, Words
from app.text.tables import words
from app.text.tokens import Token, Verbalized

_SPOKEN = "\\w\u0301%№§°$€£₽+−=<>×÷≈±&²³"
"""Characters that may begin or end what is spoken; the acute marks a stressed vowel."""
_EDGES = re.compile(rf"([^{_SPOKEN}]*)(.*?)([^{_SPOKEN}]*)", re.DOTALL)

_LETTER = r"[^\W\d_]"
_PIECE = re.compile(
    rf"(?P<number>\d{{1,3}}(?:[. \u202f]\d{{3}})+(?!\d)|\d+)(?:(?P<mark>[,.])(?P<fraction>\d+))?"
    rf"|(?P<word>{_LETTER}+(?:['’]{_LETTER}+)*['’]?)|(?P<sign>\S)"
)
_UNIT = re.compile(rf"(?<=\d)(?P<unit>{_LETTER}+(?:/{_LETTER}+)?|[%°€$£]C?)$")
_TIME = re.compile(r"(\d{1,2})[:h](\d{2})")
_ORDINAL = {
    "es": re.compile(r"(\d{1,15})(?:\.?[ºª°]|er|ro|ra|do|da|to|ta|mo|ma)$"),
    "fr": re.compile(r"(\d{1,15})(?:er|re|ère|e|è|ème|nd|nde)s?$"),
    "it": re.compile(r"(\d{1,15})[ºª°]$"),
}
_ROMAN = re.compile(r"(?=[IVXL])(X{0,3}|XL|L)(IX|IV|V?I{0,3})(?P<suffix>e|er|ème)?")
_BESIDE_A_ROMAN = frozenset(
    words(
        """
        siglo siglos siècle siècles secolo secoli capítulo tomo chapitre tome capitolo volume
        """
    )
)
_TRIPLE = re.compile(r"\d{3}")
_LEADING = re.compile(r"[1-9]\d{0,2}")
_SHOUTED = 6
"""Capitals in a row beyond which a word is written loud rather than an acronym."""


def in_words(text: str, language: str) -> list[Verbalized]:
    """Words of each token, in order.

    Args:
        text: Plain text of any length.
        language: ``"es"``, ``"fr"`` or ``"it"``.
    """
    words = WORDS[language]
    tokens = [_token(piece) for piece in text.split()]
    result = []
    for place, (token, core) in enumerate(zip(tokens, _merged(tokens), strict=True)):
        before = tokens[place - 1] if place else None
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        unit = _separate_unit(token, before, words)
        short = None if unit else _abbreviation(token, after, words)
        if short is not None:
            result.append(short)
            continue
        spoken = unit or _core(core, before, after, language)
        result.append(token.said(_clean(spoken)))
    return result


def _token(piece: str) -> Token:
    match = _EDGES.fullmatch(piece)
    assert match is not None  # every string matches
    opening, core, closing = match.groups()
    return Token(piece, opening, unicodedata.normalize("NFC", core), closing)


def _merged(tokens: Sequence[Token]) -> list[str]:
    """Cores of the tokens; of "1 000 000" the first speaks for all, the others are silent."""
    cores = [token.core for token in tokens]
    first: int | None = None
    for place, token in enumerate(tokens):
        if first is not None and _TRIPLE.fullmatch(token.core) and not token.opening:
            cores[first] += token.core
            cores[place] = ""
        else:
            first = place if _LEADING.fullmatch(token.core) else None
        if token.closing:
            first = None
    return cores


def _separate_unit(token: Token, before: Token | None, words: Words) -> str:
    """The name of a unit that is a token of its own; empty for anything else."""
    if before is None or before.closing or not before.core[-1:].isdigit():
        return ""
    named = words.units.get(token.core)
    return named[before.core != "1"] if named else ""


def _abbreviation(token: Token, after: Token | None, words: Words) -> Verbalized | None:
    meaning = words.abbreviations.get(token.core.lower())
    if meaning is None or not token.closing.startswith("."):
        return None
    if token.core == "p" and after is not None and after.core in ("ej", "ex", "es"):
        meaning = words.for_example
    ends = after is None or (
        after.text[:1].isupper() and token.core.lower().startswith(("etc", "ecc"))
    )
    return token.said(meaning.split(), closing=token.closing if ends else token.closing[1:])


def _core(core: str, before: Token | None, after: Token | None, language: str) -> str:
    """What the core of a token says, as words with spaces, hyphens and apostrophes."""
    words = WORDS[language]
    if match := _ORDINAL[language].fullmatch(core):
        return ordinal(int(match[1]), language)
    if match := _TIME.fullmatch(core):
        hour = f" {words.units['h'][match[1] != '1']} " if "h" in core else " "
        return (
            spoken_number(match[1], language)
            + hour
            + ("" if match[2] == "00" else spoken_number(match[2], language))
        )
    if roman := _roman(core, before, after, language):
        return roman
    unit = ""
    if match := _UNIT.search(core):
        named = words.units.get(match["unit"])
        if named:
            unit = " " + named[core[: match.start()] != "1"]
            core = core[: match.start()]
    return " ".join(_piece(match, language) for match in _PIECE.finditer(core)) + unit


def _piece(match: re.Match[str], language: str) -> str:
    words = WORDS[language]
    if match["number"]:
        whole = spoken_number(re.sub(r"\D", "", match["number"]), language)
        if not match["fraction"]:
            return whole
        mark = (
            words.comma
            if match["mark"] == ","
            else {"fr": "point", "it": "punto", "es": "punto"}[language]
        )
        return f"{whole} {mark} {decimals(match['fraction'], language)}"
    if match["sign"]:
        return words.signs.get(match["sign"], "")
    return _word(match["word"].replace("’", "'"), words)


def _word(word: str, words: Words) -> str:
    elided, apostrophe, rest = word.rpartition("'")
    if apostrophe and rest:
        return f"{elided.lower()}'{_word(rest, words)}"
    vowels = sum(letter in "AEIOUYÀÈÉÌÒÙÁÍÓÚ" for letter in word)
    if word.isupper() and 2 <= len(word) < _SHOUTED and (vowels == 0 or not _readable(word)):
        return " ".join(words.letters[letter] for letter in word.lower() if letter in words.letters)
    if not vowels and not re.search("[aeiouyàâáéèêëíìîïóòôöúùûüœæ']", word.lower()):
        return " ".join(words.letters[letter] for letter in word.lower() if letter in words.letters)
    return word.lower()


def _readable(acronym: str) -> bool:
    """Whether an acronym with vowels reads as a word: vowels and consonants take turns."""
    shape = "".join("v" if letter in "AEIOU" else "c" for letter in acronym)
    return (
        len(acronym) > 3 and "ccc" not in shape and not shape.startswith("cc") and "vv" not in shape
    )


def _roman(core: str, before: Token | None, after: Token | None, language: str) -> str:
    """A Roman numeral beside "century" or "chapter", after a name, or with an ordinal ending."""
    match = _ROMAN.fullmatch(core)
    if match is None:
        return ""
    neighbours = {token.core.lower() for token in (before, after) if token is not None}
    if not (match["suffix"] or neighbours & _BESIDE_A_ROMAN):
        return ""
    value = roman_value(match[1] + match[2])
    if language == "es":
        return spoken_number(str(value), language)
    return ordinal(value, language)


def _clean(spoken: str) -> list[str]:
    return [word for word in re.split(r"[\s,-]+", spoken) if word]
