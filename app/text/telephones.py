"""Telephone numbers whose groups of figures are tokens of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.tokens import Token

_COUNTRY = re.compile(r"\+\d{1,3}")
_GROUP = re.compile(r"\d+(?:-\d+)*")


def groups_behind_country(tokens: Sequence[Token], place: int) -> Sequence[Token]:
    """The groups of a telephone number behind the code of a country; empty when there is none.

    >>> phone = [Token(text, "", text, "") for text in ("+34", "91", "123-45", "is")]
    >>> [token.core for token in groups_behind_country(phone, 0)]
    ['91', '123-45']

    Args:
        tokens: Of the sentence.
        place: Of the token that may be the code, "+34"; one group behind it makes no number.
    """
    if not _COUNTRY.fullmatch(tokens[place].core):
        return ()
    end = place + 1
    while end < len(tokens) and _GROUP.fullmatch(tokens[end].core):
        end += 1
    return tokens[place + 1 : end] if end - place > 2 else ()
