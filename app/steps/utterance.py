"""A few sentences in a stored voice, for somebody who listens now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from app.lecture import Fragment, Slide
from app.lecture.lexicon import Lexicon
from app.steps import speak
from app.steps.content import JobContent
from app.steps.recipe import input_hash_of
from app.steps.step import Kind, Queue, Step
from app.steps.workshop import Surroundings, Workshop

UTTERANCE = "utterance"
"""The kind of job that says something, and of its steps."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What is spoken, fragment after fragment."""

    id: int
    voice_sample: Path
    language: str
    """ISO 639-1 code, decided."""
    speech_engine: str
    speech: str
    """Name, version and options of that engine, as :class:`~app.steps.recipe.Recipe` has them."""
    voice_sha256: str
    """Of the voice sample's bytes."""
    slide: Slide
    """Holds the fragments."""
    speed: float = 1.0
    """How many times faster than the engine speaks."""
    lexicon: Lexicon = field(default_factory=Lexicon)
    """Of the words that occur in it."""

    def fragment(self, number: int) -> Fragment:
        """The fragment of that number.

        Raises:
            KeyError: No fragment has it.
        """
        for fragment in self.slide.fragments:
            if fragment.number == number:
                return fragment
        raise KeyError(number)

    def slide_of(self, number: int) -> Slide:
        """Where the fragment of that number is among its neighbours."""
        del number
        return self.slide


@cache
def utterances() -> TypeAdapter[Utterance]:
    """From and to JSON."""
    return TypeAdapter(Utterance)


def content_of(utterance: Utterance) -> JobContent:
    """An utterance as its job carries it."""
    return JobContent(UTTERANCE, utterance.id, utterances().dump_json(utterance).decode())


def utterance_of(content: JobContent, *, kind: str = UTTERANCE) -> Utterance:
    """What a job is to say.

    Args:
        kind: Of the job.

    Raises:
        ValueError: It is of another kind.
    """
    if content.kind != kind:
        raise ValueError(f"{content} is no {kind}")
    return utterances().validate_json(content.text)


def plan_utterance(utterance: Utterance, read: Sequence[str]) -> tuple[Step, ...]:
    """The steps that speak it, in order; no step needs another.

    Args:
        read: What the engine reads of each fragment, as :func:`app.steps.speak.texts_read` has it.
    """
    return tuple(
        KIND.step(
            fragment.number,
            needs=(),
            input_hash=_input_hash(utterance, fragment, said),
            slide=1,
            letters=len(fragment.plain),
            places={},
        )
        for fragment, said in zip(utterance.slide.fragments, read, strict=True)
    )


def _input_hash(utterance: Utterance, fragment: Fragment, read: str) -> str:
    """That of a lecture's fragment, whose sound it shares, unless it is faster or slower."""
    plain = speak.spoken_hash(
        utterance.language,
        fragment,
        read,
        speech=utterance.speech,
        voice_sha256=utterance.voice_sha256,
    )
    return plain if utterance.speed == 1.0 else input_hash_of(plain, f"{utterance.speed:g}")


def _do(content: JobContent, number: int, workshop: Workshop, around: Surroundings) -> None:
    utterance = utterance_of(content)
    speak.speak(utterance, number, workshop, around, speed=utterance.speed)


KIND = Kind(UTTERANCE, Queue.SPEECH, cost=1.0, of_fragment=True, do=_do)
