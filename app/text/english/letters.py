"""English names of letters, and letters of other scripts in Latin ones."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from app.text.characters import unicode_words
from app.text.greek import ALPHABET, LATIN
from app.text.tables import words
from app.text.tokens import LONG_A, Token

_GREEK = dict(
    zip(
        f"{ALPHABET}ςϵϑϕ",
        words(
            """
            alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi
            rho sigma tau upsilon phi chi psi omega sigma epsilon theta phi
            """
        ),
        strict=True,
    )
)
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z",
    "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "і": "i", "ї": "yi",
    "є": "ye", "ґ": "g", "ў": "w", "ј": "y", "љ": "ly", "њ": "ny", "ћ": "ch", "ђ": "dj",
    "џ": "dzh",
}  # fmt: skip
_CYRILLIC_NAMES = {"ж": "zhe", "б": "beh", "в": "veh", "г": "geh", "д": "deh", "з": "zeh",
                   "ц": "tseh", "ч": "che", "ш": "sha", "щ": "shcha", "х": "kha", "ъ": "hard sign",
                   "ь": "soft sign", "п": "peh", "т": "teh", "к": "kah", "л": "el", "м": "em",
                   "н": "en", "р": "er", "с": "es", "ф": "ef"}  # fmt: skip
_MEANT_IN_LATIN = str.maketrans("аАІ", "aAI")
"""Cyrillic letters that alone in an English text are a word by mistake: "а" for the article."""


def letter(character: str) -> list[str]:
    """Name of one letter of any script; empty for what has none.

    >>> letter("β"), letter("ж"), letter("a"), letter("א")
    (['beta'], ['zhe'], ['Á'], ['alef'])
    """
    lower = character.lower()
    if lower in _GREEK:
        return [_GREEK[lower]]
    if lower in _CYRILLIC:
        return _CYRILLIC_NAMES.get(lower, _CYRILLIC[lower]).split()
    if lower == "a":
        return [LONG_A]
    if character.isascii() and character.isalpha():
        return [character]
    return named(character)


def named(character: str) -> list[str]:
    """Words for any letter or sign, from its Unicode name: the last resort.

    >>> named("ש"), named("中"), named("⊗"), named("é")
    (['shin'], ['character'], ['circled', 'times'], ['e'])
    """
    base = unicodedata.normalize("NFKD", character)[0]
    if base != character and base.isascii() and base.isalnum():
        return [base]
    return unicode_words(character) or ["character"]


def romanized(word: str) -> list[str]:
    """A word of another alphabet in Latin letters; letter by letter if the script is unknown.

    >>> romanized("Пушкин"), romanized("λόγος"), romanized("café"), romanized("中文")
    (['Pushkin'], ['logos'], ['café'], ['character', 'character'])
    """
    if all("LATIN" in unicodedata.name(character, "") for character in word if character != "'"):
        return [word]
    bare = unicodedata.normalize("NFD", word) if _is_greek(word) else word.replace("\u0301", "")
    bare = "".join(c for c in bare if not unicodedata.combining(c))
    sounds = LATIN | _CYRILLIC
    if any(c.lower() not in sounds and not c.isascii() for c in bare):
        return [name for c in bare for name in letter(c)]
    latin = "".join(sounds.get(c.lower(), c) for c in bare)
    return [latin.capitalize() if word[:1].isupper() else latin] if latin else letter(bare[0])


def in_latin(token: Token) -> Token:
    """The token with the Latin letter that was meant, where one of another alphabet stands alone.

    Longer words every language restores, see :mod:`app.text.lookalikes`.

    >>> [in_latin(Token(core, "", core, "")).core for core in ("а", "мир", "α")]
    ['a', 'мир', 'α']
    """
    core = token.core
    return replace(token, core=core.translate(_MEANT_IN_LATIN)) if len(core) == 1 else token


def _is_greek(word: str) -> bool:
    return any("GREEK" in unicodedata.name(character, "") for character in word)
