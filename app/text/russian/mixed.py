"""Russian words for words of any alphabet within formulas and mixed tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.pieces import Piece
from app.text.russian.acronyms import acronym
from app.text.russian.context import word_after
from app.text.russian.latin import foreign, greek, is_known, latin, letter_name
from app.text.russian.mathematics import beside, beside_a_sign, in_formula, is_operand, is_signed
from app.text.russian.signs import FUNCTIONS
from app.text.tables import words
from app.text.tokens import Token, shouted

_RUSSIAN = re.compile(r"[А-Яа-яЁё]")
_OLD_LETTERS = str.maketrans("іїєґўѣѳѵІЇЄҐЎѢ", "ииегуефиИИЕГУЕ")
_FOREIGN = re.compile(r"[^А-Яа-яЁё\u0301]")
_RUN = re.compile(r"[А-Яа-яЁё\u0301]+|[^А-Яа-яЁё\u0301]+")
_VARIABLES = re.compile(r"[a-zA-Z]{1,2}|(?=.*[a-z])(?=.*[A-Z])[a-zA-Z]{3,4}|[b-df-hj-np-tv-xz]{3}")
"""Products of variables within a formula, "nRT", "mgh"."""
_ACRONYMS = frozenset(words("IT AI ML PR HR TV PC OS UX VR QA DB IP ID"))
"""Of two letters; they are no products even beside a sign."""
_PRODUCT = re.compile("[a-z]{2,3}")
_LATIN_LABELS = dict(zip("асвекрн", "acbekph", strict=True))
_FACTORS = frozenset("abckmnijxz")
_SUM_IN_BRACKETS = re.compile(r"\(\w+[+−-]")
"""Behind a variable it is multiplied, "n(n+1)"; behind "f" it is what the function is of."""
_NO_PRODUCTS = frozenset(words("px em st nd rd th"))
_WORDS_OF_ONE_LETTER = frozenset("авиокусяж")
_SOUNDS = frozenset(words("гм хм мм тсс брр тс ль вт"))


def word_of_a_formula(
    text: str, before: Piece | None, after: Piece | None, tokens: Sequence[Token], place: int
) -> list[str]:
    """What is said for a word between other pieces of a token, or alone."""
    applied = after is not None and after.text == "("
    if text in FUNCTIONS and (applied or _has_argument(tokens, place, after)):
        return FUNCTIONS[text].split()
    if _RUSSIAN.search(text.translate(_OLD_LETTERS)):
        return _russian(text, before, after, tokens, place)
    if text == "C" and after is not None and after.text in ("++", "#"):
        return ["си"]
    if len(text) == 1:
        product = applied and text in _FACTORS and _SUM_IN_BRACKETS.search(tokens[place].core)
        point = tokens[place].closing.startswith(";")
        joint = ["умножить", "на"] if product else ["от"] if applied and not point else []
        return [*any_word(text), *joint]
    if _is_product(text, before, tokens, place):
        return letters_of(text)
    if re.fullmatch("d[a-z]|[bcdfghjklmnpqrstvwxz]{2}", text) and (before or place or after):
        return letters_of(text)
    return any_word(text)


def _stands_for_something(tokens: Sequence[Token], place: int) -> bool:
    """Whether a capital is no word that begins a sentence, a quotation or a heading."""
    if not place or tokens[place].opening or shouted(tokens, place):
        return False
    if place + 1 == len(tokens):
        return True
    return bool(tokens[place - 1].core) and tokens[place - 1].closing in ("", ",", ";")


def _label(letter: str, before: str) -> list[str]:
    """Name of a capital that stands for something; that of a vitamin is Latin."""
    if before.startswith("витамин") and letter in _LATIN_LABELS:
        return latin(_LATIN_LABELS[letter])
    return letter_name(letter) or [letter]


def letters_of(text: str) -> list[str]:
    """Each letter by its name."""
    return [name for letter in text for name in any_word(letter)]


def any_word(text: str) -> list[str]:
    """A word of any alphabet but the Russian one, or of that in an index."""
    if _RUSSIAN.search(text) and _FOREIGN.search(text):
        return [word for run in _RUN.findall(text) for word in any_word(run)]
    if _RUSSIAN.search(text):
        return [text.lower()] if len(text) > 1 else letter_name(text)
    if re.match(r"[\u0370-\u03ff\u1f00-\u1fff]", text):
        return greek(text)
    plain_letters = re.sub("['\u0301]", "", text)
    if re.fullmatch(r"[a-zA-Z\u00c0-\u024f]+", plain_letters):
        return latin(plain_letters)
    return [name for letter in text for name in foreign(letter)]


def _russian(
    text: str, before: Piece | None, after: Piece | None, tokens: Sequence[Token], place: int
) -> list[str]:
    text = text.translate(_OLD_LETTERS).replace("'", "")
    if _FOREIGN.search(text):
        return any_word(text)
    spelt = acronym(text, shouted=shouted(tokens, place))
    if spelt:
        return spelt
    lower = text.lower()
    if len(lower) == 1 and before is None and after is None:
        marker = place == 0 and tokens[place].closing.startswith(")")
        if text.isupper() and _stands_for_something(tokens, place):
            return _label(lower, tokens[place - 1].core.lower())
        quoted = bool(tokens[place].opening) and bool(tokens[place].closing)
        if marker or quoted or lower not in _WORDS_OF_ONE_LETTER:
            return letter_name(lower) or ["твёрдый" if lower == "ъ" else "мягкий", "знак"]
        return [lower]
    mixed = any(part is not None and part.kind in ("number", "sub") for part in (before, after))
    if len(lower) == 1 and (mixed or lower not in _WORDS_OF_ONE_LETTER):
        return letter_name(lower) or [lower]
    vowelless = re.search("[аеёиоуыэюя]", lower) is None
    if vowelless and 1 < len(lower) < 6 and lower not in _SOUNDS:
        return letters_of(lower) or [lower]
    return [lower]


def _is_product(text: str, before: Piece | None, tokens: Sequence[Token], place: int) -> bool:
    """Whether letters are variables that are multiplied, "4ac", rather than a word."""
    if text in FUNCTIONS or text in _ACRONYMS or is_known(text):
        return False
    if (before is not None and before.text == "∠") or (
        text.isupper() and len(text) < 4 and _beside_lines(tokens, place)
    ):
        return True
    if before is not None and before.kind == "number" and _PRODUCT.fullmatch(text):
        return text not in _NO_PRODUCTS
    if re.fullmatch("[a-z]{2}", text) and beside_a_sign(tokens, place):
        return True
    return _VARIABLES.fullmatch(text) is not None and in_formula(tokens, place)


def _beside_lines(tokens: Sequence[Token], place: int) -> bool:
    return any(token.core in ("∥", "⊥") for token in beside(tokens, place))


def _has_argument(tokens: Sequence[Token], place: int, after: Piece | None) -> bool:
    """Whether "log" is the logarithm: a variable, a number or an index follows."""
    if after is not None:
        return after.kind in ("sub", "super", "number")
    following = word_after(tokens, place)
    if (
        following in FUNCTIONS
        or following[:1].isdigit()
        or (is_signed(following) and following[0].isascii())
    ):
        return True
    return is_operand(following) and (len(following) < 4 or following[0].isdigit())
