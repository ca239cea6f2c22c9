"""How names are said that English readers guess from their letters, and guess wrongly."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

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


@dataclass(frozen=True, slots=True)
class _Name:
    american: str
    british: str


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
    known = _table()[plain]
    return known.british if british else known.american


def _plain(word: str) -> str:
    """A word without its accents; "ø" and other letters of their own stay."""
    parts = unicodedata.normalize("NFD", word.replace("’", "'"))
    return "".join(character for character in parts if not unicodedata.combining(character))


def _in_london(sounds: str) -> str:
    for pattern, said in _IN_LONDON:
        sounds = pattern.sub(said, sounds)
    return sounds


@cache
def _table() -> Mapping[str, _Name]:
    result: dict[str, _Name] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("//"):
            written, american, *british = line.rstrip("\t").split("\t")
            result[written] = _Name(american, british[0] if british else _in_london(american))
    return result
