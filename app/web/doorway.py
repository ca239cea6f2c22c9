"""From a request at a door to the function that serves it, by the rules of the API.

Keys, tenants, limits and bounds are the same as below ``/v1``; only how things are said is other.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

from flask import Blueprint, Response, current_app

from app.bootstrap import Services
from app.web.doors import Door
from app.web.request import Room
from app.web.v1 import admission, call
from app.web.v1.operation import Operation, Reply, Resource


def room_of(door: Door, resource: Resource) -> Blueprint:
    """What Flask serves of a door.

    Args:
        resource: Its operations, with whole paths as Flask writes them.
    """
    made = Room(door.name, __name__, prefixes=door.prefixes)
    made.after_request(admission.tell_limit)
    for operation in resource.operations:
        made.add_url_rule(
            operation.path,
            endpoint=operation.name,
            view_func=_served(operation),
            methods=[operation.method],
        )
    return made


def _served(operation: Operation) -> Callable[..., Response]:
    def serve(**parts: str) -> Response:
        services: Services = current_app.extensions["videolecture"]
        begun = admission.admitted(operation, services)
        with ExitStack() as held:
            return _response(operation.serve(call.read(begun, held), **parts))

    return serve


def _response(reply: Reply | Response) -> Response:
    if isinstance(reply, Response):
        return reply
    assert reply.body is not None, "every answer at a door says something"
    text = reply.body.model_dump_json(exclude_unset=True)
    return Response(f"{text}\n", reply.status, mimetype="application/json")
