"""What worker and child say to each other: one JSON object per line.

The worker sends the settings first, then a request at a time, and ``cancel`` if it
must.  The child answers each request with any number of ``progress`` lines and one
of ``done``, ``failed`` or ``stopped``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from app.steps import JobContent, Step


@dataclass(frozen=True, slots=True)
class Request:
    """Do a step."""

    step: Step
    content: JobContent
    """Of the step's job."""
    inputs: dict[str, Path]
    """Artifact directory of each step that this one needs."""
    sums: dict[str, dict[str, str]]
    """sha256 of each file of those artifacts, by step and name."""
    target: Path
    """Empty directory for the files."""
    kind: Literal["request"] = "request"


@dataclass(frozen=True, slots=True)
class CancelRequest:
    """Stop what was requested last, if it is not over."""

    kind: Literal["cancel"] = "cancel"


@dataclass(frozen=True, slots=True)
class Progressed:
    """The share of the step that is done."""

    share: float
    kind: Literal["progress"] = "progress"


@dataclass(frozen=True, slots=True)
class Done:
    """The files are in the target directory."""

    kind: Literal["done"] = "done"


@dataclass(frozen=True, slots=True)
class Failed:
    """The step cannot be done; a :class:`app.errors.LectureError` on its way."""

    code: str
    message: str
    retryable: bool
    retry_after: float | None = None
    """Seconds, when the error says how long to wait."""
    kind: Literal["failed"] = "failed"


@dataclass(frozen=True, slots=True)
class Stopped:
    """The step was left because of a ``cancel``."""

    kind: Literal["stopped"] = "stopped"


Message = Request | CancelRequest
Outcome = Done | Failed | Stopped
Answer = Progressed | Outcome

MESSAGES: TypeAdapter[Message] = TypeAdapter(Annotated[Message, Field(discriminator="kind")])
ANSWERS: TypeAdapter[Answer] = TypeAdapter(Annotated[Answer, Field(discriminator="kind")])
