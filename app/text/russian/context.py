"""Which case a noun takes from the words around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.russian.numerals import Case
from app.text.tables import words
from app.text.tokens import Token

CASE_OF_PREPOSITION: dict[str, Case] = {
    **dict.fromkeys(
        words(
            """
            до от из без около у для после против кроме вокруг возле среди ради вместо внутри вне
            накануне вблизи близ мимо вдоль изо ото напротив посреди относительно насчёт
            """
        ),
        "genitive",
    ),
    **dict.fromkeys(words("к ко по благодаря согласно вопреки"), "dative"),
    **dict.fromkeys(words("через про сквозь"), "accusative"),
    **dict.fromkeys(words("над перед между под за"), "instrumental"),
    **dict.fromkeys(words("в во на о об обо при"), "prepositional"),
}
"""Of a noun that names a place, a person or a part of a book."""

INSTRUMENTAL = ("ом", "ем", "ём", "ым", "им", "ой", "ей", "ью", "ами", "ями", "ыми", "ими")
"""Endings of nouns and adjectives in the instrumental."""

_INITIAL = re.compile("[А-ЯЁ](?:\\.[А-ЯЁ])*")
_NO_NOUN = ("ла", "лась", "ет", "ит", "ёт", "ал", "ил", "ел", "ает", "ют", "ут", "ят", "ат", "ли")
"""Endings of verbs."""
_COMPARING = ("ср", "совпад", "соглас", "связан", "вместе")
_NO_NOUNS = words("и а но или этом том чём чем здесь там тогда как что где когда")


def word_before(tokens: Sequence[Token], place: int) -> str:
    """The word before a token in small letters; empty behind a mark and at the start."""
    if not place or tokens[place - 1].closing or tokens[place].opening not in ("", "(", "«", "["):
        return ""
    return tokens[place - 1].core.lower()


def word_after(tokens: Sequence[Token], place: int) -> str:
    """The word behind a token as it is written; empty when there is none."""
    return tokens[place + 1].core if place + 1 < len(tokens) else ""


def case_by_ending(
    word: str, endings: Sequence[tuple[str, Case]], other: Case = "nominative"
) -> Case:
    """The case of the first of the endings that a word has; the other when it has none."""
    return next((case for ending, case in endings if word.endswith(ending)), other)


def case_of_thing(tokens: Sequence[Token], place: int) -> Case:
    """Case of a noun that names a thing, from the preposition before it."""
    before = word_before(tokens, place)
    if before in ("с", "со"):
        compared = place > 1 and tokens[place - 2].core.lower().startswith(_COMPARING)
        return "instrumental" if compared else "genitive"
    return CASE_OF_PREPOSITION.get(before, "nominative")


def case_of_person(tokens: Sequence[Token], place: int) -> Case:
    """Case of a title, from the preposition before it and the ending of the name behind it."""
    before, name = word_before(tokens, place), _name(tokens, place)
    if before in ("с", "со"):
        return "instrumental" if name.endswith(INSTRUMENTAL) or not name else "genitive"
    if before in CASE_OF_PREPOSITION:
        return CASE_OF_PREPOSITION[before]
    if not place or tokens[place - 1].closing.startswith(("!", "?")):
        return "nominative"
    named = before and not before.endswith(_NO_NOUN) and before not in _NO_NOUNS
    if name.endswith(("ого", "его")) or (named and name.endswith(("а", "я", "ы", "и"))):
        return "genitive"
    if name.endswith(("у", "ю", "ому", "ему")) and named:
        return "dative"
    return "instrumental" if name.endswith(("ом", "ем", "ым")) else "nominative"


def _name(tokens: Sequence[Token], place: int) -> str:
    """The surname behind a title, past further titles and initials."""
    for token in tokens[place + 1 : place + 5]:
        if not token.closing.startswith(".") or not (
            _INITIAL.fullmatch(token.core) or token.core.islower()
        ):
            return token.core if token.core[:1].isupper() else ""
    return ""
