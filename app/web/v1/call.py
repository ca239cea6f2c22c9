"""One call of the API: who calls, and what for."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from flask import request
from pydantic import BaseModel, ValidationError

from app.access.keys import DEFAULT_TENANT, Key
from app.bootstrap import Services
from app.web.problem import Fault, Malformed, bad_input, invalid
from app.web.v1 import callers
from app.web.v1.callers import Caller
from app.web.v1.operation import Operation


@dataclass(frozen=True, slots=True)
class Call:
    """What an operation is handed."""

    services: Services
    operation: Operation
    tenant: str
    key: Key | None
    """``None``: a caller who needs none."""
    query: Any = None
    """An instance of the operation's ``query``."""
    body: Any = None
    """An instance of what its ``body`` has as JSON; ``None`` where none was sent."""

    def link(self, path: str) -> str:
        """Where something lies: a path for the caller, also behind a proxy that adds a prefix.

        Args:
            path: Below ``/v1``.
        """
        return f"{request.script_root}/v1{path}"


def begun(operation: Operation, services: Services) -> Call:
    """A call whose caller may make it; query and body are not read yet.

    Nobody is asked for a key where none is needed: a sign of life must not wait for the database.

    Raises:
        Unauthenticated: A key is needed, or the one that is shown does not count.
        Forbidden: It does not allow this.
    """
    if operation.scope is None:
        return Call(services, operation, DEFAULT_TENANT, None)
    key = callers.allowed(services, Caller.of(request.environ), operation.scope)
    return Call(services, operation, key.tenant if key else DEFAULT_TENANT, key)


def read(call: Call) -> Call:
    """The same with its query and body.

    Raises:
        Malformed: They are not as the operation wants them.
    """
    operation = call.operation
    query = None if operation.query is None else _query(operation.query)
    body = None
    if operation.body is not None and operation.body.json is not None:
        body = _json(operation.body.json, required=operation.body.required)
    return replace(call, query=query, body=body)


def _query(model: type[BaseModel]) -> BaseModel:
    for name, values in request.args.lists():
        if len(values) > 1:
            raise bad_input(f"{name}: given several times", Fault(name, "given several times"))
    try:
        return model.model_validate(request.args.to_dict())
    except ValidationError as error:
        raise invalid(error) from error


def _json(model: type[BaseModel], *, required: bool) -> BaseModel | None:
    if not request.content_length and not required:
        return None
    if not request.is_json:  # of other kinds the body may be too large to be held in memory
        raise Malformed(415, "unsupported_media_type", "send the body as application/json")
    raw = request.get_data()
    try:
        json.loads(raw, object_pairs_hook=_without_doubles, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        told = "the body is no JSON, or a key occurs twice in it"
        raise Malformed(400, "malformed_json", told) from error
    try:
        return model.model_validate_json(raw)
    except ValidationError as error:
        raise invalid(error) from error


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key occurs twice")
    return found


def _no_number(name: str) -> Any:  # never returns
    raise ValueError(f"{name} is no JSON")
