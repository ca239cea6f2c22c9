"""Ordinals in figures, told from degrees and products."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.romance.context import article_agreement, in_formula, leading, said, word_after
from app.text.romance.figures import whole_number
from app.text.romance.language import Language
from app.text.tokens import Token, Verbalized

_ORDINAL = re.compile(r"(?P<value>\d{1,12})\.?(?P<ending>[^\W\d_]+|°|\^|ᵉʳ|ᵉ|ʳᵉ)")
_ORDINALS = re.compile(
    r"(?P<first>\d{1,12})(?P<one>\.?[^\W\d_]+|°)?[-–](?P<second>\d{1,12})\.?(?P<ending>[^\W\d_]+|°)"
)
_BEFORE_AN_ORDINAL = frozenset(["", "e", "o", "y", "u"])
"""What may stand before an ordinal without an article."""
_LARGEST_WITHOUT_ARTICLE = 31
"""Of ordinals; "90°" are degrees."""
_BEFORE_DEGREES = frozenset(["de", "a", "di", "entre", "tra"])
"""Words before "45º", whose sign then stands for degrees unless a noun follows."""
_BEHIND_DEGREES = frozenset("NSEOWCF")
"""Letters behind "45º" that make its sign one of degrees."""
_ITEM = re.compile(r"(\d{1,2})[°º]")
"""The number of a list's item: "1°) …"."""


def ordinal(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    """The ordinal in figures at a token, "3°" or "2.ª"; empty for anything else."""
    token = tokens[place]
    if place == 0 and token.closing.startswith(")") and (match := _ITEM.fullmatch(token.core)):
        return [said(token, whole_number(match[1], language))]
    spoken = _in_figures(token.core, language)
    if not spoken or not _is_ordinal(tokens, place, language):
        return []
    article = article_agreement(tokens, place, language)
    if article and re.fullmatch(r"\d{1,12}°", token.core):
        # The sign for degrees has no gender: "la 3° B".
        spoken = language.numerals.ordinal(int(token.core[:-1]), article)
    return [said(token, spoken)]


def _in_figures(core: str, language: Language) -> str:
    """An ordinal in digits, or a range of them, "2.ª", "1er-3e"; empty for anything else."""
    endings = language.numerals.endings
    match = _ORDINAL.fullmatch(core)
    if match and match["ending"] in endings:
        return language.numerals.ordinal(int(match["value"]), endings[match["ending"]])
    match = _ORDINALS.fullmatch(core)
    if match is None or match["ending"] not in endings:
        return ""
    first = (match["one"] or match["ending"]).lstrip(".")
    if first not in endings:
        return ""
    ends = ((match["first"], first), (match["second"], match["ending"]))
    spoken = [language.numerals.ordinal(int(value), endings[ending]) for value, ending in ends]
    return language.numerals.ranged(*spoken)


def _is_ordinal(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether "2a" or "3°" is an ordinal rather than a product or so many degrees."""
    ending = tokens[place].core.lstrip("0123456789-–.")
    if not language.nouns.articles or (ending not in ("°", "º") and len(ending.encode()) > 1):
        return True
    small = int(re.split(r"\D", tokens[place].core)[0]) <= _LARGEST_WITHOUT_ARTICLE
    following = word_after(tokens, place)
    named = leading(tokens, place) in language.nouns.articles or "." in tokens[place].core
    degrees = leading(tokens, place) in _BEFORE_DEGREES or following in _BEHIND_DEGREES
    typed = "º" in language.units.names
    if ending == "º" and (not typed or named or (small and not degrees)):
        return True
    if in_formula(tokens, place) and ending != "^":
        return False
    if article_agreement(tokens, place, language) or _is_numbered(tokens, place, language):
        return True
    noun = language.abbreviations.stopped.get(following, following)
    begins = small and leading(tokens, place) in _BEFORE_AN_ORDINAL
    return begins and len(noun) > 2 and language.nouns.gender(noun) is not None


def _is_numbered(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether a noun that is numbered stands before a token, "volume" or "vol."."""
    before = tokens[place - 1] if place else None
    named = before is not None and before.core.lower() in language.romans.numbered
    return named and tokens[place - 1].closing in ("", ".")
