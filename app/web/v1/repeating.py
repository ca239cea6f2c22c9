"""``Idempotency-Key``: the same request again is answered the same, and done once."""

from __future__ import annotations

import hashlib
import json
import logging
import re
import threading
import time
from collections.abc import Callable
from dataclasses import replace

from flask import Response, request

from app.errors import Conflict
from app.requests.repeats import Answer, Repeats, Turn
from app.web.problem import Fault, bad_input
from app.web.v1.call import Call

log = logging.getLogger(__name__)

HEADER = "Idempotency-Key"

PATTERN = "[!-~]{1,255}"

WAIT_SECONDS = 25.0
"""How long a request waits for an equal one that is worked on."""

_LOOK_SECONDS = 0.1

_KEPT_HEADERS = ("Location", "Retry-After", "ETag")
"""Of an answer that is given again; the others belong to a single one."""


class _Waiting:
    """Threads of this process that wait for the answer to one key: one of them looks for all."""

    def __init__(self) -> None:
        self.looks = threading.Lock()
        self.number = 0
        self.refused: Exception | None = None
        """Why it came to nothing, so that not each of them tries the same once more."""


_waiting: dict[tuple[str, str], _Waiting] = {}
_guard = threading.Lock()


def served(call: Call, serve: Callable[[Call], Response]) -> Response:
    """Answer a call, or give the answer of an equal one again.

    Only good answers are kept: whatever was refused may be sent again with the same key.

    Raises:
        KeyReused: The key belongs to another request.
        Conflict: The equal request takes too long.
    """
    key = request.headers.get(HEADER)
    if key is None:
        return serve(call)
    if not re.fullmatch(PATTERN, key):
        fault = Fault(HEADER, "1 to 255 visible characters of ASCII", repr(key[:100]))
        raise bad_input(f"{HEADER}: 1 to 255 visible characters of ASCII", fault)
    repeats = call.services.repeats
    fingerprint = _fingerprint(call)
    begun, since = repeats.begin(call.tenant, key, fingerprint), call.since
    if begun is None:
        begun, since = _awaited(repeats, call.tenant, key, fingerprint), time.monotonic()
    if isinstance(begun, Answer):
        return _again(begun)

    def go_on(turn: Turn) -> Response:
        return serve(replace(call, number=turn.number, since=since))

    return _kept(repeats, begun, go_on)


def _kept(repeats: Repeats, turn: Turn, serve: Callable[[Turn], Response]) -> Response:
    try:
        response = serve(turn)
    except BaseException as error:
        repeats.give_up(turn)
        if isinstance(error, Exception):
            _tell_those_who_wait(turn, error)
        raise
    assert response.status_code < 300, "failures are raised"
    headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
    repeats.end(turn, Answer(response.status_code, headers, response.get_data(as_text=True)))
    return response


def _tell_those_who_wait(turn: Turn, error: Exception) -> None:
    with _guard:
        waiting = _waiting.get((turn.tenant, turn.key))
    if waiting is not None:
        waiting.refused = error


def _again(answer: Answer) -> Response:
    response = Response(answer.body, answer.status, mimetype="application/json")
    response.headers.update(answer.headers)
    response.headers["Idempotency-Replayed"] = "true"
    return response


def _awaited(repeats: Repeats, tenant: str, key: str, fingerprint: str) -> Turn | Answer:
    """The answer that another request gets, or the right to do it when that came to nothing."""
    until = time.monotonic() + WAIT_SECONDS
    with _guard:
        waiting = _waiting.setdefault((tenant, key), _Waiting())
        waiting.number += 1
    try:
        while time.monotonic() < until:
            with waiting.looks:
                if waiting.refused is not None:
                    raise waiting.refused
                begun = repeats.begin(tenant, key, fingerprint)
                if begun is None:
                    time.sleep(_LOOK_SECONDS)
            if begun is not None:
                return begun
    finally:
        with _guard:
            waiting.number -= 1
            if not waiting.number:
                _waiting.pop((tenant, key), None)
    told = "a request with this Idempotency-Key is still being worked on; ask again"
    raise Conflict(told, retry_after=2.0)


def _fingerprint(call: Call) -> str:
    """Equal for equal requests, whatever the order of keys in their JSON."""
    body = call.body
    is_stream = call.operation.body is not None and call.operation.body.stream is not None
    asked = [
        request.method,
        request.path,
        sorted(request.args.items(multi=True)),
        None if body is None else body.model_dump(mode="json", exclude_unset=True),
        {name: part.content.sha256 for name, part in sorted(call.files.items())},
        {name: request.headers.get(name) for name in sorted(call.operation.headers)},
        request.content_length if is_stream else None,
    ]
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
