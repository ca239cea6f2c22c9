"""What an LMS calls: start a lecture, ask for it, stop it, and a sign of life."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import MethodNotAllowed

from app.bootstrap import Services
from app.errors import InputError, JobNotFound
from app.intake import LMS, GenerateRequest, accept, draft_of
from app.web.lms import envelope
from app.web.lms.selection import BadBody, json_object, number_in_query, selected_lecture
from app.web.lms.status import as_result
from app.web.request import arrived

blueprint = Blueprint("generate", __name__)
envelope.register(blueprint)

# The former service's README said /generate, its code /generation/; callers of both exist.
# Slashes at the end are optional everywhere and never redirected: a redirected POST loses
# its body in common clients.


@blueprint.post("/generate")
@blueprint.post("/generation")
def start() -> Response:
    """Accept a lecture and answer with its slide-to-fragment lists."""
    body = json_object()
    if not body:
        raise BadBody("not_an_object")
    asked = GenerateRequest.model_validate(body)
    with draft_of(asked, _services(), until=_until()) as draft:
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
    if request.method == "HEAD":  # Flask lets it go wherever GET may
        raise MethodNotAllowed(["GET", "POST"])
    stopped = _services().store.cancel(LMS, selected_lecture())
    return envelope.ok("stopped" if stopped else "nothing_to_stop", bool(stopped))


@blueprint.get("/generate/status")
@blueprint.get("/generation/status")
def status() -> Response:
    """Where a lecture stands, a page of it if it is long, and what happened since an event."""
    lecture_id = number_in_query("id", at_least=-(2**63))
    if lecture_id is None:
        raise InputError("id: missing; ask for example for ?id=7", field="id")
    after = number_in_query("events", at_least=0)
    page = number_in_query("page", at_least=1)
    report = _services().store.report(LMS, lecture_id, after, page=page or 1)
    if report is None:
        raise JobNotFound(f"id {lecture_id}")
    return envelope.ok("status", as_result(report, with_events=after is not None))


@blueprint.get("/ping")
def ping() -> Response:
    """A sign of life that touches no database and no engine."""
    return envelope.ok("pong", True)


def _until() -> float:
    """When the caller must have an answer."""
    return arrived() + _services().settings.server.examine_seconds


def _services() -> Services:
    services: Services = current_app.extensions["videolecture"]
    return services
