"""Units that no number stands before: "в км/ч", "за шт.", "сколько кг"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.russian.abbreviations import closing
from app.text.russian.context import word_before
from app.text.russian.units import is_unit, unit
from app.text.tables import words
from app.text.tokens import Token, Verbalized

_LETTERS = re.compile(r"[А-Яа-яЁё·]{2,}[²³]?(?:/[А-Яа-яЁё]+[²³]?)?|[а-яё]/[а-яё]+[²³]?")
_WORDS = frozenset(
    words("мин об уд рад бар моль бит байт кадр атм кал пк мес дн сут нед экз па ом руб коп кб тб")
)
"""Signs that are words, or abbreviations of others, where no number stands before them."""
_COUNTING = frozenset(words("сколько несколько много мало немного столько десятки сотни тысячи"))


def lone_unit(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """A unit without a number in the form its place asks for; empty for another token."""
    token = tokens[place]
    if not _LETTERS.fullmatch(token.core) or token.core.lower() in _WORDS:
        return []
    if not is_unit(token.core):
        return []
    if place and re.search(r"\d|[⁰¹²³⁴-⁹]", tokens[place - 1].core):
        return []
    before = word_before(tokens, place)
    return [token.said(_words(token.core, before), closing=closing(tokens, place))]


def _words(sign: str, before: str) -> list[str]:
    if before in _COUNTING or (before.isascii() and len(before) == 1):
        return unit(sign, 5)
    if before in ("в", "во"):
        return unit(sign, 5, "prepositional")
    return unit(sign, 1, "accusative" if before in ("за", "на", "через") else "nominative")
