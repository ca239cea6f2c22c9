"""Letters of other alphabets that stand alone in English texts by mistake: "а" for the article."""

from __future__ import annotations

from dataclasses import replace

from app.text.tokens import Token

_ALONE = str.maketrans("аАІ", "aAI")
"""Words of one letter; longer ones every language restores, see :mod:`app.text.lookalikes`."""


def in_latin(token: Token) -> Token:
    """The token with the Latin letter that was meant.

    >>> [in_latin(Token(core, "", core, "")).core for core in ("а", "мир", "α")]
    ['a', 'мир', 'α']
    """
    core = token.core
    return replace(token, core=core.translate(_ALONE)) if len(core) == 1 else token
