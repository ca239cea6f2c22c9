"""English words that are written alike and said differently, told by the words around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.text.tables import rows
from app.text.tables import words as words_of

_TABLE = Path(__file__).with_name("homographs.tsv")
_BEFORE_A_VERB = frozenset(
    words_of(
        """
        I we they you who will would can could may might must shall should cannot don't didn't
        doesn't won't can't wouldn't couldn't shouldn't let's
        """
    )
)
_START, _END = "START", "END"


@dataclass(frozen=True, slots=True)
class Reading:
    """How a word is said among certain others; an empty set asks nothing."""

    sounds: str
    """Sounds of New York and, behind a stroke, of London; or an entry of the reader's lexicon."""
    before: frozenset[str]
    after: frozenset[str]
    near: frozenset[str]

    def holds(self, before: str, after: str, others: frozenset[str]) -> bool:
        """Whether the word stands where it is said so.

        Args:
            before: The word before it in the clause, or START.
            after: The word behind it in the clause, or END.
            others: All words of the sentence.
        """
        if (self.before and before not in self.before) or (self.after and after not in self.after):
            return False
        return not self.near or any(_is_near(cue, others) for cue in self.near)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence."""

    text: str
    begins: bool
    """Whether a mark stands before it."""
    ends: bool
    """Whether a mark stands behind it."""


def reading(words: Sequence[Word], place: int) -> str:
    """Sounds of a word as the table has them, or the lexicon's name for them; empty if neither.

    >>> sentence = [Word(text, False, False) for text in "made of lead".split()]
    >>> reading(sentence, 2)
    'lˈɛd'
    """
    word = words[place]
    found = _table().get(word.text, ()) or _table().get(word.text.lower(), ())
    if not found:
        return ""
    before = _START if _begins(words, place) else words[place - 1].text
    after = _END if word.ends or place + 1 == len(words) else words[place + 1].text
    others = frozenset(each.text.lower() for each in words) - {word.text.lower()}
    for candidate in found:
        if candidate.holds(_plain(before), _plain(after), others):
            return candidate.sounds
    return ""


def is_verb(words: Sequence[Word], place: int) -> bool:
    """Whether a pronoun or an auxiliary before a word makes it a verb: "we project"."""
    if _begins(words, place):
        return False
    if words[place - 1].text in ("May", "Will"):
        return False
    before = _plain(words[place - 1].text)
    third = before in ("he", "she", "it") and words[place].text.endswith("s")
    return third or before in _BEFORE_A_VERB


def _begins(words: Sequence[Word], place: int) -> bool:
    """Whether a mark, or the start of the sentence, parts a word from the one before."""
    return place == 0 or words[place].begins or words[place - 1].ends


def _plain(word: str) -> str:
    return word if word in ("I", _START, _END) else word.lower()


def _is_near(cue: str, others: frozenset[str]) -> bool:
    if cue.endswith("*"):
        return any(other.startswith(cue[:-1]) for other in others)
    return cue in others


@cache
def _table() -> Mapping[str, tuple[Reading, ...]]:
    result: dict[str, tuple[Reading, ...]] = {}
    for word, sounds, *cues in rows(_TABLE):
        before, after, near = (frozenset(cue.split()) for cue in [*cues, "", "", ""][:3])
        result[word] = (*result.get(word, ()), Reading(sounds, before, after, near))
    return result
