"""Sentences written out as a program is to read them: numbers and abbreviations are words.

The service's own rules go first, so that every engine says the same; what a program would make
of digits is never asked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from app.engines.speech.g2p.tokens import Spelled, tokenize
from app.engines.speech.sentences import (
    PARAGRAPH_PAUSE,
    SENTENCE_PAUSE,
    Sentence,
    split_sentences,
)
from app.engines.speech.symbols import SHAPES

_VOWEL = 1.4
_DIGIT = 4.0
"""How long a vowel, and a digit of an unwritten number, take in comparison with a consonant."""

_VOWELS = frozenset("аеёиоуыэюяaeiouyɑɒɔəɚɛɜɪʊʌæɐɨᵻAIOQWY")
_SILENT = frozenset("ьъ")
_CLAUSE = re.compile(r"[,;:—–…)]|\s-$")
_UNSPOKEN = re.compile(r"[^\w\s.,!?;:…—'’\u0300-\u036f-]|_")
_SPACE_BEFORE_MARK = re.compile(r"\s+([.,!?;:…])")
_OPENING = re.compile(r"([^\s.,!?;:—])\s+\((?=\w)")
_CLOSING = re.compile(r"(?<=\w)\)(?=\s+\w)")
_DASH = re.compile(r"[–―]")


@dataclass(frozen=True, slots=True)
class Part:
    """A word of the fragment, as it is to be said."""

    owner: int
    """Number of the word in the fragment, from 0."""
    letters: str
    """Of what is spoken for it: words, and the comma after them, or an English word's phonemes."""
    weight: float
    """How long it takes in comparison with other words; 0 when it is not spoken."""
    breaks: bool
    """Whether a pause may be heard after it."""


@dataclass(frozen=True, slots=True)
class Written:
    """One sentence for a program."""

    text: str
    parts: tuple[Part, ...]
    pause: float
    """Seconds of silence after it."""


Phrase = Callable[[Sequence[Spelled]], list[Spelled]]
"""Gives the words of a Russian sentence marks at which the program is to take a break."""


def written(text: str, language: str, phrase: Phrase = list) -> Iterator[Written]:
    """Sentences of a fragment in order, without those in which nothing is to be said.

    Args:
        text: Plain text of any length.
        language: ISO 639-1 code.
        phrase: For Russian; leaves the marks of the text as they are unless given.
    """
    write = partial(_russian, phrase) if language == "ru" else _WRITERS.get(language, _as_it_stands)
    for sentence in split_sentences(text, language):
        spoken, letters = write(sentence.words)
        parts = tuple(_parts(sentence, letters))
        if any(part.weight for part in parts):
            pause = PARAGRAPH_PAUSE if sentence.ends_paragraph else SENTENCE_PAUSE
            yield Written(spoken, parts, pause)


def _parts(sentence: Sentence, letters: Sequence[str]) -> Iterator[Part]:
    for offset, (word, spoken) in enumerate(zip(sentence.words, letters, strict=True)):
        yield Part(
            sentence.first + offset,
            spoken,
            sum(map(_weight, spoken)),
            breaks=bool(_CLAUSE.search(word)) or word == "-" or spoken.endswith(","),
        )


def _weight(letter: str) -> float:
    if letter.isdigit():
        return _DIGIT
    if letter in _SILENT or not (letter.isalpha() or letter in SHAPES):
        return 0.0
    return _VOWEL if letter in _VOWELS else 1.0


def _russian(phrase: Phrase, words: Sequence[str]) -> tuple[str, list[str]]:
    from app.engines.speech.g2p.russian.spelling import spell

    tokens = phrase(spell(tokenize(" ".join(words))))
    return _plain(tokens), [" ".join(token.words) + _comma(token) for token in tokens]


def _comma(token: Spelled) -> str:
    """The comma of a break, which is in the text or was put there."""
    return "," if token.words and token.closing == "," else ""


def _english(words: Sequence[str]) -> tuple[str, list[str]]:
    """Weighed by phonemes: letters tell little of how long an English word takes."""
    from app.engines.speech.english import phonemize_english, spell
    from app.engines.speech.english.letters import LONG_A

    text = " ".join(words)
    spoken = _plain(spell(tokenize(text))).replace(LONG_A, "A")
    return spoken, [word.phonemes for word in phonemize_english(text)]


def _as_it_stands(words: Sequence[str]) -> tuple[str, list[str]]:
    """For languages whose numbers the program knows better than this service."""
    return " ".join(words), [unicodedata.normalize("NFKD", word).casefold() for word in words]


def _plain(tokens: Sequence[Spelled]) -> str:
    """Words and marks that shape a sentence; brackets become commas, quotation marks go."""
    text = " ".join(f"{token.opening}{' '.join(token.words)}{token.closing}" for token in tokens)
    spoken = _CLOSING.sub(",", _OPENING.sub(r"\1, ", _DASH.sub("—", text)))
    return " ".join(_SPACE_BEFORE_MARK.sub(r"\1", _UNSPOKEN.sub(" ", spoken)).split()).lstrip("— ")


_WRITERS: dict[str, Callable[[Sequence[str]], tuple[str, list[str]]]] = {
    "en": _english,
}
