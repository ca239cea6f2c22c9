"""Numbers that share a noun: "в 2001, 2005 и 2010 гг.", "1 и 2 курсы"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.text.tokens import Token

_JOINING = ("и", "или")

IsItem = Callable[[str], bool]


def first_of_list(tokens: Sequence[Token], place: int, is_item: IsItem) -> int:
    """Place of the first number of the list that a number stands in; its own without one."""
    while place >= 1:
        if place >= 2 and _joins(tokens[place - 1]) and _opens(tokens[place - 2], is_item, ""):
            place -= 2
        elif _opens(tokens[place - 1], is_item, ","):
            place -= 1
        else:
            break
    return place


def last_of_list(tokens: Sequence[Token], place: int, is_item: IsItem) -> int:
    """Place of the last number of the list; its own without one."""
    while True:
        after = tokens[place + 1 : place + 3]
        if tokens[place].closing == "," and after and is_item(after[0].core):
            place += 1
        elif (
            not tokens[place].closing
            and len(after) == 2
            and _joins(after[0])
            and is_item(after[1].core)
        ):
            place += 2
        else:
            return place


def _joins(token: Token) -> bool:
    return token.core.lower() in _JOINING and not token.closing


def _opens(token: Token, is_item: IsItem, closing: str) -> bool:
    return token.closing == closing and is_item(token.core)
