"""Tokens of a Russian text to Kokoro phonemes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.engines.speech.g2p.russian.exceptions import CLITICS, PARTICLES
from app.engines.speech.g2p.russian.homographs import stress_in_context
from app.engines.speech.g2p.russian.kokoro import transcribe
from app.engines.speech.g2p.russian.pronounce import pronounce
from app.engines.speech.g2p.russian.spelling import spell
from app.engines.speech.g2p.tokens import Token, prosody


def phonemes(tokens: Sequence[Token]) -> Iterator[str]:
    """Kokoro phonemes of each token, in order."""
    spelled = spell(tokens)
    words = ["", *(word for token in spelled for word in token.words), ""]
    neighbours = zip(words, words[1:], words[2:], strict=False)
    for token in spelled:
        spoken = " ".join(_word(*next(neighbours)) for _ in token.words)
        yield prosody(token.opening) + spoken + prosody(token.closing)


def _word(before: str, word: str, after: str) -> str:
    if word in CLITICS or word == "из-за":
        word = word.replace("-", "")
        return transcribe(pronounce(word, None, after[:1] or "а"))
    return "".join(_part(part, before) for part in word.split("-") if part)


def _part(part: str, before: str) -> str:
    """One part of a word like "что-то", whose particles are never stressed."""
    if part in PARTICLES:
        return transcribe(pronounce(part, None))
    stressed = stress_in_context(part, before)
    return transcribe(pronounce(stressed.word, stressed.vowel))
