"""The resources, put together into what Flask serves."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from flask import Blueprint, Response, current_app, request

from app.bootstrap import Services
from app.web import problem
from app.web.v1 import (
    admission,
    avatars,
    call,
    deliveries,
    docs,
    drafts,
    engines,
    estimates,
    events,
    files,
    keys,
    lecture_sources,
    lectures,
    openai,
    operating,
    readings,
    recordings,
    repeating,
    service,
    sessions,
    speech,
    uploads,
    usage,
    voices,
    webhooks,
)
from app.web.v1.operation import Operation, Reply
from app.web.v1.parameters import PARAMETERS

PREFIX = "/v1"

RESOURCES = (
    avatars.resource,
    voices.resource,
    recordings.resource,
    speech.resource,
    openai.resource,
    uploads.resource,
    lectures.resource,
    lecture_sources.resource,
    events.resource,
    files.resource,
    estimates.resource,
    drafts.resource,
    readings.resource,
    usage.resource,
    webhooks.resource,
    deliveries.resource,
    engines.resource,
    keys.resource,
    sessions.resource,
    operating.resource,
    service.resource,
    docs.resource,
)
"""In the order of the document."""


def operations() -> list[Operation]:
    """Everything that the API offers."""
    return [operation for resource in RESOURCES for operation in resource.operations]


def _served(operation: Operation) -> Callable[..., Response]:
    def serve(**parts: str) -> Response:
        services: Services = current_app.extensions["videolecture"]
        begun = admission.admitted(operation, services)
        named = {name: PARAMETERS[name].read(part) for name, part in parts.items()}
        with ExitStack() as held:
            read = call.read(begun, held)
            if operation.repeatable:
                return repeating.served(read, lambda one: _response(operation.serve(one, **named)))
            return _response(operation.serve(read, **named))

    return serve


def _response(reply: Reply | Response) -> Response:
    if isinstance(reply, Response):
        return reply
    if reply.body is None:
        return Response(status=reply.status, headers=dict(reply.headers))
    told: Any = reply.body.model_dump(mode="json", by_alias=True)
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    response = Response(f"{text}\n", reply.status, mimetype="application/json")
    response.headers.update(reply.headers)
    return response


def _told_as_expected(response: Response) -> Response:
    """A failure in the form that callers of its operation know."""
    if response.mimetype != problem.MEDIA_TYPE:
        return response
    name = (request.endpoint or "").rpartition(".")[2]
    found = (each.failures for each in operations() if each.name == name)
    failures = next(found, None)
    return response if failures is None else failures.told(response)


def _blueprint() -> Blueprint:
    made = Blueprint("v1", __name__, url_prefix=PREFIX)
    problem.register(made)
    made.after_request(uploads.tell_version)
    made.record(events.install)
    made.after_request(admission.tell_limit)
    made.after_request(_told_as_expected)
    for operation in operations():
        made.add_url_rule(
            operation.path.replace("{", "<").replace("}", ">"),
            endpoint=operation.name,
            view_func=_served(operation),
            methods=[operation.method],
        )
    return made


blueprint = _blueprint()
