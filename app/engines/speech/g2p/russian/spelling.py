"""Russian tokens written out as they are spoken."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from app.engines.speech.g2p.russian.abbreviations import abbreviation
from app.engines.speech.g2p.russian.dates import date
from app.engines.speech.g2p.russian.latin import acronym, greek, latin, letter_name
from app.engines.speech.g2p.russian.numbers import number, plain
from app.engines.speech.g2p.tokens import Spelled, Token

_PIECE = re.compile(
    r"(?P<russian>[а-яё\u0301]+(?:-[а-яё\u0301]+)*)|(?P<latin>[a-z]+(?:-[a-z]+)*)"
    r"|(?P<digits>[0-9]+)|(?P<other>\S)",
    re.IGNORECASE,
)
_SIGNS = {
    "%": "процентов", "№": "номер", "§": "параграф", "°": "градусов", "+": "плюс", "−": "минус",
    "=": "равно", "<": "меньше", ">": "больше", "×": "умножить на", "÷": "делить на",
    "≈": "примерно равно", "±": "плюс минус", "&": "и", "@": "собака", "#": "шарп",
    "²": "в квадрате", "³": "в кубе", "$": "долларов", "€": "евро", "£": "фунтов", "₽": "рублей",
}  # fmt: skip
_INITIALS = re.compile(r"(?:[А-ЯЁ]\.)*[А-ЯЁ]")

_Rule = Callable[[Sequence[Token], int], list[Spelled]]


def spell(tokens: Sequence[Token]) -> list[Spelled]:
    """Words of each token, in order.

    Numbers, dates and abbreviations take their case from their neighbours, but
    every token keeps its own words.
    """
    spelled: list[Spelled] = []
    while len(spelled) < len(tokens):
        spelled.extend(_first(tokens, len(spelled)))
    return spelled


def _first(tokens: Sequence[Token], place: int) -> list[Spelled]:
    for rule in _RULES:
        found = rule(tokens, place)
        if found:
            return found
    token = tokens[place]
    return [Spelled(tuple(_words(token.core)), token.opening, token.closing)]


def _initials(tokens: Sequence[Token], place: int) -> list[Spelled]:
    """Names of the letters of initials, as in "А. С. Пушкин"."""
    token = tokens[place]
    last = place + 1 == len(tokens)
    if last or not token.closing.startswith(".") or not _INITIALS.fullmatch(token.core):
        return []
    if not tokens[place + 1].text[:1].isupper():
        return []
    names = tuple(name for letter in token.core.split(".") for name in letter_name(letter) if name)
    return [Spelled(names, token.opening, token.closing[1:])]


def _words(core: str) -> list[str]:
    return [word for match in _PIECE.finditer(core) for word in _piece(match)]


def _piece(match: re.Match[str]) -> list[str]:
    text = match.group()
    if match["russian"]:
        return acronym(text) or [text.lower()]
    if match["latin"]:
        return latin(text)
    if match["digits"]:
        return plain(text)
    return greek(text) or _SIGNS.get(text, "").split()


_RULES: tuple[_Rule, ...] = (abbreviation, date, number, _initials)
