"""What a lecture will take, told before it is made."""

from __future__ import annotations

from app.access.keys import Scope
from app.intake import estimates, readings
from app.requests.asked import Asked
from app.web.v1.call import Call
from app.web.v1.lecture_bodies import WISHES, TextBody, as_sent
from app.web.v1.lecture_ref import LectureRef
from app.web.v1.lectures import request_of
from app.web.v1.operation import Body, Model, Reply, Resource, Told

resource = Resource("estimates", "What lectures will take")


class Estimate(Model):
    """What a lecture will take here."""

    language: str
    """ISO 639-1."""
    speech_engine: str
    face_engine: str
    slides: int
    fragments: int
    letters: int
    """That are spoken."""
    speech_seconds: float
    """How long it will be."""
    render_seconds: float | None
    """Until it is done, if nothing else is; judged by the last lectures that were made here, and
    `null` before there is one."""
    busy_seconds: dict[str, float] | None
    """How long slots of each queue work for it: seconds of a core, or of a GPU where an engine has
    one. `null` as above."""
    bytes: int
    """On the disk, at 512 pixels."""


@resource.post(
    "/lectures:estimate",
    scope=Scope.READ,
    body=Body(json=TextBody),
    answers={200: Told("What it will take", Estimate)},
    problems=(502, 503, 507),
)
def estimate_text(call: Call) -> Reply:
    """Tell what a text will take.

    Nothing is begun, and nothing is kept.
    """
    body: TextBody = call.body
    wishes = body.model_dump(include=WISHES)
    with as_sent(body):
        return _told(call, readings.of_text(body.asked_slides(call.services), wishes))


@resource.get(
    "/lectures/{lecture_id}/estimate",
    answers={200: Told("What it takes", Estimate)},
    problems=(409, 422, 502, 503, 507),
)
def estimate_lecture(call: Call, lecture_id: LectureRef) -> Reply:
    """Tell what a lecture takes when all of it is made anew."""
    return _told(call, request_of(call, lecture_id).asked)


def _told(call: Call, asked: Asked) -> Reply:
    found = estimates.estimate(asked, call.services, tenant=call.tenant, until=call.until)
    busy = found.busy_seconds
    return Reply(
        Estimate(
            language=found.language,
            speech_engine=found.speech_engine,
            face_engine=found.face_engine,
            slides=found.slides,
            fragments=found.fragments,
            letters=found.letters,
            speech_seconds=round(found.speech_seconds, 1),
            render_seconds=None if found.render_seconds is None else round(found.render_seconds, 1),
            busy_seconds=None if busy is None else {k: round(v, 1) for k, v in busy.items()},
            bytes=found.size,
        )
    )
