"""``profile.json``: whose voice people will hear for a stored voice, and how near it is."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from app.steps import trial
from app.steps.content import JobContent
from app.steps.documents import as_json
from app.steps.recipe import input_hash_of
from app.steps.record import read_record
from app.steps.step import Kind, Queue, Step
from app.steps.utterance import utterance_of
from app.steps.workshop import Surroundings, Workshop

FILE = "profile.json"


@dataclass(frozen=True, slots=True)
class Profile:
    """As the engine that spoke the trial chose and measured."""

    engine: str
    language: str
    """ISO 639-1 code, of the trial."""
    fidelity: Literal["cloned", "preset_matched", "preset_tuned", "preset", "recorded"]
    """As :class:`app.ports.speech.VoiceUsed` has it."""
    nearest: str
    """Name of the engine's built-in voice; empty for a cloned one."""
    similarity: float | None
    """Cosine of the speaker embeddings of sample and voice, when both were measured."""
    seconds: float
    """Of the trial."""


@cache
def profiles() -> TypeAdapter[Profile]:
    """From and to JSON."""
    return TypeAdapter(Profile)


def step(spoken: Step, folder: Path) -> Step:
    """The step that writes it.

    Args:
        spoken: The trial.
        folder: Where it appears.
    """
    return KIND.step(
        0,
        needs=(spoken.name,),
        input_hash=input_hash_of(KIND.name, "1", spoken.input_hash),
        slide=None,
        letters=0,
        places={FILE: folder / FILE},
    )


def _do(content: JobContent, number: int, workshop: Workshop, around: Surroundings) -> None:
    del number, workshop
    record = read_record(around.inputs[trial.KIND.step_name(0)])
    profile = Profile(
        engine=record.engine,
        language=utterance_of(content, kind=trial.VOICE).language,
        fidelity=record.voice.fidelity,
        nearest=record.voice.preset,
        similarity=record.voice.similarity,
        seconds=record.seconds,
    )
    (around.target / FILE).write_bytes(as_json(asdict(profile)))


KIND = Kind("profile", Queue.CPU, cost=0.01, of_fragment=False, do=_do)
