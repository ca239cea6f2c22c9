"""A stored voice says a sentence, so that people hear what a lecture will sound like."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.lecture import Fragment, Slide
from app.steps import speak
from app.steps import utterance as utterances
from app.steps.content import JobContent
from app.steps.step import Kind, Queue, Step
from app.steps.trial_sentences import SENTENCES
from app.steps.utterance import Utterance
from app.steps.workshop import Surroundings, Workshop

VOICE = "voice"
"""The kind of job that tries a stored voice."""

SOUND = "preview.wav"
"""What the sound is called for the caller."""


def said_in(language: str) -> Slide | None:
    """What is said in a language; ``None`` when nobody has written a sentence in it."""
    sentence = SENTENCES.get(language)
    return None if sentence is None else Slide((Fragment(1, sentence),))


def content_of(utterance: Utterance) -> JobContent:
    """The trial of a voice as its job carries it."""
    return replace(utterances.content_of(utterance), kind=VOICE)


def step(utterance: Utterance, folder: Path) -> Step:
    """The step that says it.

    Args:
        folder: Where the sound appears.
    """
    fragment = utterance.fragment(1)
    return KIND.step(
        0,
        needs=(),
        input_hash=speak.spoken_hash(
            utterance.language,
            fragment,
            fragment.text,
            speech=utterance.speech,
            voice_sha256=utterance.voice_sha256,
        ),
        slide=None,
        letters=len(fragment.plain),
        places={speak.SOUND: folder / SOUND},
    )


def _do(content: JobContent, number: int, workshop: Workshop, around: Surroundings) -> None:
    del number
    speak.speak(utterances.utterance_of(content, kind=VOICE), 1, workshop, around)


KIND = Kind("trial", Queue.SPEECH, cost=1.0, of_fragment=False, do=_do)
