"""Words of a Russian text to Kokoro phonemes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.engines.speech.g2p.prosody import prosody
from app.engines.speech.g2p.russian.exceptions import CLITICS, PARTICLES, UNREDUCED
from app.engines.speech.g2p.russian.homographs import stress_in_context
from app.engines.speech.g2p.russian.kokoro import transcribe
from app.engines.speech.g2p.russian.pronounce import Phone, pronounce
from app.text.tokens import INNER_PAUSE, Verbalized

_CLAUSE_ENDS = frozenset(",;:.!?…—()")


def phonemes(pieces: Sequence[Verbalized]) -> Iterator[str]:
    """Kokoro phonemes of each piece, in order."""
    said = (word for piece in pieces for word in piece.words)
    words = ["", *("" if word == INNER_PAUSE else word for word in said), ""]
    neighbours = zip(words, words[1:], words[2:], strict=False)
    starts_clause = True
    for piece in pieces:
        spoken: list[str] = []
        for _ in piece.words:
            before, word, after = next(neighbours)
            if not word:
                spoken[-1] += INNER_PAUSE
                starts_clause = True
                continue
            spoken.append(_word("" if starts_clause else before, word, after))
            starts_clause = False
        starts_clause = starts_clause or not _CLAUSE_ENDS.isdisjoint(piece.opening + piece.closing)
        yield prosody(piece.opening) + " ".join(spoken) + prosody(piece.closing)


def _word(before: str, word: str, after: str) -> str:
    if word in CLITICS or word == "из-за":
        word = word.replace("-", "")
        return transcribe(_clitic(word, after[:1] or "а"))
    return "".join(_part(part, before, after) for part in word.split("-") if part)


def _clitic(word: str, following: str) -> list[Phone]:
    if word not in UNREDUCED:
        return pronounce(word, None, following)
    return [replace(phone, stressed=False) for phone in pronounce(word, 0, following)]


def _part(part: str, before: str, after: str) -> str:
    """One part of a word like "что-то", whose particles are never stressed."""
    if part in PARTICLES:
        return transcribe(pronounce(part, None))
    stressed = stress_in_context(part, before, after)
    return transcribe(pronounce(stressed.word, stressed.vowel))
