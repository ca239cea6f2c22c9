"""One spelling for what was asked for and what was heard, so that only sounds are compared.

Both sides go through the same rules: lower case, no punctuation, ё as е, digits and per cent
signs as words, British spellings that Whisper writes the American way.  Russian number words
lose their endings, because Whisper writes "4" for "четырёх" and for "четвёртого" alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from num2words import num2words

_DIGITS = re.compile(r"\d+")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+\b")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th|ème|eme|er|ère|º|ª|°|-?(?:й|го|му|м|я|е|х|ми))\b")
_YEARS = range(1100, 2000)
_PERCENT: Mapping[str, str] = {
    "en": "percent",
    "ru": "процент",
    "es": "por ciento",
    "fr": "pour cent",
    "it": "per cento",
}
_SAME: Mapping[str, str] = {
    "colour": "color",
    "harbour": "harbor",
    "fibres": "fibers",
    "fibre": "fiber",
    "recognise": "recognize",
    "cafe": "café",
    "ok": "okay",
    "dr": "doctor",
    "mr": "mister",
}
"""English words that are written in two ways and sound alike."""

_RUSSIAN_NUMBERS: tuple[tuple[str, str], ...] = (
    (r"нол|нул", "ноль"),
    (r"один(?!н)|одн(?:а|о|у|и|ой|ого|ому|ом|им|их)$|перв", "1"),
    (r"дв(?:а|е|ух|ум|умя)$|втор(?:ой|ая|ое|ого|ому|ом|ую|ые|ых)$", "2"),
    (r"тр(?:и|ех|ем|емя)$|трет(?:ий|ья|ье|ьего|ьему|ьем|ьей|ью|ьи|ьих)$", "3"),
    (r"четыр(?:е|ех|ем|ьмя)$|четверт(?:ый|ая|ое|ого|ому|ом|ую|ой|ые|ых)$", "4"),
)
"""Endings taken off the numbers that occur most; the pattern stands at a word's start."""


def plain(text: str, language: str) -> str:
    """A text as lower-case words with single spaces.

    >>> plain("It cost 15 dollars: 20%!", "en")
    'it cost fifteen dollars twenty percent'
    >>> plain("В 4-м ряду", "ru") == plain("в четвёртом ряду", "ru")
    True
    """
    text = text.lower().replace("’", "'").replace("%", f" {_PERCENT[language]} ")
    text = _THOUSANDS.sub(lambda found: _thousands(found[0], language), text)
    text = _ORDINAL.sub(lambda found: _ordinal(found, language), text)
    text = unicodedata.normalize("NFKC", text)
    text = _DIGITS.sub(lambda found: f" {_cardinal(found[0], language)} ", text)
    words = re.sub(r"[^\w\s']", " ", text.replace("ё", "е")).replace("_", " ").split()
    stripped = (word.strip("'") for word in words)
    return " ".join(filter(None, map(_spelling(language), stripped)))


def _ordinal(found: re.Match[str], language: str) -> str:
    if language == "ru":
        return f" {found[1]} "
    return f" {num2words(int(found[1]), to='ordinal', lang=language)} "


def _thousands(grouped: str, language: str) -> str:
    return f" {num2words(int(re.sub(r'[^0-9]', '', grouped)), lang=language)} "


def _cardinal(digits: str, language: str) -> str:
    number = int(digits)
    year = language == "en" and len(digits) == 4 and number in _YEARS
    return str(num2words(number, to="year" if year else "cardinal", lang=language))


def _spelling(language: str) -> Callable[[str], str]:
    if language == "en":
        return lambda word: _SAME.get(word, word)
    if language == "ru":
        return _without_ending
    return lambda word: word


def _without_ending(word: str) -> str:
    for pattern, number in _RUSSIAN_NUMBERS:
        if re.match(pattern, word):
            return number
    return word
