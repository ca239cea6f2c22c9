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

from app.engines.speech.common.phrases import (
    PARAGRAPH_PAUSE,
    SENTENCE_PAUSE,
    Sentence,
    split_sentences,
)
from app.engines.speech.common.symbols import SHAPES
from app.text.tokens import LONG_A, Verbalized
from app.text.verbalize import READ_BY_RULES, WHOLE, verbalize

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
class WrittenWord:
    """A word of the fragment, as it is to be said."""

    word: int
    """Number of the word in the fragment, from 0."""
    letters: str
    """Of what is spoken for it: words, and the comma after them, or an English word's phonemes."""
    weight: float
    """How long it takes in comparison with other words; 0 when it is not spoken."""
    breaks: bool
    """Whether a pause may be heard after it."""
    spoken: str = ""
    """The words that the program is given for it; empty for languages it reads by itself."""
    break_added: bool = False
    """Whether the break after it is this service's, not the text's."""


@dataclass(frozen=True, slots=True)
class Written:
    """One sentence for a program."""

    text: str
    parts: tuple[WrittenWord, ...]
    pause: float
    """Seconds of silence after it."""


@dataclass(frozen=True, slots=True)
class _Saying:
    """What is said for one word of the text."""

    letters: str
    spoken: str = ""
    break_added: bool = False


Phrase = Callable[[Sequence[Verbalized]], list[Verbalized]]
"""Gives the words of a Russian sentence marks at which the program is to take a break."""


def written(text: str, language: str, phrase: Phrase = list) -> Iterator[Written]:
    """Sentences of a fragment in order, without those in which nothing is to be said.

    Args:
        text: Plain text of any length.
        language: ISO 639-1 code.
        phrase: For Russian; leaves the marks of the text as they are unless given.
    """
    write = _writer(language, phrase)
    for sentence in split_sentences(text, language):
        spoken, sayings = write(sentence.words)
        parts = tuple(_parts(sentence, sayings))
        if any(part.weight for part in parts):
            pause = PARAGRAPH_PAUSE if sentence.ends_paragraph else SENTENCE_PAUSE
            yield Written(spoken, parts, pause)


def _writer(language: str, phrase: Phrase) -> Callable[[Sequence[str]], tuple[str, list[_Saying]]]:
    if language == "en":
        return _english
    if language in WHOLE:
        return partial(_in_words, language, phrase)
    return partial(_written_out, language) if language in READ_BY_RULES else _as_it_stands


def _parts(sentence: Sentence, sayings: Sequence[_Saying]) -> Iterator[WrittenWord]:
    for offset, (word, said) in enumerate(zip(sentence.words, sayings, strict=True)):
        yield WrittenWord(
            sentence.first + offset,
            said.letters,
            sum(map(_weight, said.letters)),
            breaks=bool(_CLAUSE.search(word)) or word == "-" or said.letters.endswith(","),
            spoken=said.spoken,
            break_added=said.break_added,
        )


def _weight(letter: str) -> float:
    if letter.isdigit():
        return _DIGIT
    if letter in _SILENT or not (letter.isalpha() or letter in SHAPES):
        return 0.0
    return _VOWEL if letter in _VOWELS else 1.0


def _in_words(language: str, phrase: Phrase, words: Sequence[str]) -> tuple[str, list[_Saying]]:
    unbroken = verbalize(" ".join(words), language)
    tokens = phrase(unbroken)
    sayings = [
        _Saying(" ".join(token.words) + _comma(token), " ".join(token.words), token != before)
        for token, before in zip(tokens, unbroken, strict=True)
    ]
    return _plain(tokens), sayings


def _comma(token: Verbalized) -> str:
    """The comma of a break, which is in the text or was put there."""
    return "," if token.words and token.closing == "," else ""


def _english(words: Sequence[str]) -> tuple[str, list[_Saying]]:
    """Weighed by phonemes: letters tell little of how long an English word takes."""
    from app.engines.speech.g2p.english import phonemize_verbalized

    tokens = verbalize(" ".join(words), "en")
    sayings = [
        _Saying(word.phonemes, " ".join(token.words))
        for word, token in zip(phonemize_verbalized(tokens), tokens, strict=True)
    ]
    return _plain(tokens).replace(LONG_A, "A"), sayings


def _written_out(language: str, words: Sequence[str]) -> tuple[str, list[_Saying]]:
    """Numbers and abbreviations in words; the program reads whatever else is left."""
    spoken = [piece.spoken for piece in verbalize(" ".join(words), language)]
    sayings = [_Saying(_letters(said), said) for said in spoken]
    return " ".join(filter(None, spoken)), sayings


def _letters(word: str) -> str:
    return unicodedata.normalize("NFKD", word).casefold()


def _as_it_stands(words: Sequence[str]) -> tuple[str, list[_Saying]]:
    """For languages whose numbers the program knows better than this service."""
    return " ".join(words), [_Saying(_letters(word)) for word in words]


def _plain(tokens: Sequence[Verbalized]) -> str:
    """Words and marks that shape a sentence; brackets become commas, quotation marks go."""
    text = " ".join(token.spoken for token in tokens)
    spoken = _CLOSING.sub(",", _OPENING.sub(r"\1, ", _DASH.sub("—", text)))
    return " ".join(_SPACE_BEFORE_MARK.sub(r"\1", _UNSPOKEN.sub(" ", spoken)).split()).lstrip("— ")
