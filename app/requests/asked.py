"""A lecture as a program asks for it, in the form in which it can be edited later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from pydantic import TypeAdapter

from app.lecture import SplitMode
from app.lecture.model import Preprocess


@dataclass(frozen=True, slots=True)
class AskedSlide:
    """A slide: what is spoken on it."""

    text: str = ""
    title: str = ""
    audio: int | None = None
    """A recording of the library that is heard instead of a text."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that decides what a lecture becomes."""

    slides: tuple[AskedSlide, ...]
    avatar: int
    """Whose face it is, by the id in the library."""
    voice: int | None
    """Whose voice it follows, the same; ``None`` only where every slide is a recording."""
    language: str | None = None
    """ISO 639-1 code, or ``auto``; these and all below: ``None`` leaves it to the settings."""
    speech_engine: str | None = None
    face_engine: str | None = None
    preprocess: Preprocess | None = None
    still: bool | None = None
    size: int | None = None
    split: SplitMode | None = None
    lexicon: str | None = None
    """YAML of words that are to be spelt otherwise."""

    @property
    def recordings(self) -> set[int]:
        """Those that are heard on its slides."""
        return {slide.audio for slide in self.slides if slide.audio is not None}

    def with_slides(self, changes: Mapping[int, AskedSlide]) -> Asked:
        """The same with other slides in some places.

        Args:
            changes: By number, from 1.
        """
        slides = list(self.slides)
        for number, slide in changes.items():
            slides[number - 1] = slide
        return replace(self, slides=tuple(slides))


@cache
def asked_json() -> TypeAdapter[Asked]:
    """From and to JSON; made when it is first needed, which takes milliseconds."""
    return TypeAdapter(Asked)
