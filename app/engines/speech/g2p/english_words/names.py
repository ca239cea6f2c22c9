"""How names are said that English readers guess from their letters, and guess wrongly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from app.text.characters import without_accents
from app.text.tables import rows

_TABLE = Path(__file__).with_name("names.tsv")
_POSSESSIVE = re.compile(r"(?P<name>.+?)(?P<ending>['’]s?)")
_NOT_BEFORE_A_VOWEL = r"(?![AIOWYaiuæɑəɛɪɔʊʌᵊᵻˈˌ])"
_IN_LONDON = tuple(
    (re.compile(pattern), sounds)
    for pattern, sounds in (
        ("T", "t"), ("O", "Q"), ("æ", "a"), ("ᵻ", "ɪ"),
        ("ɜɹ" + _NOT_BEFORE_A_VOWEL, "ɜː"), ("ɛɹ" + _NOT_BEFORE_A_VOWEL, "ɛː"),
        ("əɹ" + _NOT_BEFORE_A_VOWEL, "ə"), ("([ɪʊ])ɹ" + _NOT_BEFORE_A_VOWEL, r"\1ə"),
        ("([ɑɔ])ɹ" + _NOT_BEFORE_A_VOWEL, r"\1ː"), ("ɜɹ", "ɜːɹ"),
        ("([ɑɔu])(?!ː)", r"\1ː"), ("i(?=[AIOWQYaiuɑəɛɪʊʌᵊ])", "ɪ"), ("ˈi(?!ː)", "ˈiː"),
        ("i(?!ː)(?=.)", "iː"),
    )
)  # fmt: skip
"""What London makes of the sounds of New York."""


def name(word: str, *, british: bool = False) -> str:
    """Sounds of a name, of its genitive included; empty when the table does not have it.

    >>> name("Euler"), name("Euler", british=True), name("Hertz"), name("Schrödinger's")
    ('ˈYləɹ', 'ˈYlə', '', 'ʃɹˈOdɪŋəɹz')

    Args:
        word: With its capital; accents need not be written.
        british: As in London rather than in New York.
    """
    plain = _plain(word)
    if plain in _table():
        return _sounds(plain, british=british)
    genitive = _POSSESSIVE.fullmatch(plain)
    if genitive is None or genitive["name"] not in _table():
        return ""
    return with_s(_sounds(genitive["name"], british=british), british=british)


def with_s(sounds: str, *, british: bool) -> str:
    """Sounds of a word with the "s" of a genitive, a plural or a verb.

    >>> with_s("ˈYləɹ", british=False), with_s("ɡˈWs", british=True)
    ('ˈYləɹz', 'ɡˈWsɪz')
    """
    if sounds[-1] in "szʃʒʧʤ":
        return sounds + ("ɪz" if british else "ᵻz")
    return sounds + ("s" if sounds[-1] in "ptkfθ" else "z")


def _sounds(plain: str, *, british: bool) -> str:
    american, londons = _table()[plain]
    return (londons or _in_london(american)) if british else american


def _plain(word: str) -> str:
    """A word as the table has it: without accents, the apostrophe plain."""
    return without_accents(word.replace("’", "'"))


def _in_london(sounds: str) -> str:
    for pattern, said in _IN_LONDON:
        sounds = pattern.sub(said, sounds)
    return sounds


@cache
def _table() -> Mapping[str, tuple[str, str]]:
    """Sounds of New York, and those of London or nothing, where rules give them."""
    return {written: (american, "".join(british)) for written, american, *british in rows(_TABLE)}
