"""The kinds of steps that there are."""

from __future__ import annotations

import logging
import time

from app.steps import (
    animate,
    finish,
    join,
    preview,
    profile,
    speak,
    thumbnail,
    trial,
    utterance,
)
from app.steps.content import JobContent
from app.steps.step import Kind, Step
from app.steps.workshop import Surroundings, Workshop

log = logging.getLogger(__name__)

KINDS = (
    speak.KIND,
    animate.KIND,
    join.KIND,
    finish.KIND,
    utterance.KIND,
    thumbnail.KIND,
    preview.KIND,
    trial.KIND,
    profile.KIND,
)

_BY_NAME = {kind.name: kind for kind in KINDS}


def kind_named(name: str) -> Kind:
    """The kind of a step.

    Raises:
        KeyError: There is none of that name.
    """
    return _BY_NAME[name]


def do(step: Step, content: JobContent, workshop: Workshop, around: Surroundings) -> None:
    """Make the artifact of one step.

    Args:
        content: Of its job.

    Raises:
        LectureError: It cannot be made; whatever lies in ``target`` is worthless.
        Cancelled: Somebody asked for the work to stop.
    """
    started = time.monotonic()
    kind_named(step.kind).do(content, step.number, workshop, around)
    around.progress(1.0)
    log.info("step done %s step=%s seconds=%.2f", content, step.name, time.monotonic() - started)
