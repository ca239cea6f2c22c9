"""Lectures: asked for, followed, changed, made again, stopped and removed."""

from __future__ import annotations

from dataclasses import replace

from flask import request

from app.access.keys import Scope
from app.errors import Conflict, JobNotFound
from app.intake import lectures
from app.jobs.store.job import JobKey
from app.requests.asked import Asked
from app.requests.lectures import LectureRequest
from app.web.problem import Fault, bad_input
from app.web.v1 import etags, lecture_lists
from app.web.v1.call import Call
from app.web.v1.lecture_bodies import LectureBody, LecturePatch, as_sent
from app.web.v1.lecture_forms import FILES, LectureForm, body_of
from app.web.v1.lecture_lists import ListQuery, PageQuery
from app.web.v1.lecture_ref import LectureRef
from app.web.v1.lecture_views import LecturePage, LectureView, etag, view
from app.web.v1.operation import Body, Model, Reply, Resource, Told, links_by

resource = Resource("lectures", "Lectures, from a text to videos")

_ETAG = {"ETag": "Changes with every change and every new generation."}
_MADE = {
    **_ETAG,
    "Location": "Where it is followed.",
    "Retry-After": "Seconds until it is worth looking.",
}
_LOOK_AGAIN = "2"
_LINKS = links_by(
    "lecture_id",
    "$response.body#/id",
    *("get_lecture", "change_lecture", "cancel_lecture", "restart_lecture", "delete_lecture"),
    *("follow_lecture", "list_files", "get_archive", "get_file", "estimate_lecture"),
)


class ChangeQuery(Model):
    """How a lecture is changed."""

    supersede: bool = False
    """Cancel what is being made, if it is. Needs `If-Match`."""


@resource.post(
    "/lectures",
    scope=Scope.RENDER,
    body=Body(
        json=LectureBody,
        form=LectureForm,
        files=FILES,
        field_bytes=lambda settings: settings.server.max_json_bytes,
    ),
    answers={202: Told("It will be made", LectureView, headers=_MADE)},
    problems=(502,),
    repeatable=True,
    links=_LINKS,
)
def create_lecture(call: Call) -> Reply:
    """Have a lecture made.

    The text is split at once; speech, faces and videos follow in the background.
    """
    with body_of(call) as body:
        asked = LectureRequest(
            tenant=call.tenant,
            id=call.number,
            title=body.title,
            asked=body.asked(call.services),
            metadata=body.metadata,
            callback_url=body.callback_url,
            seconds=0.0,
        )
        until = _until(call, asked.asked)
        secret = body.callback_secret
        lectures.create(asked, call.services, callback_secret=secret, until=until)
    return _made(call, LectureRef(call.number))


@resource.get("/lectures", query=ListQuery, answers={200: Told("A page of them", LecturePage)})
def list_lectures(call: Call) -> Reply:
    """List lectures, newest first."""
    return Reply(lecture_lists.page(call))


@resource.get(
    "/lectures/{lecture_id}",
    query=PageQuery,
    answers={200: Told("The lecture", LectureView, headers=_ETAG)},
)
def get_lecture(call: Call, lecture_id: LectureRef) -> Reply:
    """Tell a lecture, and how far it is."""
    return _told(call, lecture_id, page=call.query.page)


@resource.patch(
    "/lectures/{lecture_id}",
    scope=Scope.RENDER,
    query=ChangeQuery,
    body=Body(json=LecturePatch),
    headers=etags.IF_MATCH,
    answers={
        200: Told("Nothing had to be made", LectureView, headers=_ETAG),
        202: Told("What is other will be made", LectureView, headers=_MADE),
    },
    problems=(409, 412, 502, 507),
)
def change_lecture(call: Call, lecture_id: LectureRef) -> Reply:
    """Change a lecture: title, text, slides, voice, face.

    A new generation renders only what is other. While the lecture is being made it is a
    conflict, unless `supersede` is set and `If-Match` names the lecture's ETag.
    """
    body: LecturePatch = call.body
    former = request_of(call, lecture_id)
    supersede = bool(call.query.supersede)
    if supersede and "If-Match" not in request.headers:
        raise bad_input("supersede needs If-Match", Fault("If-Match", "name the lecture's ETag"))
    _check_unchanged(call, former)
    wanted = replace(
        former,
        title=former.title if body.title is None else body.title,
        asked=body.applied(former.asked, call.services),
        metadata=former.metadata if body.metadata is None else body.metadata,
    )
    until = _until(call, wanted.asked)
    with as_sent(body):
        begun = lectures.change(wanted, former, call.services, supersede=supersede, until=until)
    return _made(call, lecture_id) if begun else _told(call, lecture_id)


@resource.post(
    "/lectures/{lecture_id}/cancel",
    scope=Scope.RENDER,
    answers={200: Told("It is being cancelled, or had ended", LectureView, headers=_ETAG)},
    repeatable=True,
)
def cancel_lecture(call: Call, lecture_id: LectureRef) -> Reply:
    """Stop a lecture.

    Within a second nothing of it runs; finished fragments stay. One that has ended stays as it is.
    """
    key = _key(call, lecture_id)
    call.services.store.cancel(key.tenant, key.id)
    return _told(call, lecture_id)


@resource.post(
    "/lectures/{lecture_id}/restart",
    scope=Scope.RENDER,
    answers={
        200: Told("It is being made already", LectureView, headers=_ETAG),
        202: Told("It will be made again", LectureView, headers=_MADE),
    },
    problems=(409, 502, 507),
    repeatable=True,
)
def restart_lecture(call: Call, lecture_id: LectureRef) -> Reply:
    """Make a lecture again.

    One that was cancelled or failed goes on where it stopped; of one that is done, results that
    were removed are put back.
    """
    former = request_of(call, lecture_id)
    begun = lectures.restart(former, call.services, until=_until(call, former.asked))
    return _made(call, lecture_id) if begun else _told(call, lecture_id)


@resource.delete(
    "/lectures/{lecture_id}",
    scope=Scope.RENDER,
    answers={204: Told("It is gone", media_type="")},
    headers=etags.IF_MATCH,
    problems=(409, 412),
)
def delete_lecture(call: Call, lecture_id: LectureRef) -> Reply:
    """Remove a lecture with its files.

    It is cancelled if it is being made. What other lectures share with it stays.
    """
    former = request_of(call, lecture_id)
    _check_unchanged(call, former)
    lectures.remove(former.key, call.services)
    return Reply(None, 204)


def _until(call: Call, asked: Asked) -> float:
    """When the caller must have an answer: recordings are read from beginning to end."""
    return call.patiently if asked.recordings else call.until


def _key(call: Call, ref: LectureRef) -> JobKey:
    """The job of a lecture that is there.

    Raises:
        JobNotFound: There is no such lecture.
    """
    key = ref.key(call.tenant)
    if not call.services.requests.has_job(key):
        raise JobNotFound(f"no lecture is called {str(ref)!r}")
    return key


def request_of(call: Call, ref: LectureRef) -> LectureRequest:
    """What was asked for.

    Raises:
        JobNotFound: There is no such lecture.
        Conflict: It is an LMS's, which alone changes and removes it.
    """
    key = _key(call, ref)
    found = call.services.requests.find(key)
    if found is None:
        raise Conflict("it belongs to the LMS that asked for it: see POST /generate")
    return found


def _check_unchanged(call: Call, former: LectureRequest) -> None:
    """Return when ``If-Match`` names the lecture as it is.

    Raises:
        PreconditionFailed: It does not.
        JobNotFound: It was removed meanwhile.
    """
    if "If-Match" in request.headers:
        etags.check(tag_of(call, former))


def tag_of(call: Call, asked: LectureRequest) -> str:
    """The ETag of a lecture.

    Raises:
        JobNotFound: It was removed meanwhile.
    """
    job = call.services.store.find(*asked.key)
    if job is None:
        raise JobNotFound("the lecture was removed just now")
    return etag(asked.version, job.generation)


def _told(call: Call, ref: LectureRef, *, page: int = 1, status: int = 200) -> Reply:
    key = ref.key(call.tenant)
    report = None
    if call.services.requests.has_job(key):
        report = call.services.store.report(*key, page=page)
    if report is None:
        raise JobNotFound(f"no lecture is called {str(ref)!r}")
    asked = call.services.requests.find(key)
    version = 0 if asked is None else asked.version
    tag = etag(version, report.job.generation)
    return Reply(view(call, ref, asked, report), status, {"ETag": tag})


def _made(call: Call, ref: LectureRef) -> Reply:
    told = _told(call, ref, status=202)
    more = {"Location": call.link(f"/lectures/{ref}"), "Retry-After": _LOOK_AGAIN}
    return replace(told, headers={**told.headers, **more})
