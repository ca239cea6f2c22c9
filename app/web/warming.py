"""What the first callers would wait for, made once the process listens and not for its start."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from app.engines import registry
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
"""How what goes to workers, to the examiner and to later calls is written as JSON."""


def warm(app: Flask) -> None:
    """Make it all, which takes 0.1 s of a core; whoever calls meanwhile makes what he needs."""
    request_counts.of(app).prepare()
    for kind in registry.GROUPS:
        registry.found(kind)
    for form in _FORMS:
        form()
    for operation in api.operations():
        for model in operation.models:
            model.model_rebuild()
