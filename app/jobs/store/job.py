"""What the job store takes and gives: submissions, jobs, claims."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from app.disk.folder import Identity
from app.steps import JobContent, Step

if TYPE_CHECKING:
    from sqlalchemy import Connection

    Transaction = Connection
    """For rooms that hand it on and know no SQL."""

Also = Callable[["Connection"], object]
"""Writes something in a transaction of the job store."""


class JobState(StrEnum):
    """Where a job stands; the last three are ends, left only by another submission."""

    QUEUED = "queued"
    RUNNING = "running"
    CANCELLING = "cancelling"
    """Nothing of it is started any more, but something still runs."""
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class StepState(StrEnum):
    """Where a step stands."""

    BLOCKED = "blocked"
    """A step that it needs is not done."""
    READY = "ready"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    """Itself, or a step that it needs."""
    CANCELLED = "cancelled"


class Order(StrEnum):
    """What the holder of a claim has to do."""

    GO_ON = "go_on"
    CANCEL = "cancel"
    FENCED = "fenced"
    """The step is somebody else's by now: stop, publish nothing, report nothing."""


LMS = "lms"
"""Tenant of whoever asks for lectures by paths, without a key."""

SHELL = "shell"
"""Tenant of the command line, whose ids are its own; it starts a worker for each job."""


class JobKey(NamedTuple):
    """Which job of all."""

    tenant: str
    id: int


@dataclass(frozen=True, slots=True)
class Submission:
    """A job that somebody wants done."""

    tenant: str
    content: JobContent
    steps: tuple[Step, ...]
    """Each after those that it needs."""
    request_hash: str
    """Of the whole input: equal hash, same request."""
    inputs: Path | None = None
    """Folder of its copies of the input, kept as long as the job needs it."""
    output: Path | None = None
    """Folder of its results."""
    output_identity: Identity | None = None
    """Of that folder, so that another one at its path is told from it; unless not checked."""
    restart: bool = False
    """Start again even though the same input is done."""
    reserved: bool = False
    """Leave it to the worker that is started for it."""
    also: Also | None = None
    """Written in the very transaction in which the generation becomes the job's."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The step to name when somebody asks what is going on."""

    kind: str
    """As :class:`app.steps.Step` has it."""
    number: int
    """As :class:`app.steps.Step` has it."""


@dataclass(frozen=True, slots=True)
class Job:
    """A job and how far it is; a snapshot."""

    tenant: str
    generation: int
    """How often it was started, from 1."""
    state: JobState
    request_hash: str
    content: JobContent
    error_code: str | None
    """Of the first step that failed; may be set while others still run."""
    error_message: str | None
    steps_done: int
    steps_total: int
    progress: float
    """From 0 to 1, by the usual cost of the steps, running ones counted by their share."""
    stage: Stage | None
    """``None`` when nothing runs."""
    reused: int
    """How many of the done steps were taken from an earlier generation or another job."""
    created: float
    """Of this generation, seconds since the epoch."""
    finished: float | None

    @property
    def id(self) -> int:
        """Unique among the tenant's."""
        return self.content.id


class PieceState(StrEnum):
    """Where a step, or what it makes, stands, as the job's author sees it."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class FragmentStates:
    """How far a fragment is."""

    number: int
    steps: Mapping[str, PieceState]
    """Of each of its steps, by kind, in the order in which they are done."""


@dataclass(frozen=True, slots=True)
class SlideStates:
    """How far a slide is."""

    number: int
    """From 1."""
    state: PieceState
    """Done when its video is; a slide on which nothing is spoken always is."""
    fragments: tuple[FragmentStates, ...]
    """Those on the page."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that has happened to a job."""

    seq: int
    """Rises with every event of a job; not every number occurs."""
    at: float
    """Seconds since the epoch."""
    state: str
    """What the step, or without a stage the job, then was."""
    stage: str | None
    """Kind of the step."""
    slide: int | None
    fragment: int | None
    progress: float
    """Of the job, from 0 to 1, by the steps done at that time."""
    eta_seconds: float | None
    """Until the job's end, as far as could be told at that time."""


@dataclass(frozen=True, slots=True)
class Report:
    """All that is known about a lecture's job at a moment; of a long one a page of its slides."""

    job: Job
    eta_seconds: float | None
    """``None`` until something tells, and after a failure or cancellation."""
    language: str
    mapping: list[list[int]]
    """Fragment numbers per slide, of the whole lecture."""
    slides: tuple[SlideStates, ...]
    """Those on the page, at least in part."""
    page: int
    """Which of so many :attr:`pages`, from 1."""
    pages: int
    error_step: str | None
    """Name of the first step that failed, for example ``face_3``."""
    last_event: int
    """The newest event's number."""
    events: tuple[Event, ...]
    """Of this generation, those that were asked for, oldest first."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A step that somebody may do, until its lease runs out unrenewed."""

    step_id: int
    fence: int
    """Rises with every claim of the step, so that an old claim is told from a new one."""
    owner: str
    lease_seconds: float
    tenant: str
    generation: int
    content: JobContent
    """Of the step's job."""
    step: Step
    inputs: Mapping[str, str]
    """Input hash of each step that this one needs, by name."""
    output: Path | None = None
    output_identity: Identity | None = None
    """Both as :class:`Submission` has them."""

    @property
    def job_id(self) -> int:
        """Of the step's job."""
        return self.content.id


@dataclass(frozen=True, slots=True)
class WorkerRecord:
    """A worker process that has signed on."""

    id: str
    """The ``owner`` of its claims."""
    host: str
    pid: int
    birth: str
    """Tells this process from a later one with the same pid."""
    queues: tuple[str, ...] = ()
    """That it serves; empty: it is of an older version, and has not said."""
