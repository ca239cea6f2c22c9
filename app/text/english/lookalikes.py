"""Letters of other alphabets that stand in English words by mistake, for they look the same."""

from __future__ import annotations

import re
from dataclasses import replace

from app.text.tokens import Token

_CYRILLIC = dict(zip("аеорсухіјѕһԁԛԝАВЕКМНОРСТУХІЈЅ", "aeopcyxijshdqwABEKMHOPCTYXIJS", strict=True))
_GREEK = dict(zip("οΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "oABEZHIKMNOPTYX", strict=True))
_ALONE = str.maketrans("аАІ", "aAI")
"""Words of one letter."""
_CYRILLIC_LETTER = re.compile(r"[\u0400-\u052f]")
_GREEK_LETTER = re.compile(r"[\u0370-\u03ff]")
_LATIN_LETTER = re.compile(r"[A-Za-z]")


def in_latin(token: Token) -> Token:
    """The token with its look-alikes as the Latin letters that were meant.

    >>> [in_latin(Token(core, "", core, "")).core for core in ("pареr", "wοrld", "мир", "Δt")]
    ['paper', 'world', 'мир', 'Δt']
    """
    core = token.core
    if core.isascii():
        return token
    if len(core) == 1:
        return replace(token, core=core.translate(_ALONE))
    latin = len(_LATIN_LETTER.findall(core))
    if latin and _all_in(_CYRILLIC, _CYRILLIC_LETTER.findall(core)):
        core = "".join(_CYRILLIC.get(letter, letter) for letter in core)
    # Beside one or two Latin letters a Greek one is a variable.
    if latin > 2 and _all_in(_GREEK, _GREEK_LETTER.findall(core)):
        core = "".join(_GREEK.get(letter, letter) for letter in core)
    return replace(token, core=core)


def _all_in(table: dict[str, str], letters: list[str]) -> bool:
    return bool(letters) and all(letter in table for letter in letters)
