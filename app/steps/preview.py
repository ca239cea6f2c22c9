"""A stored face moves for three seconds, without a word."""

from __future__ import annotations

import wave
from pathlib import Path

from app.lecture import FaceChoice
from app.phonetics import Viseme, VisemeName
from app.ports.face import FRAMES_PER_SECOND
from app.ports.sound import SAMPLE_RATE
from app.steps.content import JobContent
from app.steps.recipe import input_hash_of
from app.steps.step import Kind, Queue, Step
from app.steps.stored_face import face_of
from app.steps.workshop import Surroundings, Workshop

CLIP = "preview.mp4"

_FRAMES = 80
"""3.2 s: ten of the blocks that every sound of the service is made of."""

_SHAPES: tuple[tuple[VisemeName, float], ...] = (
    ("sil", 0.8),
    ("aa", 0.16),
    ("PP", 0.12),
    ("E", 0.16),
    ("SS", 0.12),
    ("O", 0.2),
    ("DD", 0.12),
    ("I", 0.16),
    ("FF", 0.12),
    ("U", 0.2),
    ("sil", 1.04),
)
"""Mouth shapes and their seconds: the mouth is seen open, round, wide and closed."""


def step(face: str, image_sha256: str, folder: Path) -> Step:
    """The step that makes the clip.

    Args:
        face: As :class:`~app.steps.recipe.Recipe` has it.
        image_sha256: Of the face's picture.
        folder: Where the clip appears.
    """
    return KIND.step(
        0,
        needs=(),
        input_hash=input_hash_of(KIND.name, repr((_FRAMES, _SHAPES)), face, image_sha256),
        slide=None,
        letters=0,
        places={CLIP: folder / CLIP},
    )


def shapes() -> tuple[Viseme, ...]:
    """What the mouth does."""
    made, begun = [], 0.0
    for shape, seconds in _SHAPES:
        made.append(Viseme(shape, round(begun, 3), round(begun + seconds, 3)))
        begun += seconds
    return tuple(made)


def _do(content: JobContent, number: int, workshop: Workshop, around: Surroundings) -> None:
    del number
    face = face_of(content)
    engine = workshop.face_engine(face.face_engine, FaceChoice())
    prepared = engine.prepare(face.source_image)
    around.cancel.check()
    silence = around.target / "silence.wav"
    _write_silence(silence)
    engine.animate(
        prepared,
        silence,
        shapes(),
        around.target / CLIP,
        cancel=around.cancel,
        progress=around.progress,
    )
    silence.unlink()


def _write_silence(target: Path) -> None:
    with wave.open(str(target), "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(SAMPLE_RATE)
        wav.writeframes(bytes(2 * _FRAMES * SAMPLE_RATE // FRAMES_PER_SECOND))


KIND = Kind("preview", Queue.FACE, cost=1.0, of_fragment=False, do=_do)
