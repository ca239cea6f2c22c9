"""Letters of another alphabet that look like those of the word they stand in."""

from __future__ import annotations

import re
import unicodedata

_LATIN = "aceopxyëiABCEHKMOPTXYË"
_CYRILLIC = "асеорхуёіАВСЕНКМОРТХУЁ"
_TO_CYRILLIC = dict(zip(_LATIN, _CYRILLIC, strict=True)) | {"s": "ѕ", "j": "ј"}
_TO_LATIN = dict(zip(_CYRILLIC, _LATIN, strict=True)) | {
    "ѕ": "s", "ј": "j", "һ": "h", "ԁ": "d", "ԛ": "q", "ԝ": "w", "І": "I", "Ј": "J", "Ѕ": "S",
    "Ԍ": "G", "Ԛ": "Q", "Ԝ": "W",
}  # fmt: skip
_GREEK_TO_LATIN = dict(zip("οϲΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ocABEZHIKMNOPTYX", strict=True))
"""Without small letters that stand behind functions, "sinα"."""
_GREEK_TO_CYRILLIC = dict(zip("οαερχυϲκΑΒΓΕΗΚΜΟΠΡΤΦΧ", "оаерхускАВГЕНКМОПРТФХ", strict=True))

_RUN = re.compile("(?:[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u052f]\u0301?)+")
_CYRILLIC_LETTER = re.compile("[\u0400-\u052f]")
_LATIN_LETTER = re.compile("[A-Za-z\u00c0-\u024f]")
_GREEK_LETTER = re.compile("[\u0370-\u03ff]")
_LETTER = re.compile("[A-Za-z\u00c0-\u024f\u0400-\u052f]")
_FEWEST = 3
"""Letters of its alphabet that tell a word from a formula like "αx" or "ΔT"."""


def restored(text: str, *, cyrillic: bool = True) -> str:
    """Words with each letter in the alphabet of the word, where only its looks are right.

    A Latin or Greek letter in a Cyrillic word becomes the Cyrillic one, a Cyrillic or Greek one
    in a Latin word the Latin one.  A word that has letters of two alphabets which do not look
    alike stays as it is.

    >>> restored("Пoдписаться"), restored("Рython"), restored("ХIХ"), restored("αx")
    ('Подписаться', 'Python', 'XIX', 'αx')

    Args:
        text: Any.
        cyrillic: Whether a word is Cyrillic that has as many letters of either alphabet, all of
            them alike, as "Hе".
    """
    if text.isascii():
        return text
    return _RUN.sub(lambda run: _in_one_alphabet(run[0], cyrillic=cyrillic), text)


def is_cyrillic(text: str) -> bool:
    """Whether most letters of a text are Cyrillic, so far as they are Latin or Cyrillic."""
    return 2 * len(_CYRILLIC_LETTER.findall(text)) > len(_LETTER.findall(text))


def _in_one_alphabet(word: str, *, cyrillic: bool) -> str:
    latin, russian, greek = (
        pattern.findall(word) for pattern in (_LATIN_LETTER, _CYRILLIC_LETTER, _GREEK_LETTER)
    )
    if latin and russian and not greek:
        return _latin_or_cyrillic(word, latin, russian, cyrillic=cyrillic)
    if greek and len(russian) >= _FEWEST and not latin:
        return _translated(word, greek, _GREEK_TO_CYRILLIC)
    if greek and len(latin) >= _FEWEST and not russian:
        return _translated(word, greek, _GREEK_TO_LATIN)
    return word


def _latin_or_cyrillic(word: str, latin: list[str], russian: list[str], *, cyrillic: bool) -> str:
    as_cyrillic = all(_plain(letter) in _TO_CYRILLIC for letter in latin)
    as_latin = all(letter in _TO_LATIN for letter in russian)
    if as_cyrillic and as_latin:
        surplus = len(russian) - len(latin)
        named = word[:1].islower() and not word[1:].islower()  # "pH"
        as_cyrillic = (surplus > 0 or (cyrillic and not surplus)) and not named
    if as_cyrillic:
        return _translated(word, latin, _TO_CYRILLIC)
    return _translated(word, russian, _TO_LATIN) if as_latin else word


def _translated(word: str, strangers: list[str], table: dict[str, str]) -> str:
    """The word with these letters exchanged, if all of them are in the table."""
    if not all(_plain(letter) in table for letter in strangers):
        return word
    return "".join(_exchanged(letter, table) if letter in strangers else letter for letter in word)


def _exchanged(letter: str, table: dict[str, str]) -> str:
    """The letter's double; an accent of stress, as on "ó", stays."""
    plain = _plain(letter)
    return table[plain] + ("\u0301" if plain != letter else "")


def _plain(letter: str) -> str:
    """A letter without an acute accent."""
    parts = unicodedata.normalize("NFD", letter)
    return parts[0] if parts[1:] == "\u0301" else letter
