"""What an LMS calls: start a lecture, ask for it, stop it, and a sign of life."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import UnsupportedMediaType

from app.bootstrap import Services
from app.errors import InputError, JobNotFound
from app.intake import LMS, GenerateRequest, accept, draft_of
from app.web.lms import envelope
from app.web.lms.envelope import BadBody
from app.web.lms.status import as_result

blueprint = Blueprint("generate", __name__)
envelope.register(blueprint)

# The former service's README said /generate, its code /generation/; callers of both exist.
# Slashes at the end are optional everywhere and never redirected: a redirected POST loses
# its body in common clients.


@blueprint.post("/generate")
@blueprint.post("/generation")
def start() -> Response:
    """Accept a lecture and answer with its slide-to-fragment lists."""
    asked = GenerateRequest.model_validate(_body())
    with draft_of(asked, _services()) as draft:
        accepted = accept(draft, _services(), tenant=LMS)
    if not accepted.started:
        return envelope.ok("already", accepted.mapping)
    if accepted.caution:
        told = f"voice_path {asked.voice_path}: {accepted.caution}"
        return envelope.ok("started_with_caution", accepted.mapping, detail=told)
    return envelope.ok("started", accepted.mapping)


@blueprint.route("/generate/cancel", methods=["GET", "POST"])
@blueprint.route("/generation/cancel", methods=["GET", "POST"])
def cancel() -> Response:
    """Stop one lecture or all; ``result`` tells whether anything was stopped."""
    stopped = _services().store.cancel(LMS, _number("id"))
    return envelope.ok("stopped" if stopped else "nothing_to_stop", bool(stopped))


@blueprint.get("/generate/status")
@blueprint.get("/generation/status")
def status() -> Response:
    """Where a lecture stands, a page of it if it is long, and what happened since an event."""
    lecture_id = _number("id")
    if lecture_id is None:
        raise InputError("id: missing; ask for example for ?id=7", field="id")
    after = _number("events")
    page = _number("page")
    report = _services().store.report(LMS, lecture_id, after, page=1 if page is None else page)
    if report is None:
        raise JobNotFound(f"id {lecture_id}")
    return envelope.ok("status", as_result(report, with_events=after is not None))


@blueprint.get("/ping")
def ping() -> Response:
    """A sign of life that touches no database and no engine."""
    return envelope.ok("pong", True)


def _body() -> dict[str, Any]:
    """The body, a JSON object with something in it."""
    raw = request.get_data()
    if raw and not request.is_json:
        raise UnsupportedMediaType
    try:
        value = json.loads(raw or b"{}")
    except (ValueError, RecursionError) as error:
        raise BadBody("malformed_json") from error
    if not isinstance(value, dict) or not value:
        raise BadBody("not_an_object")
    return value


def _number(name: str) -> int | None:
    """A whole number from the query; ``None`` when it is not there."""
    text = request.args.get(name)
    if text is None:
        return None
    try:
        value = int(text)
    except ValueError as error:
        raise InputError(
            f"{name}: must be a whole number, not {text[:40]!r}", field=name
        ) from error
    if not -(2**63) <= value < 2**63:
        raise InputError(f"{name}: out of range", field=name)
    return value


def _services() -> Services:
    services: Services = current_app.extensions["videolecture"]
    return services
