"""Characters and pieces of a written token: what is the same in every language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from app.text.tables import words
from app.text.tokens import Token

_SUPER = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀ"
_SUB = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼᵣᵤᵥ"
_KEPT_AS_THEY_ARE = frozenset("…№")
_PLAIN = str.maketrans(
    {"’": "'", "ʼ": "'", "⁄": "/", "∕": "/", "℃": "°C", "℉": "°F", "‐": "-", "‑": "-"}
)
_FIRST_PICTURE = 0x2300
"""From here on the "other symbols" of Unicode are pictures: clocks, ticks, emoji."""
_SPOKEN_MARKS = frozenset("%‰№§¶°#@&^/\\′″‖©®™")
_OPENS_A_CORE = re.compile(r"[-.](?=\.?\d)|!=|->|:=")
_POWER_OF_TEN = re.compile(r"(?:.*[×·])?10(?:\^|[⁻⁰¹²³⁴-⁹]).*|.*[×·].*")
_KNOWN = re.compile(r"\d|[A-Za-z\u00c0-\u024f\u0370-\u04ff\u1e00-\u1fff]")
_STOPS = '.,;:!?…»”"'
_FOOTNOTE = re.compile(
    rf"(?P<word>.*[^\W\d_]{{2}}[{_STOPS}]*)\[\d+(?:[,–-]\d+)*\](?P<stop>[{_STOPS}]*)"
)
_REFERENCE = re.compile(r"\d+(?:[,–-]\d+)*")
_BEFORE_A_REFERENCE = frozenset(
    words(
        """
        see in of by from and to with than cf ref refs eq fig at on is are or
        см смотри в во из и по с со к от для о об или на рис табл работе статье
        """
    )
)
_LETTER = rf"(?:(?![{_SUPER}{_SUB}\u0370-\u03ff\u1f00-\u1fff])[^\W\d_]\u0301?)"
_PIECE = re.compile(
    rf"""
    (?P<super>[{_SUPER}]+)|(?P<sub>[{_SUB}]+)
    |\^(?:\{{(?P<braced>[^}}]*)\}}|\((?P<bracketed>[^)]*)\)?|(?P<raised>[+−-]?[^\W_]+))
    |(?<=[^\W\d_])(?<![^\W_]{{2}})_(?:\{{(?P<index>[^}}]*)\}}|(?P<low>[^\W_]{{1,2}})(?![^\W_]))
    |(?P<number>\d+(?:[.,]\d+)*)
    |(?P<greek>(?:(?![{_SUPER}{_SUB}])[\u0370-\u03ff\u1f00-\u1fff])+)
    |(?P<word>{_LETTER}+(?:'{_LETTER}+)*)
    |(?P<sign><=|>=|!=|==|<->|->|=>|\+\+|--|\+=|-=|\*\*|&&|\|\||:=|::|\S)
    """,
    re.VERBOSE,
)

PieceKind = Literal["word", "number", "super", "sub", "sign"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a token that is said as one."""

    kind: PieceKind
    text: str
    """Superscripts and subscripts as plain characters."""


def legible(tokens: Sequence[Token]) -> list[Token]:
    """Tokens whose cores begin and end with what is spoken, signs of formulas included.

    Pictures and invisible characters are gone, letters of mathematical alphabets are plain.
    """
    known = [_unmarked(_legible(token)) for token in tokens]
    return [
        replace(token, core="") if _is_footnote(known[:place], token) else token
        for place, token in enumerate(known)
    ]


def pieces(core: str) -> list[Piece]:
    """Words, numbers, signs, exponents and indices, in order.

    >>> [(p.kind, p.text) for p in pieces("2x²")]
    [('number', '2'), ('word', 'x'), ('super', '2')]
    >>> [(p.kind, p.text) for p in pieces("a_1^{n+1}")]
    [('word', 'a'), ('sub', '1'), ('super', 'n+1')]
    """
    return [_piece(match) for match in _PIECE.finditer(core)]


def plain(text: str) -> str:
    """Text without invisible characters and pictures, compatibility letters made plain.

    Superscripts, subscripts and fractions stay: they mean something of their own.

    >>> plain("𝑥² ﬁne 🎉 Ⅳ ½")
    'x² fine  IV ½'
    """
    return "".join(map(_plain_character, unicodedata.normalize("NFC", text))).translate(_PLAIN)


def is_readable(tokens: Sequence[Token]) -> bool:
    """Whether a sentence has a digit or a letter that rules know: Latin, Greek, Cyrillic.

    Single letters of another script are named; a whole sentence of it is another language,
    and naming its signs one by one would help nobody.
    """
    text = "".join(token.core for token in tokens)
    return _KNOWN.search(text) is not None or not any(map(str.isalpha, text))


def unicode_words(character: str) -> list[str]:
    """Words for a letter or sign that no table has, from its Unicode name, in English.

    Empty when the name says nothing to a listener, as that of an ideograph.

    >>> unicode_words("ש"), unicode_words("中"), unicode_words("⊗")
    (['shin'], [], ['circled', 'times'])
    """
    name = unicodedata.name(character, "")
    if "IDEOGRAPH" in name or "HIEROGLYPH" in name:
        return []
    spoken = re.sub(r".*\b(?:LETTER|SYLLABLE|VOWEL SIGN|DIGIT) ", "", name).lower()
    return re.sub(
        r"[^a-z ]+", " ", re.sub(r"\b(?:sign|with|operator|final)\b", " ", spoken)
    ).split()


def is_scientific(core: str) -> bool:
    """Whether a unit may follow, as after a number: "3×10⁸"."""
    return _POWER_OF_TEN.fullmatch(core) is not None


def _plain_character(character: str) -> str:
    if character in _KEPT_AS_THEY_ARE or character.isascii():
        return character
    category = unicodedata.category(character)
    pictured = category in ("So", "Sk") and ord(character) >= _FIRST_PICTURE
    if category in ("Cf", "Cc", "Co", "Cn", "Me") or pictured or "\ufe00" <= character <= "\ufe0f":
        return ""
    decomposition = unicodedata.decomposition(character)
    if decomposition.startswith(("<font>", "<compat>", "<wide>", "<narrow>", "<circle>")):
        simple = unicodedata.normalize("NFKC", character)
        return simple if simple.isalnum() else character
    return character


def _legible(token: Token) -> Token:
    text = plain(token.text)
    start, end = 0, len(text)
    while start < end and not (_is_spoken(text[start]) or _OPENS_A_CORE.match(text, start)):
        start += 1
    while end > start and not _is_spoken(text[end - 1]):
        end -= 1
    return replace(token, opening=text[:start], core=text[start:end], closing=text[end:])


def _unmarked(token: Token) -> Token:
    """The token without the mark of a footnote, "water.[1]", or of a heading, "##"."""
    if token.core and set(token.core) == {"#"}:
        return replace(token, core="")
    match = _FOOTNOTE.fullmatch(token.core + token.closing)
    if match is None:
        return token
    core = match["word"].rstrip(_STOPS)
    return replace(token, core=core, closing=match["word"][len(core) :] + match["stop"])


def _is_footnote(before: Sequence[Token], token: Token) -> bool:
    """Whether "[1]" stands behind a sentence or a name rather than for a noun: "see [1]"."""
    bracketed = token.opening.endswith("[") and token.closing.startswith("]")
    if not before or not bracketed or not _REFERENCE.fullmatch(token.core):
        return False
    return before[-1].core.lower() not in _BEFORE_A_REFERENCE and not before[-1].core.isdecimal()


def _is_spoken(character: str) -> bool:
    if character.isalnum() or character in _SPOKEN_MARKS:
        return True
    return unicodedata.category(character) in ("Sm", "Sc", "Mn", "Mc")


def _piece(match: re.Match[str]) -> Piece:
    kind = match.lastgroup
    assert kind is not None  # every alternative is named
    text = unicodedata.normalize("NFKC", match[kind]).replace("⁻", "−").replace("₋", "−")
    if kind in ("braced", "bracketed", "raised"):
        return Piece("super", text)
    if kind in ("index", "low"):
        return Piece("sub", text)
    if kind == "super":
        return Piece("super", text)
    if kind == "sub":
        return Piece("sub", text)
    if kind == "number":
        return Piece("number", text)
    return Piece("word" if kind in ("word", "greek") else "sign", match[kind])
