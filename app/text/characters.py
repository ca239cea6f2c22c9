"""Characters of a text: which are spoken, which are only drawn, what Unicode calls them."""

from __future__ import annotations

import re
import unicodedata

from app.text.lookalikes import restored

_KEPT_AS_THEY_ARE = frozenset("…№♭♮")
_PLAIN = str.maketrans(
    {"’": "'", "ʼ": "'", "⁄": "/", "∕": "/", "℃": "°C", "℉": "°F", "‐": "-", "‑": "-"}
)
_FIRST_PICTURE = 0x2300
"""From here on the "other symbols" of Unicode are pictures: clocks, ticks, emoji."""
_SPOKEN_MARKS = frozenset("%‰№§¶°#@&^/\\′″‖©®™♭♮")


def legible(text: str, *, cyrillic: bool = True) -> str:
    """Text without invisible characters and pictures, compatibility letters made plain.

    Letters of another alphabet that only look right are exchanged for those of the word.
    Superscripts, subscripts and fractions stay: they mean something of their own.

    >>> legible("𝑥² ﬁne 🎉 Ⅳ ½")
    'x² fine  IV ½'
    >>> legible("٣ ፬ ❶ ⑻ ⒈")
    '3 4 1 8 1'

    Args:
        text: Any.
        cyrillic: Whether a word of letters that look alike in both alphabets is Cyrillic.
    """
    plain = "".join(map(_legible_character, unicodedata.normalize("NFC", text)))
    return restored(plain.translate(_PLAIN), cyrillic=cyrillic)


def is_spoken(character: str) -> bool:
    """Whether a character may begin or end what is spoken."""
    if character.isalnum() or character in _SPOKEN_MARKS:
        return True
    return unicodedata.category(character) in ("Sm", "Sc", "Mn", "Mc")


def without_accents(text: str) -> str:
    """Text without the accents of its letters; "ø" and other letters of their own stay.

    >>> without_accents("Schrödinger, rôle, Ørsted")
    'Schrodinger, role, Ørsted'
    """
    parts = unicodedata.normalize("NFD", text)
    return "".join(character for character in parts if not unicodedata.combining(character))


def unicode_words(character: str) -> list[str]:
    """Words for a letter or sign that no table has, from its Unicode name, in English.

    Empty when the name says nothing to a listener, as that of an ideograph.

    >>> unicode_words("ש"), unicode_words("中"), unicode_words("⊗")
    (['shin'], [], ['circled', 'times'])
    """
    name = unicodedata.name(character, "")
    if "IDEOGRAPH" in name or "HIEROGLYPH" in name:
        return []
    spoken = re.sub(r".*\b(?:LETTER|SYLLABLE|VOWEL SIGN|DIGIT) ", "", name).lower()
    return re.sub(
        r"[^a-z ]+", " ", re.sub(r"\b(?:sign|with|operator|final)\b", " ", spoken)
    ).split()


def _legible_character(character: str) -> str:
    if character in _KEPT_AS_THEY_ARE or character.isascii():
        return character
    category = unicodedata.category(character)
    pictured = category in ("So", "Sk") and ord(character) >= _FIRST_PICTURE
    if category in ("Cf", "Cc", "Co", "Cn", "Me") or pictured or "\ufe00" <= character <= "\ufe0f":
        return ""
    decomposition = unicodedata.decomposition(character)
    if decomposition.startswith(("<font>", "<compat>", "<wide>", "<narrow>", "<circle>")):
        simple = unicodedata.normalize("NFKC", character)
        simple = simple.strip("(,.)") if category == "No" else simple
        return simple if simple.isalnum() else character
    if category in ("Nd", "No") and not decomposition:
        # Digits and numbers of other scripts, "٣" and "፬": readers of words know those of ASCII.
        value = unicodedata.numeric(character)
        return str(int(value)) if value.is_integer() else character
    return character
