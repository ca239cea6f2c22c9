"""Lecture text to phrases that a speech model can say in one breath."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.engines.speech.common.symbols import CLAUSE_MARKS, SYMBOL_IDS
from app.text.paragraphs import paragraphs
from app.text.sentences.splitting import sentences

if TYPE_CHECKING:
    from app.engines.speech.g2p import Phonemized

SENTENCE_PAUSE = 0.35
PARAGRAPH_PAUSE = 0.6
CLAUSE_PAUSE = 0.15
WORD_PAUSE = 0.05
"""Seconds of silence after a phrase, by what it ends."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Consecutive words of a fragment."""

    words: tuple[str, ...]
    first: int
    """Number of its first word in the fragment, from 0."""
    ends_paragraph: bool
    """Whether a blank line follows."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a model is given in one call."""

    symbols: str
    words: tuple[int, ...]
    """For each symbol the number of its word in the fragment; -1 between words."""
    pause: float
    """Seconds of silence after it."""


def split_sentences(text: str, language: str) -> list[Sentence]:
    """Sentences of a fragment; together they have every word of it, in order.

    No sentence goes beyond a blank line.  A boundary inside a word ("end.Next") is moved
    behind it.
    """
    stretches = paragraphs(text)
    found: list[Sentence] = []
    first = 0
    for number, stretch in enumerate(stretches, start=1):
        words = stretch.split()
        done = 0
        for end in _boundaries(words, language):
            ends_paragraph = end == len(words) and number < len(stretches)
            found.append(Sentence(tuple(words[done:end]), first + done, ends_paragraph))
            done = end
        first += len(words)
    return found


def phrases(
    sentence: Sentence, phonemize: Callable[[str], list[Phonemized]], *, limit: int
) -> list[Phrase]:
    """Phrases of a sentence, none longer than ``limit`` symbols; nothing is left out.

    A sentence that is too long is broken near its middle, at one of ``;:,—…``
    when there is one, else at a space, else within a word.
    """
    spoken = [
        (sentence.first + offset, "".join(filter(SYMBOL_IDS.__contains__, item.phonemes)).strip())
        for offset, item in enumerate(phonemize(" ".join(sentence.words)))
    ]
    pieces = [piece for piece in _broken([item for item in spoken if item[1]], limit) if piece]
    last_pause = PARAGRAPH_PAUSE if sentence.ends_paragraph else SENTENCE_PAUSE
    pauses = [_pause_after(piece) for piece in pieces[:-1]] + [last_pause]
    return [_phrase(piece, pause) for piece, pause in zip(pieces, pauses, strict=False)]


_Word = tuple[int, str]
"""Number of a word and its symbols."""


def _boundaries(words: Sequence[str], language: str) -> Iterator[int]:
    """For each sentence the number of words up to its end."""
    text = " ".join(words)
    ends = _sentence_ends(text, language)
    position = -1
    for index, word in enumerate(words, start=1):
        position += 1 + len(word)
        if index == len(words) or any(position - len(word) < end <= position for end in ends):
            yield index


def _sentence_ends(text: str, language: str) -> list[int]:
    """Positions in ``text`` behind the last letter of each sentence."""
    ends: list[int] = []
    position = 0
    for sentence in sentences(text, language):
        position = text.index(sentence, position) + len(sentence)
        ends.append(position)
    return ends


def _broken(words: list[_Word], limit: int) -> Iterator[list[_Word]]:
    length = sum(len(symbols) + 1 for _, symbols in words) - 1
    if length <= limit:
        yield words
    elif len(words) == 1:
        ((number, symbols),) = words
        cut = symbols.rfind(" ", 0, len(symbols) // 2 + 1)
        cut = cut if cut > 0 else len(symbols) // 2
        yield from _broken([(number, symbols[:cut].strip())], limit)
        yield from _broken([(number, symbols[cut:].strip())], limit)
    else:
        cut = _best_cut(words, length)
        yield from _broken(words[:cut], limit)
        yield from _broken(words[cut:], limit)


def _best_cut(words: Sequence[_Word], length: int) -> int:
    """Number of words before the break: near the middle, the better after a comma."""

    def cost(cut: int) -> float:
        off_middle = abs(sum(len(symbols) + 1 for _, symbols in words[:cut]) / length - 0.5)
        return off_middle if words[cut - 1][1][-1] in CLAUSE_MARKS else off_middle + 0.3

    return min(range(1, len(words)), key=cost)


def _pause_after(piece: Sequence[_Word]) -> float:
    return CLAUSE_PAUSE if piece[-1][1][-1] in CLAUSE_MARKS else WORD_PAUSE


def _phrase(words: Sequence[_Word], pause: float) -> Phrase:
    numbers: list[int] = []
    for number, symbols in words:
        numbers += [number] * len(symbols) + [-1]
    return Phrase(" ".join(symbols for _, symbols in words), tuple(numbers[:-1]), pause)
