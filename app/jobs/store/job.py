"""What the job store takes and gives: submissions, jobs, claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.lecture import Lecture, Step, StepKind


class JobState(StrEnum):
    """Where a lecture stands; the last three are ends, left only by another submission."""

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


@dataclass(frozen=True, slots=True)
class Submission:
    """A lecture that somebody wants."""

    tenant: str
    lecture: Lecture
    steps: tuple[Step, ...]
    """Each after those that it needs, as :func:`app.lecture.plan` gives them."""
    request_hash: str
    """Of the whole input: equal hash, same request."""
    restart: bool = False
    """Start again even though the same input is done."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The step to name when somebody asks what is going on."""

    kind: StepKind
    number: int
    """Of the fragment or slide, from 1; 0 for the final step."""


@dataclass(frozen=True, slots=True)
class Job:
    """A lecture being generated, or generated; a snapshot."""

    tenant: str
    id: int
    generation: int
    """How often it was started, from 1."""
    state: JobState
    request_hash: str
    lecture: Lecture
    error_code: str | None
    """Of the first step that failed; may be set while other fragments still run."""
    error_message: str | None
    steps_done: int
    steps_total: int
    progress: float
    """From 0 to 1, by the usual cost of the steps, running ones counted by their share."""
    stage: Stage | None
    """``None`` when nothing runs."""
    reused: int
    """How many of the done steps were taken from an earlier generation or lecture."""
    created: float
    """Of this generation, seconds since the epoch."""
    finished: float | None


class PieceState(StrEnum):
    """Where a part of a lecture stands, as its author sees it."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class FragmentStates:
    """How far a fragment is."""

    number: int
    speech: PieceState
    face: PieceState


@dataclass(frozen=True, slots=True)
class SlideStates:
    """How far a slide is."""

    number: int
    """From 1."""
    state: PieceState
    """Done when its video is; a slide on which nothing is spoken always is."""
    fragments: tuple[FragmentStates, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that has happened to a lecture."""

    seq: int
    """Rises with every event of a lecture; not every number occurs."""
    at: float
    """Seconds since the epoch."""
    state: str
    """What the step, or without a stage the lecture, then was."""
    stage: StepKind | None
    slide: int | None
    fragment: int | None
    progress: float
    """Of the lecture, from 0 to 1, by the steps done at that time."""
    eta_seconds: float | None
    """Until the lecture's end, as far as could be told at that time."""


@dataclass(frozen=True, slots=True)
class Report:
    """All that is known about a lecture at a moment."""

    job: Job
    eta_seconds: float | None
    """``None`` until something tells, and after a failure or cancellation."""
    slides: tuple[SlideStates, ...]
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
    lecture: Lecture
    step: Step
    inputs: Mapping[str, str]
    """Input hash of each step that this one needs, by name."""


@dataclass(frozen=True, slots=True)
class WorkerRecord:
    """A worker process that has signed on."""

    id: str
    """The ``owner`` of its claims."""
    host: str
    pid: int
    birth: str
    """Tells this process from a later one with the same pid."""
