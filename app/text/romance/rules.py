"""What is said for a Spanish, French or Italian text: the rules in their order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.text.addresses import address
from app.text.romance.abbreviations import abbreviation, initials
from app.text.romance.angles import angle
from app.text.romance.apostrophes import spaced_elision, with_accents
from app.text.romance.context import MATHEMATICAL, by_first, said
from app.text.romance.dates import date
from app.text.romance.eras import era
from app.text.romance.figures import digits, whole_number
from app.text.romance.formulas import factorial, formula
from app.text.romance.french.language import FRENCH
from app.text.romance.grouping import joined, separated
from app.text.romance.italian.language import ITALIAN
from app.text.romance.language import Language
from app.text.romance.limits import limit
from app.text.romance.numbers import number
from app.text.romance.roman import roman
from app.text.romance.spanish.language import SPANISH
from app.text.romance.spelling import letter, small, spelt_out
from app.text.romance.suffixes import suffixed
from app.text.romance.typed import with_signs
from app.text.tokens import ENDLESS, Token, Verbalized, is_readable, tokenize

LANGUAGES = {language.code: language for language in (SPANISH, FRENCH, ITALIAN)}
"""By ISO 639-1 code."""

_ELIDED = re.compile(r"(?P<elided>[^\W\d_]+)'(?P<rest>[^\W_].*|[$€£].*)")


def in_words(text: str, code: str) -> list[Verbalized]:
    """Words of each token, in order.

    Numbers, dates and units take their form from their neighbours, but every token keeps its
    own words.

    Args:
        text: A sentence.
        code: ``"es"``, ``"fr"`` or ``"it"``.
    """
    language = LANGUAGES[code]
    written = tokenize(text)
    if not is_readable(written):
        return [token.said([]) for token in written]
    tokens = with_signs(joined(written), apostrophe=language.numerals.apostrophe)
    tokens = with_accents(tokens, language)
    elided, bare = _elided(tokens, language)
    result: list[Verbalized] = []
    while len(result) < len(tokens):
        result.extend(by_first(_RULES, bare, len(result), language))
    balanced = [_without_brackets(*each) for each in zip(bare, result, strict=True)]
    glued = [_with(*each) for each in zip(elided, balanced, strict=True)]
    return separated(_euphonic(glued, language))


def _elided(tokens: Sequence[Token], language: Language) -> tuple[list[str], list[Token]]:
    """What is elided before each token, "l'", and the tokens without it."""
    elided, bare = [], []
    for token in tokens:
        match = _ELIDED.fullmatch(token.core)
        if match and match["elided"].lower() in language.letters.elisions:
            elided.append(match["elided"].lower() + "'")
            bare.append(replace(token, core=match["rest"]))
        else:
            elided.append("")
            bare.append(token)
    return elided, bare


def _with(elided: str, piece: Verbalized) -> Verbalized:
    if not elided or not piece.words:
        return piece
    first, *rest = piece.words
    if first.startswith(elided):
        return piece
    return replace(piece, words=(elided + first, *rest))


def _without_brackets(token: Token, piece: Verbalized) -> Verbalized:
    """The piece without the bracket that belongs to one within it: "f(x)" has no pause behind."""
    opened = token.core.count("(") - token.core.count(")")
    if opened > 0:
        return replace(piece, closing=piece.closing.replace(")", "", opened))
    return replace(piece, opening=piece.opening.replace("(", "", -opened)) if opened else piece


def _euphonic(pieces: list[Verbalized], language: Language) -> list[Verbalized]:
    """The pieces; a sign that ends in the word that follows it ends otherwise: "uguale ad a"."""
    changed = language.formulas.euphonic
    if not changed:
        return pieces
    followers = [*pieces, Verbalized("", ())][1:]
    result = []
    for piece, follower in zip(pieces, followers, strict=True):
        behind = [*piece.words, *follower.words[:1]][1:]
        words = [
            changed.get(word, word) if word == after else word
            for word, after in zip(piece.words, behind, strict=False)
        ]
        signed = not MATHEMATICAL.isdisjoint(piece.written)
        rest = piece.words[len(words) :]
        result.append(replace(piece, words=(*words, *rest)) if signed else piece)
    return result


def _endless(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    """Digits without number, each by its name."""
    token = tokens[place]
    return [said(token, digits(token.core, language))] if ENDLESS.search(token.core) else []


def _address(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    token = tokens[place]
    parts = address(token.core)
    return [said(token, " ".join(_part(part, language) for part in parts))] if parts else []


def _part(part: str, language: Language) -> str:
    """A piece of an address: a mark, digits, a word, or letters that make none."""
    if part in language.marks:
        return language.marks[part]
    words: list[str] = []
    for piece in re.findall(r"\d+|[^\W\d_]+|\S", part):
        if piece.isdecimal():
            words.append(
                digits(piece, language) if len(piece) > 4 else whole_number(piece, language)
            )
        elif not piece.isalpha():
            words.append(language.marks.get(piece, ""))
        elif len(piece) == 1:
            words.append(letter(piece, language))
        elif piece.upper() in language.letters.spelt:
            words.append(spelt_out(piece, language))
        else:
            words.append(small(piece, language))
    return " ".join(words)


_RULES = (
    _endless, angle, spaced_elision, era, abbreviation,
    date, suffixed, factorial, limit, _address, number, roman, initials, formula,
)  # fmt: skip
