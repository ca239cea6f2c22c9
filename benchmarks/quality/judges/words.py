"""How much of a text is understood: word and character error rate, sentences left out.

Units: per cent of what was to be said (substitutions, deletions and insertions together, so
that more than 100 is possible).  A sentence counts as dropped when less than half of its
words were heard, even roughly, and as cut when its last two words were not.  Of 98 sentences
taken out of what Whisper had heard, 95 were found so, and none that was there (English and
Russian of Kokoro, 2026-11-20).

Source: Levenshtein, "Binary codes capable of correcting deletions, insertions, and
reversals", 1966; error rates as in NIST's sclite.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
import numpy.typing as npt

from app.text.sentences.splitting import sentences
from benchmarks.quality.judges.plain import divided_alike, plain

_ROUGHLY = 0.6
"""Share of common letters from which a word was heard, if not well."""
_PREFERENCE = 0.3
"""How much less it costs to pair words that are alike; little, so that only ties are decided."""
_HEARD_SHARE = 0.5
_LAST_WORDS = 2


Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Understood:
    """Of one paragraph; counts, so that paragraphs can be added up."""

    words: int
    word_errors: int
    letters: int
    letter_errors: int
    sentences: int
    dropped: int
    cut: int

    @property
    def wer(self) -> float:
        return 100 * self.word_errors / max(1, self.words)

    @property
    def cer(self) -> float:
        return 100 * self.letter_errors / max(1, self.letters)


def judge_words(text: str, heard: str, language: str) -> Understood:
    """Compare a text with what a recogniser wrote down."""
    wanted = plain(text, language)
    written = divided_alike(wanted, plain(heard, language))
    words = wanted.split()
    found = partners(words, written.split())
    lengths = [len(plain(sentence, language).split()) for sentence in sentences(text, language)]
    dropped, cut = _sentences(found, lengths)
    return Understood(
        words=len(words),
        word_errors=edits(words, written.split()),
        letters=len(wanted),
        letter_errors=edits(wanted, written),
        sentences=sum(length > 0 for length in lengths),
        dropped=dropped,
        cut=cut,
    )


def together(paragraphs: Sequence[Understood]) -> Understood:
    """The sums over paragraphs."""
    return Understood(
        words=sum(each.words for each in paragraphs),
        word_errors=sum(each.word_errors for each in paragraphs),
        letters=sum(each.letters for each in paragraphs),
        letter_errors=sum(each.letter_errors for each in paragraphs),
        sentences=sum(each.sentences for each in paragraphs),
        dropped=sum(each.dropped for each in paragraphs),
        cut=sum(each.cut for each in paragraphs),
    )


def edits(wanted: Sequence[str], heard: Sequence[str]) -> int:
    """Fewest insertions, deletions and substitutions between two sequences.

    >>> edits("kitten", "sitting")
    3
    """
    theirs = np.array(list(heard), dtype=object)
    unequal = [np.asarray(theirs != item, np.float64) for item in wanted]
    return round(float(_costs(unequal, len(heard))[-1, -1]))


def partners(wanted: Sequence[str], heard: Sequence[str]) -> list[bool]:
    """For each wanted word whether something like it stands at its place in what was heard.

    Of the pairings with the fewest edits that whose words are most alike counts: where two
    are heard as one, others pair all their neighbours crosswise.
    """
    unlike = [np.array([_unlikeness(word, other) for other in heard]) for word in wanted]
    costs = _costs(unlike, len(heard))
    found = [False] * len(wanted)
    row, column = len(wanted), len(heard)
    while row and column:
        by_pairing = costs[row - 1, column - 1] + unlike[row - 1][column - 1]
        if np.isclose(costs[row, column], by_pairing):
            row, column = row - 1, column - 1
            found[row] = _likeness(wanted[row], heard[column]) >= _ROUGHLY
        elif np.isclose(costs[row, column], costs[row - 1, column] + 1):
            row -= 1
        else:
            column -= 1
    return found


def _costs(substitutions: Sequence[Floats], columns: int) -> Floats:
    """Edit distances of all beginnings, shape (wanted + 1, heard + 1).

    Args:
        substitutions: For each wanted item what it costs to take each heard one for it;
            leaving out or putting in costs 1.
        columns: How many were heard.
    """
    numbers = np.arange(columns + 1, dtype=np.float64)
    costs = np.empty((len(substitutions) + 1, columns + 1))
    costs[0] = numbers
    for row, substitution in enumerate(substitutions, start=1):
        above = costs[row - 1]
        best = np.empty_like(above)
        best[0] = row
        best[1:] = np.minimum(above[1:] + 1, above[:-1] + substitution)
        # A run of insertions: the least over all columns to the left, plus the distance.
        costs[row] = np.minimum.accumulate(best - numbers) + numbers
    return costs


def _unlikeness(one: str, other: str) -> float:
    """What it costs to take one word for another: 0 for the same, somewhat less than 1."""
    return 0.0 if one == other else 1.0 - _PREFERENCE * _likeness(one, other)


def _likeness(one: str, other: str) -> float:
    """Share of letters that two words have in common, in order; 1 when they are equal."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _sentences(found: list[bool], lengths: list[int]) -> tuple[int, int]:
    """How many sentences are dropped, and how many more are cut at their end."""
    dropped = cut = 0
    start = 0
    for length in filter(None, lengths):
        part = found[start : start + length]
        start += length
        if sum(part) < _HEARD_SHARE * len(part):
            dropped += 1
        elif len(part) > _LAST_WORDS and not any(part[-_LAST_WORDS:]):
            cut += 1
    return dropped, cut
