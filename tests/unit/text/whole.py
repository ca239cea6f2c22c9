"""What Spanish, French and Italian leave of any text: all of its pieces, and nothing but words."""

from __future__ import annotations

import re

from app.text.tokens import INNER_PAUSE, Verbalized

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*'?")


def assert_whole(text: str, pieces: list[Verbalized]) -> None:
    """The pieces are the text with single spaces, their words are letters, pauses part words."""
    assert " ".join(piece.written for piece in pieces) == " ".join(text.split())
    words = [word for piece in pieces for word in piece.words if word != INNER_PAUSE]
    assert [word for word in words if not WORD.fullmatch(word)] == []
    for piece in pieces:
        assert INNER_PAUSE not in (*piece.words[:1], *piece.words[-1:])
