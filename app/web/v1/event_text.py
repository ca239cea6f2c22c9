"""Events of a lecture as Server-Sent Events."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from typing import NamedTuple

from app import moments
from app.jobs.store.job import Event, JobState
from app.steps import kind_named

_BACK_AFTER = (1000, 3000)
"""Milliseconds, from and to; so that after a restart not all come back at the same moment."""

COMMENT = b": still here\n\n"

ENDS = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


class Line(NamedTuple):
    """An event, ready to be sent."""

    seq: int
    text: bytes
    is_end: bool
    """Whether the lecture has ended with it."""


def retry() -> bytes:
    """Tells a browser after what time it comes back when the connection ends."""
    return b"retry: %d\n\n" % random.randint(*_BACK_AFTER)


def line(event: Event) -> Line:
    """An event as it is sent."""
    kind = _kind(event)
    told = {
        "state": event.state,
        "progress": round(100 * event.progress, 1),
        "eta_seconds": None if event.eta_seconds is None else round(event.eta_seconds, 1),
        "stage": event.stage,
        "slide": event.slide,
        "fragment": event.fragment,
        "at": moments.told(event.at),
    }
    return Line(event.seq, b"id: %d\n%b" % (event.seq, _text(kind, told)), kind in ENDS)


def ending(state: JobState) -> bytes:
    """The end of a lecture whose events are not kept any more; without a number."""
    told = {
        "state": state.value,
        "progress": 100.0 if state is JobState.DONE else None,
        "eta_seconds": 0.0 if state is JobState.DONE else None,
        "stage": None,
        "slide": None,
        "fragment": None,
        "at": None,
    }
    return _text(state.value, told)


def _kind(event: Event) -> str:
    if event.stage is None:
        return event.state if event.state in ENDS else "progress"
    if event.state != JobState.DONE:
        return "progress"
    if kind_named(event.stage).of_fragment:
        return "fragment"
    return "progress" if event.slide is None else "slide"


def _text(kind: str, told: Mapping[str, object]) -> bytes:
    data = json.dumps(told, separators=(",", ":"))
    return f"event: {kind}\ndata: {data}\n\n".encode()
