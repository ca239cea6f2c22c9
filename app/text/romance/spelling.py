"""Words, acronyms and letters: which are said as they stand, and which are spelt out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from fractions import Fraction

from app.text.characters import unicode_words
from app.text.greek import ALPHABET, LATIN
from app.text.romance.language import Language
from app.text.tokens import Token

_GREEK_VARIANTS = str.maketrans({"ς": "σ", "ϵ": "ε", "ϑ": "θ", "ϕ": "φ", "µ": "μ"})
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "io", "ж": "j", "з": "z",
    "и": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "sh", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia", "і": "i", "ї": "i",
    "є": "ie", "ґ": "g", "ў": "u", "ј": "i", "љ": "li", "њ": "ni", "ћ": "ch", "ђ": "dj",
    "џ": "dj",
}  # fmt: skip
_SOUNDS = LATIN | _CYRILLIC
_LATIN = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
    "ŋ": "n", "ħ": "h", "ŧ": "t", "ə": "e", "ĸ": "k", "ŀ": "l", "ŉ": "n", "ſ": "s", "ƒ": "f",
}  # fmt: skip
_LONGEST_ACRONYM = 5
"""Capitals in a row beyond which a word is written loud rather than an acronym."""
_LENGTHS_OF_A_TITLE = (4, 5)
"""Letters of a word that alone, in capitals, is rather a title than an acronym: "STOP"."""
_LONGEST_TITLE = 12
"""How many words on either side are looked at."""
_CONSONANTS_ALONE = 4
_ROMAN = re.compile("[IVXLC]{2,}")


def letter(character: str, language: Language) -> str:
    """Name of one letter of any script; empty for what has none."""
    lower = unicodedata.normalize("NFC", character).lower().translate(_GREEK_VARIANTS)
    letters = language.letters
    if lower in letters.names:
        return letters.names[lower]
    if lower in ALPHABET:
        return letters.greek[ALPHABET.index(lower)]
    if _CYRILLIC.get(lower):
        return _CYRILLIC[lower] if _CYRILLIC[lower] in "aeiou" else _CYRILLIC[lower] + "e"
    if unicodedata.decomposition(character).startswith("<fraction>"):
        part = Fraction(unicodedata.numeric(character)).limit_denominator(10)
        if part.denominator == 1:
            return language.numerals.cardinal(part.numerator)
        return language.numerals.fraction(part.numerator, part.denominator)
    plain = _unaccented(lower, "")
    if plain and all(each in letters.names for each in plain):
        return " ".join(letters.names[each] for each in plain)
    return " ".join(unicode_words(character)) or letters.unnamed


def spelt_out(word: str, language: Language) -> str:
    """Names of the letters of an acronym; a small "s" of the plural is silent."""
    core = word[:-1] if re.fullmatch(r"[A-Z]{2,}s", word) else word
    return " ".join(letter(character, language) for character in core if character.isalpha())


def is_shouted(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether a token is one of several words in capitals, and one of them is no acronym."""
    alone = len(tokens) == 1 and tokens[0].core.isalpha()
    if alone and len(tokens[0].core) in _LENGTHS_OF_A_TITLE:
        return True
    first = last = place
    least, most = max(place - _LONGEST_TITLE, 0), min(place + _LONGEST_TITLE, len(tokens))
    while first > least and _in_capitals(tokens[first - 1]) and not tokens[first - 1].closing:
        first -= 1
    while last + 1 < most and _in_capitals(tokens[last + 1]) and not tokens[last].closing:
        last += 1
    known = language.letters
    run = [
        token.core
        for token in tokens[first : last + 1]
        if token.core.isalpha()
        and (token.core.lower() in known.common or not _ROMAN.fullmatch(token.core))
    ]
    if len(run) < 2:
        return False
    words = [
        core
        for core in run
        if core not in known.words
        and core not in known.spelt
        and (len(core) >= _LONGEST_ACRONYM or (core.lower() in known.common and len(core) > 1))
    ]
    return len(words) * 2 >= len(run) or len(run) > 3


def capitals(word: str, language: Language, *, shouted: bool) -> str:
    """A word in capitals: read as a word, or letter by letter.

    Args:
        word: Capitals, at most followed by a small "s".
        language: Whose letters.
        shouted: Whether its neighbours are in capitals too, as in a heading.
    """
    letters = language.letters
    core = word[:-1] if re.fullmatch(r".*[A-Z]s", word) else word
    if core in letters.words or core in letters.spelt:
        return plain(core, language) if core in letters.words else spelt_out(core, language)
    has_vowel = letters.vowels.search(word.lower()) is not None
    common = core.lower() in letters.common
    long = len(core) > _LONGEST_ACRONYM or _is_sayable(core, language)
    if has_vowel and (common or shouted or long or _readable(core)):
        return plain(word, language)
    return spelt_out(word, language)


def _is_sayable(acronym: str, language: Language) -> bool:
    """Whether the letters sound like a word of the language, "AVANT": few acronyms do."""
    sayable = language.letters.sayable
    return sayable is not None and sayable.fullmatch(acronym.lower()) is not None


def plain(word: str, language: Language) -> str:
    """A word in small letters of the language; of a foreign script, in Latin letters.

    What cannot be read is spelt out.
    """
    lower = unicodedata.normalize("NFC", word).lower()
    if lower in language.letters.spoken:
        return language.letters.spoken[lower]
    known = "abcdefghijklmnopqrstuvwxyz'" + language.letters.accented
    if all(character in known for character in lower):
        return lower
    latin = _latin(lower, language.letters.accented).strip("'")
    letters = all(character.isalpha() or character == "'" for character in lower)
    if latin and letters and all(character in known for character in latin):
        return latin
    return " ".join(letter(character, language) for character in lower if character.isalnum())


def small(word: str, language: Language) -> str:
    """A word in small letters, or their names when it has no vowel: "cm", "kg"."""
    vowels = language.letters.vowels
    has_vowel = vowels.search(word.lower()) is not None
    has_vowel = has_vowel or word.lower() in language.letters.spoken
    if has_vowel or len(word) > _CONSONANTS_ALONE or not word.isascii():
        return plain(word, language)
    if word.lower() in language.letters.common:
        return word.lower()
    return spelt_out(word, language)


def _latin(word: str, accented: str) -> str:
    result = ""
    for character in word.translate(_GREEK_VARIANTS):
        if character in accented or character.isascii():
            result += character
            continue
        base = unicodedata.normalize("NFD", character)[0]
        result += _SOUNDS.get(character, _SOUNDS.get(base, _unaccented(character, accented)))
    return result


def _unaccented(character: str, accented: str) -> str:
    """A Latin letter without the accent that the language does not have; else empty."""
    if character in accented:
        return character
    if character in _LATIN:
        return _LATIN[character]
    base = unicodedata.normalize("NFKD", character)
    latin = "".join(each for each in base if each.isascii() and each.isalpha())
    if latin:
        return latin.lower()
    return ""


def _readable(acronym: str) -> bool:
    """Whether an acronym with vowels reads as a word: vowels and consonants take turns."""
    shape = "".join("v" if letter in "AEIOU" else "c" for letter in acronym)
    return (
        len(acronym) > 3
        and "cc" not in shape[-2:]
        and not shape.startswith("cc")
        and "vv" not in shape
        and "ccc" not in shape
    )


def _in_capitals(token: Token) -> bool:
    return bool(token.core) and token.core.isupper() and token.core.isalpha()
