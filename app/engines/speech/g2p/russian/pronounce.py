"""Pronunciation of Russian words by rule.

Follows the literary norm as Avanesov describes it ("Русское литературное
произношение", 1984): voicing and softness of consonants, letters that are
silent, reduction of unstressed vowels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from app.engines.speech.g2p.russian.exceptions import HARD_E, SAID_GO, SH_FOR_CH
from app.engines.speech.g2p.russian.stress import VOWELS

_IOTATED = "еёюя"
_SOFTENING = "еёюяиь"
_ALWAYS_HARD = "жшц"
_ALWAYS_SOFT = "чщй"
_TO_VOICELESS = dict(zip("бвгджз", "пфктшс", strict=True))
_TO_VOICED = {voiceless: voiced for voiced, voiceless in _TO_VOICELESS.items()}
_VOICELESS = "пфктшсхцчщ"
_VOICING = "бгджз"
"""Voice the consonant before them; в does not."""

_SOUNDS = dict(
    zip(
        "бвгджзйклмнпрстфхцчшщ",
        ("b", "v", "ɡ", "d", "ʐ", "z", "j", "k", "l", "m", "n", "p", "r", "s", "t", "f", "x",
         "ts", "tɕ", "ʂ", "ɕː"),
        strict=True,
    )
)  # fmt: skip
_STRESSED_VOWELS = dict(zip("аеёиоуыэюя", "aeoiouɨɛua", strict=True))

# Letters that are not said as they are written.  Each replacement is as long as
# what it replaces ("_" is silent), so that the stressed vowel keeps its place.
_RESPELLINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        (r"^что(?=$|бы?$|-|ли|то)", "што"),
        (r"(?<=^ни)что", "што"),
        (r"(?<=^се)годн", "водн"),
        (r"(?<=здра)вств", "_ств"),
        (r"(?<=чу)вств", "_ств"),
        (r"(?<=безмол)вств", "_ств"),
        (r"(?<=со)лнц", "_нц"),
        (r"(?<=се)рдц", "р_ц"),
        (r"стн", "с_н"),
        (r"здн", "з_н"),
        (r"(?<=сча)стл", "с_л"),
        (r"(?<=зави)стл", "с_л"),
        (r"(?<=сове)стл", "с_л"),
        (r"н[тд]ск", "н_ск"),
        (r"стск", "с_ск"),
        (r"ться$", "_ц_а"),
        (r"тся$", "_ца"),
        (r"[дт]ск", "_цк"),
        (r"[дт]ств", "_цтв"),
        (r"[дт]ц", "цц"),
        (r"[дт]ч", "чч"),
        (r"ссч", "__щ"),
        (r"[сзж]ч", "_щ"),
        (r"[сз]щ", "_щ"),
        (r"[сз]ш", "шш"),
        (r"[сз]ж", "жж"),
        (r"(?<=[лмя]ё)гк", "хк"),
        (r"(?<=[лм][ея])гк", "хк"),
        (r"(?<=[лм][ея])гч", "хч"),
    )
)

_LAX_E = re.compile(r"(?:о|[^кгх]и)е$")
"""Neuter endings, "новое", "знание", whose е is as lax as я; that of "новые" is not."""
_GENITIVE = re.compile(r"(?<=[еоё])го(?=$|ся$)")


@dataclass(frozen=True, slots=True)
class Phone:
    """One speech sound."""

    symbol: str
    """IPA, without marks."""
    soft: bool = False
    """Palatalised consonant."""
    stressed: bool = False


def pronounce(word: str, vowel: int | None, following: str = "") -> list[Phone]:
    """Sounds of one word.

    Args:
        word: Lower-case Cyrillic letters, ё where it is said.
        vowel: Which vowel is stressed, counted from 0; ``None`` for a clitic.
        following: First letter of the word that this one leans on, for the voicing
            of its last consonant; empty before a pause or a full word.
    """
    letters = _respell(word)
    places = [i for i, letter in enumerate(word) if letter in VOWELS]
    stressed = places[vowel] if vowel is not None and places else None
    phones: list[Phone] = []
    spoken = [i for i, letter in enumerate(letters) if letter != "_"]
    said = "".join(letters[i] for i in spoken)
    stressed_said = spoken.index(stressed) if stressed in spoken else None
    voiced = _voicing(said, following)
    hard = _hard_e(said)
    for place, letter in enumerate(said):
        if letter in VOWELS:
            phones.extend(_vowel(said, place, stressed_said, hard=place in hard))
        elif letter not in "ьъ":
            phones.append(_consonant(said, place, voiced[place], hard=place + 1 in hard))
    return _join_geminates(phones)


def _respell(word: str) -> str:
    for pattern, stem in SH_FOR_CH:
        word = pattern.sub(stem, word)
    if not SAID_GO.fullmatch(word):
        word = _GENITIVE.sub("во", word)
    for pattern, letters in _RESPELLINGS:
        word = pattern.sub(letters, word)
    return word


def _voicing(word: str, following: str) -> str:
    """The word with each obstruent as voiced as the last one of its cluster."""
    letters = list(word)
    after = following
    for place in reversed(range(len(letters))):
        letter = letters[place]
        if letter in "ьъ":
            continue
        if letter in _TO_VOICELESS and (after in _VOICELESS):
            letters[place] = _TO_VOICELESS[letter]
        elif letter in _TO_VOICED and after and after in _VOICING:
            letters[place] = _TO_VOICED[letter]
        after = letters[place]
    return "".join(letters)


def _hard_e(word: str) -> set[int]:
    """Places of letters е that leave the consonant before them hard, as in "тест"."""
    return {
        match.start() + offset
        for pattern, offsets in HARD_E
        for match in pattern.finditer(word)
        for offset in offsets
    }


def _consonant(word: str, place: int, letter: str, *, hard: bool) -> Phone:
    after = word[place + 1 : place + 2]
    soft = letter in _ALWAYS_SOFT or (
        letter not in _ALWAYS_HARD and after != "" and after in _SOFTENING and not hard
    )
    return Phone(_SOUNDS[letter], soft=soft)


def _vowel(word: str, place: int, stressed: int | None, *, hard: bool) -> list[Phone]:
    letter = word[place]
    before = word[place - 1] if place else ""
    iotated = (letter in _IOTATED and (before == "" or before in VOWELS or before in "ьъ")) or (
        letter in "ио" and before == "ь"
    )
    glide = [Phone("j", soft=True)] if iotated and not hard else []
    if hard:
        letter = "э"
    if place == stressed:
        after_hard = before != "" and before in _ALWAYS_HARD
        symbol = _STRESSED_VOWELS[letter]
        symbol = {"e": "ɛ", "i": "ɨ"}.get(symbol, symbol) if after_hard else symbol
        return [*glide, Phone(symbol, stressed=True)]
    return [*glide, Phone(_reduced(word, place, letter, stressed))]


def _reduced(word: str, place: int, letter: str, stressed: int | None) -> str:
    """Quality of an unstressed vowel: by the consonant before it and its distance to the stress."""
    before = word[place - 1] if place else ""
    if letter in "ую":
        return "ʊ"
    if letter == "ы" or (letter in "еи" and before != "" and before in _ALWAYS_HARD):
        return "ɨ"
    if letter == "э":
        return "ɨ" if before else "ɪ"
    if letter == "и":
        return "i" if not before or before in VOWELS else "ɪ"
    syllables = _syllables_to_stress(word, place, stressed)
    final = place == len(word) - 1
    soft = letter in "еяё" or (before != "" and before in "чщ")
    if soft:
        if final and syllables < 0 and (letter == "я" or _LAX_E.search(word)):
            return "ə"
        if letter == "а" and syllables < 0:
            return "ə"
        return "ɪ"
    if syllables == 1 or not before or before in VOWELS:
        return "ɐ"
    return "ə"


def _syllables_to_stress(word: str, place: int, stressed: int | None) -> int:
    """1 for the syllable before the stressed one, negative after it; 0 without stress."""
    if stressed is None:
        return 1
    low, high = sorted((place, stressed))
    count = sum(letter in VOWELS for letter in word[low:high])
    return count if place < stressed else -count


def _join_geminates(phones: list[Phone]) -> list[Phone]:
    """Two equal consonants become one long one."""
    joined: list[Phone] = []
    for phone in phones:
        if joined and joined[-1].symbol == phone.symbol and phone.symbol[0] not in "aeiouɨɛɐəɪʊ":
            joined[-1] = replace(phone, symbol=phone.symbol.rstrip("ː") + "ː")
        else:
            joined.append(phone)
    return joined
