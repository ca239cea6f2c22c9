"""What a look finds out about a face and a voice, for whoever stores them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter

from app.errors import PictureSeen


@dataclass(frozen=True, slots=True)
class FaceSeen:
    """The one face of a picture that can be used."""

    width: int
    """Pixels of the picture as it is used: upright, and reduced when it is very large."""
    height: int
    box: tuple[int, int, int, int]
    """x, y, width and height of the face in that picture, from brows to chin and ear to ear."""
    yaw: float
    """Degrees, positive when turned to the right of the picture."""
    pitch: float
    """Degrees, positive when looking up; of people who look straight ahead most have about -10."""
    roll: float
    """Degrees, positive when tilted clockwise."""
    warnings: tuple[str, ...] = ()
    """Sentences for people: what could be better."""


@dataclass(frozen=True, slots=True)
class VoiceHeard:
    """The passage of a recording that can be followed."""

    seconds: float
    """Of the recording, as far as it was heard: up to a passage that is as good as can be."""
    speech_seconds: float
    """Of the passage that is used, in which somebody speaks."""
    level_db: float
    """dBFS, of that speech."""
    snr_db: float | None
    """Decibels by which the speech is above what else is heard."""
    pitch_hz: float | None
    """Median; ``None`` when nothing in the passage is voiced."""
    warnings: tuple[str, ...] = ()
    """Sentences for people: what could be better."""


@cache
def faces() -> TypeAdapter[FaceSeen]:
    """From and to JSON."""
    return TypeAdapter(FaceSeen)


@cache
def pictures() -> TypeAdapter[PictureSeen]:
    """From JSON."""
    return TypeAdapter(PictureSeen)


@cache
def voices() -> TypeAdapter[VoiceHeard]:
    """From and to JSON."""
    return TypeAdapter(VoiceHeard)
