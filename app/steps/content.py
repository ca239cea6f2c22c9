"""What a job is to make, in the form in which it is stored and sent to workers."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from pydantic import TypeAdapter

from app.lecture import Lecture

LECTURE = "lecture"
"""The kind of job that makes a lecture."""


@cache
def lectures() -> TypeAdapter[Lecture]:
    """From and to JSON."""
    return TypeAdapter(Lecture)


@dataclass(frozen=True, slots=True)
class _FragmentNumber:
    number: int


@dataclass(frozen=True, slots=True)
class _SlideNumbers:
    fragments: tuple[_FragmentNumber, ...]


@dataclass(frozen=True, slots=True)
class _Numbers:
    """What :class:`Shape` needs of a lecture; the rest, much of it, is passed over."""

    language: str
    slides: tuple[_SlideNumbers, ...]


@cache
def numbers() -> TypeAdapter[_Numbers]:
    """From JSON."""
    return TypeAdapter(_Numbers)


@dataclass(frozen=True, slots=True)
class Shape:
    """A lecture without its words."""

    language: str
    mapping: list[list[int]]
    """As :meth:`app.lecture.Lecture.mapping` has it."""


@dataclass(frozen=True, slots=True)
class JobContent:
    """What one job is about; only its kind's steps read the text.

    >>> str(JobContent("lecture", 7, "{}"))
    'lecture=7'
    """

    kind: str
    """As it is stored, for example ``lecture``."""
    id: int
    """Unique among the jobs of a tenant."""
    text: str = field(repr=False)
    """JSON, as the kind writes it; never for a log."""

    def __str__(self) -> str:
        """For the log."""
        return f"{self.kind}={self.id}"

    @property
    def named(self) -> str:
        """For a message to people, for example ``lecture 7``."""
        return f"{self.kind} {self.id}"


def content_of(lecture: Lecture) -> JobContent:
    """A lecture as its job carries it."""
    return JobContent(LECTURE, lecture.id, lectures().dump_json(lecture).decode())


def lecture_of(content: JobContent) -> Lecture:
    """The lecture that a job is to make.

    Raises:
        ValueError: It is to make something else.
    """
    return lectures().validate_json(_text_of(content))


def shape_of(content: JobContent) -> Shape:
    """What is to be known of a lecture without reading its words, which may be very many.

    What is no lecture has neither slides nor a language.
    """
    if content.kind != LECTURE:
        return Shape("", [])
    found = numbers().validate_json(content.text)
    mapping = [[each.number for each in slide.fragments] for slide in found.slides]
    return Shape(found.language, mapping)


def _text_of(content: JobContent) -> str:
    if content.kind != LECTURE:
        raise ValueError(f"{content} is no lecture")
    return content.text
