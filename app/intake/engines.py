"""The engines of a lecture, as far as whoever asks for it may choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.engines import choice, configured
from app.intake.draft import Draft, Wishes, about
from app.lecture import Lecture
from app.media.ffmpeg import locate
from app.steps import Recipe

if TYPE_CHECKING:
    from config import Settings


def choose_face_engine(settings: Settings, wishes: Wishes) -> str:
    """The engine that will animate; asked first, for it costs nothing.

    Raises:
        InputError: There is none of that name, or it cannot show a face as wished.
        EngineUnavailable: It cannot run here, or ffmpeg is missing.
    """
    locate(settings.media.ffmpeg)  # without it nothing can be done, not even heard
    with about("face_engine"):
        return choice.choose_face_engine(settings, wishes.face_engine, wishes.face)


def choose_speech_engine(settings: Settings, wishes: Wishes, language: str) -> str:
    """The engine that will speak.

    Raises:
        InputError: There is none of that name, or none that speaks the language.
        EngineUnavailable: None that does can run here.
    """
    with about("speech_engine" if wishes.speech_engine else "language"):
        return choice.choose_speech_engine(settings, language, wishes.speech_engine)


def recipe(settings: Settings, draft: Draft, lecture: Lecture) -> Recipe:
    """What the lecture's artifacts are made from, besides its text."""
    speaks = lecture.speaks_text()
    return Recipe(
        speech=configured.speech_identity(settings, lecture.speech_engine) if speaks else "",
        face=configured.face_identity(settings, lecture.face_engine, lecture.face),
        voice_sha256=draft.voice.sha256 if draft.voice is not None else "",
        image_sha256=draft.face.sha256,
    )
