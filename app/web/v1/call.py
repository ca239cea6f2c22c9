"""One call of the API: who calls, and what for."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import Any

from flask import request
from pydantic import BaseModel, ValidationError

from app import ids
from app.access.keys import DEFAULT_TENANT, Key
from app.bootstrap import Services
from app.web.problem import Fault, Malformed, bad_input, invalid, shown
from app.web.request import arrived
from app.web.v1 import callers, forms
from app.web.v1.callers import Caller
from app.web.v1.forms import FormFile
from app.web.v1.operation import Operation

SOUND_SECONDS = 55.0

MOST_KEYS = 1000
"""Of an object of JSON.  Nothing that is asked for has more, and each that is not known becomes a
fault of some 700 bytes."""


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
    """An instance of what its ``body`` has as JSON or as a form; ``None`` where none was sent."""
    files: Mapping[str, FormFile] = field(default_factory=dict)
    """Files of the form, by the names of their parts; they are gone when the call ends."""
    number: int = field(default_factory=ids.new_id)
    """The id of what the call makes; the same for a call that is repeated after a crash."""
    since: float = field(default_factory=arrived)
    """When it came or, after it waited for an equal one, went on; by the monotonic clock."""

    @property
    def until(self) -> float:
        """When the caller must have an answer, by the monotonic clock."""
        return self.since + self.services.settings.server.examine_seconds

    @property
    def patiently(self) -> float:
        """The same where hours of sound are to be read; proxies wait for a minute."""
        return self.since + max(self.services.settings.server.examine_seconds, SOUND_SECONDS)

    def link(self, path: str) -> str:
        """Where something lies: a path for the caller, also behind a proxy that adds a prefix.

        Args:
            path: Below ``/v1``.
        """
        return f"{request.script_root}/v1{path}"


def begun(operation: Operation, services: Services) -> Call:
    """A call of a known caller, who may not be allowed to make it; nothing more is read yet.

    Nobody is asked for a key where none is needed: a sign of life must not wait for the database.

    Raises:
        Unauthenticated: A key is needed, or the one that is shown does not count.
        TooMany: This address has failed too often.
    """
    if operation.scope is None:
        return Call(services, operation, DEFAULT_TENANT, None)
    caller = Caller.of(request.environ)
    key = callers.identified(services, caller, is_open_here=operation.local)
    return Call(services, operation, key.tenant if key else DEFAULT_TENANT, key)


def read(call: Call, held: ExitStack) -> Call:
    """The same with its query and body.

    Args:
        held: Closed when the call ends: what lies on the disk until then goes.

    Raises:
        Malformed: They are not as the operation wants them.
        DiskFull: No space is left for files.
    """
    operation = call.operation
    _check_headers(operation)
    query = None if operation.query is None else _query(operation.query)
    wanted = operation.body
    if wanted is None:
        return replace(call, query=query)
    if wanted.has_form and (wanted.json is None or request.mimetype == forms.MEDIA_TYPE):
        staging = held.enter_context(call.services.library.staging())
        form = forms.received(wanted, call.services.settings, staging)
        return replace(call, query=query, body=form.body, files=form.files)
    body = None if wanted.json is None else _json(wanted.json, required=wanted.required)
    return replace(call, query=query, body=body)


def _check_headers(operation: Operation) -> None:
    for name, header in operation.headers.items():
        value = request.headers.get(name)
        if value is None or header.is_read_by_operation:
            continue
        if not re.fullmatch(header.pattern, value):
            message = f"not of the form {header.pattern}"
            raise bad_input(f"{name}: {message}", Fault(name, message, shown(value)))


def _query(model: type[BaseModel]) -> BaseModel:
    for name, values in request.args.lists():
        if len(values) > 1:
            raise bad_input(f"{name}: given several times", Fault(name, "given several times"))
    try:
        return model.model_validate(request.args.to_dict())
    except ValidationError as error:
        raise invalid(error, is_flat=True) from error


def _json(model: type[BaseModel], *, required: bool) -> BaseModel | None:
    if not request.content_length and not required:
        return None
    if not request.is_json:  # of other kinds the body may be too large to be held in memory
        raise Malformed(415, "unsupported_media_type", "send the body as application/json")
    raw = request.get_data()
    try:
        sent = json.loads(raw, object_pairs_hook=_object, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        told = f"the body is no JSON, or a key occurs twice in it, or more than {MOST_KEYS} do"
        raise Malformed(400, "malformed_json", told) from error
    if not isinstance(sent, dict):
        told = "the body is no object of JSON"
        raise bad_input(told, Fault("", told))
    del sent  # a large one is not held twice
    try:
        return model.model_validate_json(raw, strict=True)
    except ValidationError as error:
        raise invalid(error) from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) > MOST_KEYS:
        raise ValueError("too many keys")
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key occurs twice")
    return found


def _no_number(name: str) -> Any:  # never returns
    raise ValueError(f"{name} is no JSON")
