"""What webhooks are told of."""

from __future__ import annotations

from enum import StrEnum

from app.jobs.store.job import JobState


class Event(StrEnum):
    """What has happened to a lecture; webhooks choose."""

    STARTED = "lecture.started"
    DONE = "lecture.done"
    FAILED = "lecture.failed"
    CANCELLED = "lecture.cancelled"


TEST = "webhook.test"
"""Somebody wants to see whether messages arrive; whatever a webhook chose."""

OF_STATE = {
    JobState.RUNNING: Event.STARTED,
    JobState.DONE: Event.DONE,
    JobState.FAILED: Event.FAILED,
    JobState.CANCELLED: Event.CANCELLED,
}
"""By the state that a lecture comes to."""

OF_CALLBACKS = (Event.DONE, Event.FAILED, Event.CANCELLED)
"""What the address that a lecture names for itself is told: that it has ended."""
