"""One spelling for what was asked for and what was heard, so that only sounds are compared.

Both sides go through the same rules: lower case, no punctuation, ё as е, digits and per cent
signs as words, British spellings that Whisper writes the American way; Russian number words
without their endings, see :mod:`benchmarks.quality.judges.russian`.  Where the letters are the
same, spaces stand where the text has them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from num2words import num2words

from benchmarks.quality.judges.russian import sounded, without_endings

_DIGITS = re.compile(r"\d+")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+\b")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th|ème|eme|er|ère|º|ª|°)\b")
_YEARS = range(1100, 2000)
_PERCENT: Mapping[str, str] = {
    "en": "percent",
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

_RUNS = ((1, 2), (2, 1), (2, 2), (1, 3), (3, 1))
"""How many words of a text and of what was heard may be divided differently."""


def plain(text: str, language: str) -> str:
    """A text as lower-case words with single spaces.

    >>> plain("It cost 15 dollars: 20%!", "en")
    'it cost fifteen dollars twenty percent'
    >>> plain("В 4-м ряду", "ru") == plain("в четвёртом ряду", "ru")
    True
    """
    if language == "ru":
        return _russian(text)
    text = text.lower().replace("’", "'").replace("%", f" {_PERCENT[language]} ")
    text = _THOUSANDS.sub(lambda found: _thousands(found[0], language), text)
    text = _ORDINAL.sub(lambda found: _ordinal(found, language), text)
    text = unicodedata.normalize("NFKC", text)
    text = _DIGITS.sub(lambda found: f" {_cardinal(found[0], language)} ", text)
    same = _SAME if language == "en" else {}
    return " ".join(same.get(word, word) for word in _words(text))


def divided_alike(wanted: str, heard: str) -> str:
    """What was heard with spaces where the wanted text has them, if they are all that differs.

    Only runs of up to three words with the same letters are divided anew; nothing else is
    made alike.

    >>> divided_alike("в конце концов вместе", "вконце концов в месте")
    'в конце концов вместе'
    >>> divided_alike("вместе", "в тесте")
    'в тесте'
    """
    ours, theirs = wanted.split(), heard.split()
    costs = _costs(ours, theirs)
    divided: list[str] = []
    row = column = 0
    while column < len(theirs):
        rows, columns, words, _ = min(
            _steps(ours, theirs, row, column),
            key=lambda step: step[3] + costs[row + step[0]][column + step[1]],
        )
        divided += words
        row, column = row + rows, column + columns
    return " ".join(divided)


_Step = tuple[int, int, list[str], int]
"""Words of ours, words of theirs, what to write for these, and what it costs."""


def _steps(ours: list[str], theirs: list[str], row: int, column: int) -> Iterator[_Step]:
    """Ways to go on from a place in both; the first of equally cheap ones is taken."""
    if row < len(ours) and column < len(theirs):
        yield 1, 1, theirs[column : column + 1], int(ours[row] != theirs[column])
    for mine, yours in _RUNS:
        run, other = ours[row : row + mine], theirs[column : column + yours]
        if len(run) == mine and len(other) == yours and _same_letters(run, other):
            yield mine, yours, run, 0
    if row < len(ours):
        yield 1, 0, [], 1
    if column < len(theirs):
        yield 0, 1, theirs[column : column + 1], 1


def _same_letters(run: list[str], other: list[str]) -> bool:
    return "".join(run) == "".join(other)


def _costs(ours: list[str], theirs: list[str]) -> list[list[int]]:
    """Fewest edits from each place in both to their ends."""
    costs = [[0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    for row in range(len(ours), -1, -1):
        for column in range(len(theirs), -1, -1):
            costs[row][column] = min(
                (
                    cost + costs[row + rows][column + columns]
                    for rows, columns, _, cost in _steps(ours, theirs, row, column)
                ),
                default=0,
            )
    return costs


def _russian(text: str) -> str:
    """The acute of a stressed vowel is for the reader; a recogniser never writes it."""
    lower = unicodedata.normalize("NFKC", sounded(text)).lower()
    return " ".join(without_endings(_words(lower.replace("ё", "е").replace("\u0301", ""))))


def _words(text: str) -> list[str]:
    words = re.sub(r"[^\w\s']", " ", text).replace("_", " ").split()
    return [word for word in (word.strip("'") for word in words) if word]


def _ordinal(found: re.Match[str], language: str) -> str:
    return f" {num2words(int(found[1]), to='ordinal', lang=language)} "


def _thousands(grouped: str, language: str) -> str:
    return f" {num2words(int(re.sub(r'[^0-9]', '', grouped)), lang=language)} "


def _cardinal(digits: str, language: str) -> str:
    number = int(digits)
    year = language == "en" and len(digits) == 4 and number in _YEARS
    return str(num2words(number, to="year" if year else "cardinal", lang=language))
