"""Words for a run of letters in a token: a word, a variable, a function, an acronym."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from app.text.pieces import Piece, humps
from app.text.romance.context import (
    Around,
    beside_minus,
    in_formula,
    is_operand,
    word_after,
    word_before,
)
from app.text.romance.language import Language
from app.text.romance.spelling import capitals, is_shouted, letter, plain, small, spelt_out
from app.text.tokens import Token

_MARKED_ACRONYM = re.compile(r"[A-Z]{3,4}[a-rt-z]")
"""An acronym with a small letter for its kind, "ARNm"."""
_PLURAL_ACRONYM = re.compile(r"[A-Z]{2,}s?")
_DIFFERENTIAL = re.compile(r"d[a-z]")
_LETTER_BY_LETTER = 2
_ELEMENT = (
    "A[cglrstu]|B[aeir]?|C[adelorsu]?|F[er]?|G[ade]|H[efgo]?|I[nr]?|K|L[aiu]|M[gno]|N[abdei]?"
    "|O|P[bdotu]?|R[abehn]|S[bceimnr]?|T[aehil]|U|V|W|Xe|Y|Z[nr]"
)
_SUBSTANCE = re.compile(rf"(?=.*[A-Z].*[A-Z])(?=.*[a-z])(?:{_ELEMENT}){{2,5}}")
"""Symbols of chemical elements, "NaCl"; at least one of them has a small letter."""
_COUNTED_SUBSTANCE = re.compile(
    rf"(?=.*[A-Z].*[\d₀-₉])(?=.*[A-Z].*[A-Z]|.*[₀-₉])(?:(?:{_ELEMENT}|\()+\)?[\d₀-₉]*)+[⁺⁻]*"
)
"""Symbols with numbers of atoms, "H2SO4", "Fe₂O₃"."""
_CALL = re.compile(r"[^\W\d_]['′]?\([^)]*")
_TWO_LETTERS = re.compile(r"[^\W\d_]{2}")
_LONGEST_SUBSTANCE = 50
"""Characters; a longer one would only take long to be told from a word."""
_LONGEST_CHOICE = 5
"""Characters of words of one letter with strokes between them."""
_ARGUMENTS = 3
"""How many tokens before a letter may open the call that it is an argument of."""


def is_substance(core: str) -> bool:
    """Whether a token is a chemical formula.

    >>> is_substance("H₂O"), is_substance("CO2"), is_substance("x₂")
    (True, True, False)
    """
    if len(core) > _LONGEST_SUBSTANCE:
        return False
    return (_COUNTED_SUBSTANCE.fullmatch(core) or _SUBSTANCE.fullmatch(core)) is not None


def word(part: Piece, around: Around) -> str:
    """Words for a run of letters."""
    text, after, language = part.text, around.after, around.language
    formulas = language.formulas
    applied = after is not None and after.text == "("
    of = f" {formulas.applied}" if applied else ""
    if text in formulas.functions and (applied or _has_argument(around)):
        joined = text not in formulas.unjoined
        argument = applied or (joined and (after is None or after.kind not in ("super", "sub")))
        return f"{formulas.functions[text]} {formulas.applied if argument else ''}".rstrip()
    if text in language.numerals.halves:
        return language.numerals.halves[text][0]
    if len(text) == 1:
        return _single(text, around) + of
    if text.lower() in language.letters.spoken:
        return language.letters.spoken[text.lower()]
    if _SUBSTANCE.fullmatch(text) or is_substance(around.core):
        return spelt_out(text, language)
    if _is_product(part, around):
        return " ".join(letter(character, language) for character in text)
    if _MARKED_ACRONYM.fullmatch(text):
        return spelt_out(text, language)
    if text.isupper() or _PLURAL_ACRONYM.fullmatch(text):
        beside = (around.before, after)
        constant = any(part is not None and part.text in ("$", "_") for part in beside)
        shouted = constant or is_shouted(around.tokens, around.place, language)
        return capitals(text, language, shouted=shouted)
    return " ".join(_hump(hump, text, language) for hump in humps(text))


def _hump(hump: str, text: str, language: Language) -> str:
    """A part of a word in which capitals begin new parts: "getElement", "iPhone"."""
    if hump == text:
        return small(hump, language)
    if len(hump) == 1:
        return letter(hump, language)
    return capitals(hump, language, shouted=False) if hump.isupper() else small(hump, language)


def _is_product(part: Piece, around: Around) -> bool:
    """Whether two letters beside a sign of mathematics are two variables: "y = ax + b"."""
    text, before, after = part.text, around.before, around.after
    tokens, place = around.tokens, around.place
    if len(text) != _LETTER_BY_LETTER or not text.isascii():
        return False
    if _DIFFERENTIAL.fullmatch(text) and any(
        near is not None and near.text in ("/", "∫") for near in (before, after)
    ):
        return True
    raised = after is not None and after.kind == "super"
    counted = before is not None and before.kind == "number"
    alone = word_before(tokens, place) == "=" and not word_after(tokens, place).isalpha()
    equated = alone and place > 1 and is_operand(tokens[place - 2].core)
    if text.lower() in around.language.letters.common and not (raised or counted or equated):
        return False
    return in_formula(tokens, place) or raised or beside_minus(tokens, place)


def _has_argument(around: Around) -> bool:
    """Whether "sin" is the sine: a variable, a number or an index follows."""
    if (after := around.after) is not None:
        return after.kind in ("sub", "super", "number") or after.text in ("√", "|")
    following = word_after(around.tokens, around.place)
    if "→" in following:
        return True
    return following[:1].isdigit() or (is_operand(following) and len(following) < 3)


def _single(text: str, around: Around) -> str:
    """A letter alone: the words of one letter stay, anything else is its name."""
    tokens, place, language = around.tokens, around.place, around.language
    if joins_words(around.core, language):
        return plain(text, language)
    beside = [near for near in (around.before, around.after) if near is not None]
    hyphenated = any(near.text == "-" for near in beside)
    if hyphenated and not text.isupper() and _has_a_word(around.core):
        return plain(text, language) if text in language.letters.single else letter(text, language)
    if beside or text.lower() not in language.letters.single:
        return letter(text, language)
    token = tokens[place]
    if text.isupper() and (is_shouted(tokens, place, language) or _joins_capitals(tokens, place)):
        return plain(text, language)
    quoted = bool(token.opening) and bool(token.closing)
    marker = place == 0 and token.closing.startswith((")", "."))
    if not text.isascii():
        return plain(text, language)
    if quoted or marker or in_formula(tokens, place) or _is_labelled(tokens, place, language):
        return letter(text, language)
    begins = place == 0 or token.opening or tokens[place - 1].closing or not tokens[place - 1].core
    if text.isupper() and not (begins and word_after(tokens, place)):
        return letter(text, language)
    return plain(text, language)


def _joins_capitals(tokens: Sequence[Token], place: int) -> bool:
    """Whether a letter stands between words in capitals, "HTML Y CSS"."""
    sides = (word_before(tokens, place), word_after(tokens, place))
    written = [tokens[place - 1].core if place else "", sides[1]]
    return all(len(side) > 1 for side in sides) and all(map(str.isupper, written))


def joins_words(core: str, language: Language) -> bool:
    """Whether a stroke parts words of one letter: "y/o"."""
    if "/" not in core or len(core) > _LONGEST_CHOICE:
        return False
    return all(part in language.letters.single for part in core.split("/"))


def _is_labelled(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether a letter is a variable: behind "axis", an argument, or one of several, "x and y"."""
    before = word_before(tokens, place)
    if before in language.letters.labelled or before in language.formulas.functions:
        return True
    earlier = tokens[max(place - _ARGUMENTS, 0) : place]
    called = any(_CALL.fullmatch(each.core) for each in earlier)
    if called and tokens[place].closing.startswith(")"):
        return True
    if not earlier or len(earlier[-1].core) > 2 or not earlier[-1].core.isalpha():
        return False
    other = earlier[-2].core if len(earlier) > 1 else ""
    return len(other) == 1 and other.isalpha() and other not in language.letters.single


@lru_cache(maxsize=1000)
def _has_a_word(core: str) -> bool:
    """Whether letters stand side by side; every letter of a token asks, the answer is kept."""
    return _TWO_LETTERS.search(core) is not None
