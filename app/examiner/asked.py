"""What is asked of a text or a recording, and what is answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from app.lecture import Slide, SplitMode
from app.lecture.aloud import Saying
from app.lecture.bounds import SENTENCES_PER_FRAGMENT, Bounds
from app.lecture.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class TextQuestion:
    """What is to be made of which text."""

    text: Path
    """A copy, which is UTF-8 afterwards."""
    delimiter: str
    """What separates slides."""
    split: SplitMode
    bounds: Bounds
    language: str | None
    """ISO 639-1 code; ``None`` has it told from the text."""
    spoken: Sequence[str] = ()
    """Languages that some engine speaks; they win where the text leaves doubt."""
    is_all: bool = True
    """Whether nothing is heard but this text: then there must be something to speak."""
    lexicon: Path | None = None
    """The lecture's own."""
    site_lexicon: Path | None = None
    site_version: str = ""
    """Other for another content of the site's lexicon."""
    group: int = SENTENCES_PER_FRAGMENT
    """Sentences of a fragment, at most, where the mode counts them."""
    is_aloud: bool = False
    """Whether to tell what is said otherwise than it is written."""


@dataclass(frozen=True, slots=True)
class TextRead:
    """What became of it."""

    language: str
    """ISO 639-1 code; empty when it cannot be told, and then nothing else is there."""
    doubt: str = ""
    """Why it cannot be told."""
    slides: tuple[Slide, ...] = ()
    lexicon: Lexicon = field(default_factory=Lexicon)
    """Of the words that occur in the text."""
    read: tuple[str, ...] = ()
    """What the engine reads of each fragment, in order."""
    aloud: tuple[tuple[Saying, ...], ...] = ()
    """What is said otherwise in each fragment, where that was asked for."""


@dataclass(frozen=True, slots=True)
class RecordingKept:
    """What is known of a recording whose sound was kept; see :mod:`app.voice.recording`."""

    seconds: float
    gain: float
    """Decibels that bring it to the loudness of speech."""
    cuts: tuple[float, ...]
    """Seconds at which to cut it into fragments, in order."""
    caution: str
    """What its owner should know of it; empty when all is well."""


@cache
def questions() -> TypeAdapter[TextQuestion]:
    """From and to JSON."""
    return TypeAdapter(TextQuestion)


@cache
def answers() -> TypeAdapter[TextRead]:
    """From and to JSON."""
    return TypeAdapter(TextRead)


@cache
def recordings() -> TypeAdapter[RecordingKept]:
    """From and to JSON."""
    return TypeAdapter(RecordingKept)
