"""What a bridge says: one JSON object per line, told apart by ``event``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from app.ports.speech import Word

PROTOCOL = 1
"""Version of the lines; ``ready`` names the one that the other side speaks."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The process runs; nothing is imported yet."""

    protocol: int
    python: str
    """Version of its interpreter, e.g. ``3.8.18``."""
    engine: str
    event: Literal["ready"] = "ready"
    job: None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """The models are in memory."""

    seconds: float
    device: str
    event: Literal["loaded"] = "loaded"
    job: None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """The face is analysed."""

    job: str
    cached: bool
    event: Literal["prepared"] = "prepared"


@dataclass(frozen=True, slots=True)
class Picture:
    """The size of the frames that will follow, in pixels."""

    job: str
    width: Annotated[int, Field(ge=2, le=8192)]
    height: Annotated[int, Field(ge=2, le=8192)]
    event: Literal["picture"] = "picture"


@dataclass(frozen=True, slots=True)
class Progressed:
    """How far a stage of a job is."""

    job: str
    stage: str
    done: int
    total: int
    event: Literal["progress"] = "progress"


@dataclass(frozen=True, slots=True)
class Animated:
    """All frames are written."""

    job: str
    frames: int
    rss: int
    """Bytes that the process holds."""
    event: Literal["animated"] = "animated"


@dataclass(frozen=True, slots=True)
class Spoken:
    """The sound is written, whole, to the WAV that the request named."""

    job: str
    rate: Annotated[int, Field(ge=8000, le=192000)]
    """Samples per second."""
    samples: Annotated[int, Field(ge=0)]
    rss: int
    """Bytes that the process holds."""
    words: tuple[Word, ...] = ()
    """In their order, where the engine knows when they are heard."""
    event: Literal["spoken"] = "spoken"


@dataclass(frozen=True, slots=True)
class Stopped:
    """The job was left because of a ``cancel``; the models stay loaded."""

    job: str
    event: Literal["cancelled"] = "cancelled"


@dataclass(frozen=True, slots=True)
class Failed:
    """The request cannot be done."""

    code: str
    message: str
    job: str | None = None
    event: Literal["error"] = "error"


Event = Ready | Loaded | Prepared | Picture | Progressed | Animated | Spoken | Stopped | Failed

EVENTS: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="event")])

LAST = (Ready, Loaded, Prepared, Animated, Spoken, Stopped, Failed)
"""Those that answer a request; ``Ready`` answers the start."""
