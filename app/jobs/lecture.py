"""A lecture as a job."""

from __future__ import annotations

from app.jobs.store.job import Also, Submission
from app.lecture import Lecture
from app.steps import Step, content_of


def lecture_submission(
    tenant: str,
    lecture: Lecture,
    steps: tuple[Step, ...],
    request_hash: str,
    *,
    restart: bool = False,
    reserved: bool = False,
    also: Also | None = None,
) -> Submission:
    """What to submit to have a lecture made; see :class:`Submission`.

    Args:
        steps: As :func:`app.steps.plan` gives them.
    """
    return Submission(
        tenant=tenant,
        content=content_of(lecture),
        steps=steps,
        request_hash=request_hash,
        inputs=lecture.source_image.parent,
        output=lecture.generated_dir,
        restart=restart,
        reserved=reserved,
        also=also,
    )
