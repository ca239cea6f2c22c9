"""Pieces of a written token that are said as one: words, numbers, signs, exponents, indices."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

_SUPER = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀ"
_SUB = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼᵣᵤᵥ"
_POWER_OF_TEN = re.compile(r"(?:.*[×·])?10(?:\^|[⁻⁰¹²³⁴-⁹]).*|.*[×·].*")
_HALVES = "\u00bc-\u00be\u2150-\u215f"
_LETTER = rf"(?:(?![{_SUPER}{_SUB}{_HALVES}\u0370-\u03ff\u1f00-\u1fff])[^\W\d_]\u0301?)"
_PIECE = re.compile(
    rf"""
    (?P<super>[{_SUPER}]+)|(?P<sub>[{_SUB}]+)
    |\^(?:\{{(?P<braced>[^}}]*)\}}?|\((?P<bracketed>[^)]*)\)?|(?P<raised>[+−-]?[^\W_]+))
    |(?:(?<=[^\W\d_])(?<![^\W_]{{2}})|(?<=[∑∏∫∮⋃⋂])
        |(?<=\blim)|(?<=\blog)|(?<=\bmax)|(?<=\bmin)|(?<=\bsup))_(?:\{{(?P<index>[^}}]*)\}}?|(?P<low>[^\W_]{{1,2}})(?![^\W_]))
    |(?P<number>\d+(?:[.,]\d+)*)
    |(?P<greek>(?:(?![{_SUPER}{_SUB}])[\u0370-\u03ff\u1f00-\u1fff])+)
    |(?P<word>{_LETTER}+(?:'{_LETTER}+)*)
    |(?P<sign><=|>=|!=|==|<->|->|=>|\+\+|--|\+=|-=|\*\*|&&|\|\||:=|::|\S)
    """,
    re.VERBOSE,
)

_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")

PieceKind = Literal["word", "number", "super", "sub", "sign"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a token that is said as one."""

    kind: PieceKind
    text: str
    """Superscripts and subscripts as plain characters."""


def pieces(core: str) -> list[Piece]:
    """Words, numbers, signs, exponents and indices, in order.

    >>> [(p.kind, p.text) for p in pieces("2x²")]
    [('number', '2'), ('word', 'x'), ('super', '2')]
    >>> [(p.kind, p.text) for p in pieces("a_1^{n+1}")]
    [('word', 'a'), ('sub', '1'), ('super', 'n+1')]
    """
    return [_piece(match) for match in _PIECE.finditer(core)]


def between(parts: Sequence[Piece]) -> Iterable[tuple[Piece | None, Piece, Piece | None]]:
    """Each piece with the one before it and the one behind it; None at the ends.

    >>> [(after or before).text for before, _, after in between(pieces("2x"))]
    ['x', '2']
    """
    return zip([None, *parts], parts, [*parts[1:], None], strict=False)


def humps(word: str) -> list[str]:
    """The parts of a word in which capitals begin new ones.

    >>> humps("getHTTPHeader"), humps("word")
    (['get', 'HTTP', 'Header'], ['word'])
    """
    return _HUMPS.split(word)


def is_scientific(core: str) -> bool:
    """Whether a unit may follow, as after a number: "3×10⁸"."""
    return _POWER_OF_TEN.fullmatch(core) is not None


def _piece(match: re.Match[str]) -> Piece:
    kind = match.lastgroup
    assert kind is not None  # every alternative is named
    if kind in ("braced", "bracketed", "raised"):
        return Piece("super", match[kind])
    if kind in ("index", "low"):
        return Piece("sub", match[kind])
    text = unicodedata.normalize("NFKC", match[kind]).replace("⁻", "−").replace("₋", "−")
    if kind == "super":
        return Piece("super", text)
    if kind == "sub":
        return Piece("sub", text)
    if kind == "number":
        return Piece("number", text)
    return Piece("word" if kind in ("word", "greek") else "sign", match[kind])
