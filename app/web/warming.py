"""What the first callers would wait for, made once the process listens and not for its start."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from app.examiner import asked, seen
from app.requests.asked import asked_json
from app.steps import content, stored_face, utterance
from app.web import request_counts
from app.web.v1 import api

_FORMS: tuple[Callable[[], object], ...] = (
    asked.questions,
    asked.answers,
    content.lectures,
    content.numbers,
    asked_json,
    asked.recordings,
    seen.faces,
    seen.voices,
    utterance.utterances,
    stored_face.faces,
)
"""What is written as JSON for workers, the examiner and later calls; those of `POST` first."""


def warm(app: Flask) -> None:
    """Make it all, which takes 50 ms of a core; whoever calls meanwhile makes what he needs."""
    request_counts.of(app).prepare()
    for form in _FORMS:
        form()
    for operation in api.operations():
        for model in operation.models:
            model.model_rebuild()
