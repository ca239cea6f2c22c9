"""What happens to a lecture, told while it happens."""

from __future__ import annotations

import queue
import re
from collections.abc import Callable, Iterator

from flask import Response, current_app, request
from flask.blueprints import BlueprintSetupState
from pydantic import Field

from app.errors import JobNotFound
from app.steps.content import LECTURE
from app.web.problem import Fault, bad_input, shown
from app.web.request import DETACH
from app.web.v1.call import Call
from app.web.v1.event_text import ENDS
from app.web.v1.hub import Hub
from app.web.v1.lecture_ref import LectureRef
from app.web.v1.operation import Model, Resource, Told
from app.web.v1.topics import Receiver

resource = Resource("events", "What happens to a lecture, while it happens")

_NUMBER = r"^(?:0|[1-9][0-9]{0,17})$"

_HUB = "videolecture.hub"


class Since(Model):
    """From where events are told."""

    last_event_id: str | None = Field(None, pattern=_NUMBER)
    """Number of the last event that the caller has; `Last-Event-ID`, which browsers send when they
    come back, counts before it."""


@resource.get(
    "/lectures/{lecture_id}/events",
    answers={
        200: Told("Events, until the lecture has ended", media_type="text/event-stream"),
        204: Told("It has ended, and the caller knows", media_type=""),
    },
    query=Since,
)
def follow_lecture(call: Call, lecture_id: LectureRef) -> Response:
    """Follow a lecture by Server-Sent Events.

    Begins with what has happened since the generation began, or after `Last-Event-ID`, and ends
    after `done`, `failed` or `cancelled`; who comes back afterwards is told of the next generation
    or, where there is none, 204, at which browsers stay away. `fragment` says that the speech or
    the face of a fragment is done, `slide` that a slide's video is, `progress` anything else. The
    data is JSON: `state` (of the step or, without a `stage`, of the lecture), `progress` in
    percent, `eta_seconds`, `stage`, `slide`, `fragment`, `at`. A comment comes every 15 seconds.

    Behind a server that hands answers over this holds no thread; elsewhere, as in Flask's own
    client, it is an ordinary generator.
    """
    key = lecture_id.key(call.tenant)
    standing = call.services.store.standing(key)
    if standing is None or standing.kind != LECTURE:
        raise JobNotFound(f"no lecture is called {str(lecture_id)!r}")
    after = _after(call.query)
    if standing.state in ENDS and after is not None and after == standing.last_event:
        return Response(status=204)
    hub: Hub = current_app.extensions[_HUB]

    def begin(receiver: Receiver) -> None:
        hub.follow(key, standing, receiver, after)

    detach = request.environ.get(DETACH)
    body = _generated(begin) if detach is None else detach(begin)
    response = Response(body, mimetype="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"  # nginx would keep events until it has many
    return response


def install(state: BlueprintSetupState) -> None:
    """Give an application its hub."""
    state.app.extensions[_HUB] = Hub(state.app.extensions["videolecture"].store)


def _after(query: Since) -> int | None:
    """Number of the last event that the caller has."""
    told = request.headers.get("Last-Event-ID") or query.last_event_id
    if told is None:
        return None
    if not re.fullmatch(_NUMBER, told, re.ASCII):
        fault = Fault("Last-Event-ID", "is no number of an event", shown(told))
        raise bad_input("Last-Event-ID: is no number of an event", fault)
    return int(told)


class _Queued:
    """Receives for a generator, which some thread waits in."""

    closed = False
    waiting = 0

    def __init__(self) -> None:
        self._sent = queue.SimpleQueue[bytes | None]()

    def send(self, data: bytes) -> bool:
        self._sent.put(data)
        return not self.closed

    def close(self) -> None:
        self.closed = True
        self._sent.put(None)

    def pieces(self) -> Iterator[bytes]:
        try:
            while (piece := self._sent.get()) is not None:
                yield piece
        finally:
            self.closed = True


def _generated(begin: Callable[[Receiver], None]) -> Iterator[bytes]:
    queued = _Queued()
    begin(queued)
    yield from queued.pieces()
