"""One call of the API: who calls, and what for."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from flask import request
from pydantic import BaseModel, ValidationError

from app.access.keys import DEFAULT_TENANT, Key
from app.bootstrap import Services
from app.errors import Forbidden, Unauthenticated
from app.web.addresses import is_loopback
from app.web.problem import Fault, Malformed, bad_input, invalid
from app.web.proxies import FORWARDED
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
    """A call of a known caller, who may not be allowed to make it; nothing more is read yet.

    Raises:
        Unauthenticated: A key is needed, or the one that is shown does not count.
    """
    if operation.scope is None:  # whatever is shown, and whether the database answers or not
        return Call(services, operation, DEFAULT_TENANT, None)
    key = _key(services)
    if key is not None:
        return Call(services, operation, key.tenant, key)
    if not (operation.local and from_this_machine()) and needs_key(services):
        raise Unauthenticated("a key is needed: send it as 'Authorization: Bearer vl_...'")
    return Call(services, operation, DEFAULT_TENANT, None)


def check_scope(call: Call) -> None:
    """Return when the caller's key, if he has one, allows the operation.

    Raises:
        Forbidden: It does not.
    """
    scope = call.operation.scope
    if call.key is not None and scope is not None and not call.key.allows(scope):
        raise Forbidden(f"this needs a key with the scope {scope.value!r}")


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


def secret() -> str | None:
    """What the caller shows as a key, good or not; ``None`` when it shows none."""
    told = request.headers.get("Authorization")
    if told is None:
        return None
    scheme, _, shown = told.partition(" ")
    return shown.strip() if scheme.lower() == "bearer" else ""


def _key(services: Services) -> Key | None:
    """The key that the caller shows; ``None`` when it shows none."""
    shown = secret()
    if shown is None:
        return None
    if not shown:
        raise Unauthenticated("send the key as 'Authorization: Bearer vl_...'")
    return services.keys.verified(shown)


def from_this_machine() -> bool:
    """Whether the caller is on the machine itself, and no proxy has passed on the call."""
    return is_loopback(request.remote_addr or "") and FORWARDED not in request.environ


def needs_key(services: Services) -> bool:
    """Whether this caller needs a key.

    Without keys a service on the loopback is open to the machine that it runs on.
    """
    server = services.settings.server
    if server.allow_anonymous:
        return False
    is_open = is_loopback(server.host) and from_this_machine()
    return not is_open or services.keys.any_valid()


def _query(model: type[BaseModel]) -> BaseModel:
    for name, values in request.args.lists():
        if len(values) > 1:
            raise bad_input(f"{name}: given several times", Fault(name, "given several times"))
    try:
        return model.model_validate(request.args.to_dict())
    except ValidationError as error:
        raise invalid(error) from error


def _json(model: type[BaseModel], *, required: bool) -> BaseModel | None:
    raw = request.get_data()
    if not raw and not required:
        return None
    if not request.is_json:
        raise Malformed(415, "unsupported_media_type", "send the body as application/json")
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
