"""The resources, put together into what Flask serves."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from flask import Blueprint, Response, current_app

from app.bootstrap import Services
from app.web import problem
from app.web.v1 import (
    avatars,
    call,
    engines,
    estimates,
    lectures,
    repeating,
    service,
    uploads,
    voices,
)
from app.web.v1.operation import Operation, Reply
from app.web.v1.parameters import PARAMETERS

PREFIX = "/v1"

RESOURCES = (
    avatars.resource,
    voices.resource,
    uploads.resource,
    lectures.resource,
    estimates.resource,
    engines.resource,
    service.resource,
)
"""In the order of the document."""


def operations() -> list[Operation]:
    """Everything that the API offers."""
    return [operation for resource in RESOURCES for operation in resource.operations]


def _served(operation: Operation) -> Callable[..., Response]:
    def serve(**parts: str) -> Response:
        services: Services = current_app.extensions["videolecture"]
        begun = call.begun(operation, services)
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


def _blueprint() -> Blueprint:
    made = Blueprint("v1", __name__, url_prefix=PREFIX)
    problem.register(made)
    for operation in operations():
        made.add_url_rule(
            operation.path.replace("{", "<").replace("}", ">"),
            endpoint=operation.name,
            view_func=_served(operation),
            methods=[operation.method],
        )
    return made


blueprint = _blueprint()
