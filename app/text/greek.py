"""The Greek alphabet, and its letters in Latin ones."""

from __future__ import annotations

from app.text.tables import words

ALPHABET = "αβγδεζηθικλμνξοπρστυφχψω"
"""Small letters in their order, without the sigma that ends a word."""

LATIN = dict(
    zip(
        f"{ALPHABET}ς",
        words("a v g d e z i th i k l m n x o p r s t y f ch ps o s"),
        strict=True,
    )
)
"""How each letter sounds today, for readers who know Latin letters only."""
