"""A lecture that somebody asks for, before it is accepted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from app.errors import InputError
from app.intake.staging import Staging
from app.lecture import FaceChoice, SplitMode


@dataclass(frozen=True, slots=True)
class Content:
    """Bytes that a lecture is made of, in a file of the service's own."""

    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a lecture shall be made; ``None`` leaves it to the configuration."""

    language: str | None = None
    """ISO 639-1 code, or ``auto``."""
    speech_engine: str | None = None
    face_engine: str | None = None
    face: FaceChoice = field(default_factory=FaceChoice)
    split: SplitMode | None = None

    def chosen(self) -> dict[str, object]:
        """Those that are not left to the configuration.

        >>> Wishes(language="en", face=FaceChoice(still=False)).chosen()
        {'language': 'en', 'still': False}
        """
        wishes = {
            "language": self.language,
            "speech_engine": self.speech_engine,
            "face_engine": self.face_engine,
            "split": self.split,
        }
        chosen = {name: wish for name, wish in wishes.items() if wish is not None}
        return {**chosen, **self.face.overrides()}


@dataclass(frozen=True, slots=True)
class Draft:
    """What :func:`app.intake.accept` turns into a submitted lecture.

    An :class:`InputError` of the intake names one of these fields, or a wish.
    """

    id: int
    wishes: Wishes
    face_engine: str
    """Chosen, and found to run here, before anything was copied."""
    output: Path
    """Directory for the results, checked; it may be missing when its parent is there."""
    copies: Staging
    """Where the content lies until the lecture is accepted."""
    face: Content
    voice: Content | None
    """``None`` only where every slide is a recording."""
    text: Content | None
    """``None``: every slide is a recording."""
    lexicon: Content | None = None
    delimiter: str | None = None
    """What separates slides; ``None`` leaves it to the configuration."""
    titles: tuple[str, ...] = ()
    """Of the slides; empty for those that have none, and so are all when not given."""
    recordings: Mapping[int, Content] = field(default_factory=dict)
    """Sound that is heard on a slide instead of a text, by the slide's number from 1.

    The text of such a slide is empty; slides behind the text's last one are added.  A recording of
    the whole lecture is slide 1 of a draft without text.
    """
    restart: bool = False
    """Generate it even if it is done already."""
    until: float | None = None
    """When whoever asks must have an answer, by the monotonic clock; ``None``: he has time."""


@contextmanager
def about(field: str) -> Iterator[None]:
    """Let an error of the caller's name the field of the draft, or the wish, at fault."""
    try:
        yield
    except InputError as error:
        error.field = field
        raise
