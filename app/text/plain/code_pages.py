"""Which 8-bit encoding a text is in, where nothing but the text itself tells.

Nearly every byte is some letter in every one of them, so a text is read in all of them and
judged by its letters: as none, one or several of the languages that are written so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from app.text.plain.letters import letters_of, may_be_written

_WESTERN = ("en", "es", "fr", "it", "de", "pt", "nl", "sv", "da", "fi", "ca")
_CENTRAL = ("pl", "cs", "sk", "hu", "hr", "sl", "ro", "de", "en")
_CYRILLIC = ("ru", "uk", "bg")

CODE_PAGES: Mapping[str, tuple[str, Sequence[str]]] = {
    "cp1252": ("Windows-1252", _WESTERN),
    "iso8859-15": ("ISO 8859-15", _WESTERN),
    "mac-roman": ("Mac OS Roman", _WESTERN),
    "cp850": ("DOS 850", _WESTERN),
    "cp437": ("DOS 437", _WESTERN),
    "cp1250": ("Windows-1250", _CENTRAL),
    "iso8859-2": ("ISO 8859-2", _CENTRAL),
    "cp852": ("DOS 852", _CENTRAL),
    "mac-latin2": ("Mac OS Central European", _CENTRAL),
    "cp1251": ("Windows-1251", _CYRILLIC),
    "koi8-r": ("KOI8-R", ("ru",)),
    "koi8-u": ("KOI8-U", ("uk",)),
    "cp866": ("DOS 866", _CYRILLIC),
    "iso8859-5": ("ISO 8859-5", _CYRILLIC),
    "mac-cyrillic": ("Mac OS Cyrillic", _CYRILLIC),
    "cp1253": ("Windows-1253", ("el",)),
    "iso8859-7": ("ISO 8859-7", ("el",)),
    "cp737": ("DOS 737", ("el",)),
    "mac-greek": ("Mac OS Greek", ("el",)),
    "cp1254": ("Windows-1254", ("tr",)),
    "cp857": ("DOS 857", ("tr",)),
    "mac-turkish": ("Mac OS Turkish", ("tr",)),
    "cp1257": ("Windows-1257", ("lt", "lv", "et")),
    "iso8859-13": ("ISO 8859-13", ("lt", "lv", "et")),
    "iso8859-4": ("ISO 8859-4", ("lt", "lv", "et")),
    "cp1255": ("Windows-1255", ("he",)),
    "cp1256": ("Windows-1256", ("ar",)),
    "iso8859-6": ("ISO 8859-6", ("ar",)),
}
"""Name for people, and languages that are written so, by Python's name."""

_CODECS = tuple(CODE_PAGES)

MARGIN = 16.0
"""Bits by which the best reading must be the likeliest: 65,000 to 1, if letters were dice."""
USUAL = 5.3
"""Bits per letter above which a text is in none of the languages."""
LEAST = 12
"""Letters below which nothing is certain: two Korean syllables can be four Russian letters."""
ODD = 0.1
"""Odd letters per word above which it is none of them either."""

_WORD = re.compile(rb"[^\s]{1,40}")
_TRIMMED = bytes(sign for sign in range(128) if not chr(sign).isalnum())
_OF_EACH_BYTE = 12
"""Words that are judged for each byte beyond ASCII."""
_ASCII_WORDS = 200


@dataclass(frozen=True, slots=True)
class Found:
    """How a text may be read."""

    best: str | None
    """Python's name of the encoding; ``None`` when it is in none of the known ones."""
    rivals: tuple[str, ...] = ()
    """Encodings, named for people, in which it would be another text that is nearly as likely."""


def code_page_of(content: bytes) -> Found:
    """The encoding of a text that is not ASCII alone.

    A few hundred different words are judged, so a lecture takes as long as some pages: 0.2 s.

    >>> code_page_of("Сегодня мы изучаем сети.".encode("koi8-r")).best
    'koi8-r'
    >>> code_page_of("Мир".encode("cp1251")).best is None
    True
    """
    ranking = sorted(_readings(content).values())
    if not ranking or ranking[0].bits_per_letter > USUAL or ranking[0].odd_per_word > ODD:
        return Found(None)
    if sum(map(str.isalpha, content.decode(ranking[0].codec))) < LEAST:
        return Found(None)
    close = [reading for reading in ranking if reading.bits < ranking[0].bits + MARGIN]
    names = tuple(CODE_PAGES[reading.codec][0] for reading in close)
    return Found(close[0].codec, names if len(names) > 1 else ())


@dataclass(frozen=True, slots=True, order=True)
class _Reading:
    """How odd a text is in an encoding and a language."""

    bits: float
    bits_per_letter: float
    odd_per_word: float
    place: int
    """Of the codec, among :data:`CODE_PAGES`: the usual ones come first."""

    @property
    def codec(self) -> str:
        """Python's name of the encoding."""
        return _CODECS[self.place]


def _readings(content: bytes) -> Mapping[str, _Reading]:
    """The likeliest of each different text that the content may be."""
    used = bytes(set(content) - set(range(128)))
    high, plain = _words(content)
    in_language = cache(lambda language: letters_of(language).cost(plain))
    found: dict[str, _Reading] = {}
    for place, (codec, (_, languages)) in enumerate(CODE_PAGES.items()):
        read = _read(used, codec)
        if read is None:
            continue
        words = [word.decode(codec) for word in high]
        for language in languages:
            cost, others = letters_of(language).cost(words), in_language(language)
            bits, letters = cost.bits + others.bits, cost.letters + others.letters
            reading = _Reading(bits, bits / letters, cost.odd / len(words), place)
            found[read] = min(found.get(read, reading), reading)
    return found


def _read(used: bytes, codec: str) -> str | None:
    """What bytes are in an encoding; ``None`` when one of them is no letter and no sign."""
    try:
        read = used.decode(codec)
    except UnicodeDecodeError:
        return None
    return read if all(map(may_be_written, read)) else None


def _words(content: bytes) -> tuple[list[bytes], list[str]]:
    """Different words that show every byte beyond ASCII, and some of ASCII alone."""
    seen: Counter[int] = Counter()
    high: dict[bytes, None] = {}
    plain: dict[str, None] = {}
    for written in dict.fromkeys(_WORD.findall(content)):
        word = written.strip(_TRIMMED)
        if word.isascii():
            if word and len(plain) < _ASCII_WORDS:
                plain[word.decode()] = None
        elif word not in high:
            beyond = {byte for byte in word if byte >= 128}
            if any(seen[byte] < _OF_EACH_BYTE for byte in beyond):
                high[word] = None
                seen.update(beyond)
    return list(high), list(plain)
