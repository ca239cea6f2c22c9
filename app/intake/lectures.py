"""Lectures of the API: made, changed, made again and removed."""

from __future__ import annotations

import logging
import shutil
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from app import ids
from app.bootstrap import Services
from app.errors import Busy, InputError, JobConflict, NotFound
from app.intake import api, removing
from app.intake.api import Sources
from app.intake.draft import Content
from app.jobs.store.job import JobKey
from app.lecture.bounds import estimated_seconds
from app.library.items import Kind
from app.requests.asked import Asked
from app.requests.lectures import RESULT_BYTES_PER_SECOND, LectureRequest

if TYPE_CHECKING:
    from app.jobs.store.job import Transaction

log = logging.getLogger(__name__)

_DAY = 24 * 3600.0


def create(
    request: LectureRequest,
    services: Services,
    *,
    callback_secret: str | None = None,
    until: float | None = None,
) -> bool:
    """Have a new lecture made, unless the very same request made it before.

    Args:
        callback_secret: Signs what the request's ``callback_url`` is told.

    Returns:
        Whether it is new.

    Raises:
        As :func:`app.intake.api.order`.
        Conflict: Another request has made a lecture of that id.
    """
    dated = _dated(request, services)
    _check_quota(dated, services)
    _check_callback(request, services)

    def note(connection: Transaction) -> None:
        services.requests.note(connection, dated)
        if dated.callback_url is not None:
            services.callbacks.note(
                dated.key, dated.callback_url, secret=callback_secret, within=connection
            )

    accepted = api.order(
        request.asked,
        request.key,
        _sources(request.tenant, request.asked, services),
        services,
        also=note,
        until=until,
    )
    if accepted.started:
        services.limits.note_lecture(request.tenant, dated.seconds)
    return accepted.started


def change(
    request: LectureRequest,
    former: LectureRequest,
    services: Services,
    *,
    supersede: bool = False,
    until: float | None = None,
) -> bool:
    """Make a lecture anew from another request, in a generation that renders what is other.

    Args:
        request: With the version of the former.
        supersede: Cancel what is being made first.

    Returns:
        Whether a generation was begun; not when only title or metadata are other.

    Raises:
        As :func:`create`.
        PreconditionFailed: Somebody else has changed it since.
    """
    if request.asked == former.asked:
        services.requests.change(request)
        return False
    sources = _sources(request.tenant, request.asked, services)
    dated = _dated(request, services)
    if supersede:
        removing.end(request.key, services)
    _check_quota(dated, services, former=former)
    accepted = api.order(
        request.asked,
        request.key,
        sources,
        services,
        also=lambda connection: services.requests.replace(connection, dated),
        until=until,
    )
    return accepted.started


def restart(request: LectureRequest, services: Services, *, until: float | None = None) -> bool:
    """Make a lecture again, although it is done; what was cancelled or failed goes on.

    Returns:
        Whether a generation was begun; not while it is being made.
    """
    dated = _dated(request, services)
    accepted = api.order(
        request.asked,
        request.key,
        _sources(request.tenant, request.asked, services),
        services,
        also=lambda connection: services.requests.replace(connection, dated),
        restart=True,
        until=until,
    )
    return accepted.started


def remove(key: JobKey, services: Services) -> None:
    """Remove a lecture: its job, its files, and the artifacts that nothing else needs.

    Raises:
        JobConflict: It was begun again at this very moment.
        Busy: It cannot be ended.
    """
    artifacts = removing.remove(key, services)
    _forget(key, services)
    log.info("lecture removed lecture=%d tenant=%s artifacts=%d", key.id, key.tenant, artifacts)


def remove_due(services: Services, most: int = 20) -> int:
    """Remove some lectures whose time is over; how many."""
    removed = 0
    for key in services.requests.due(most):
        try:
            remove(key, services)
        except (Busy, JobConflict):
            continue  # the next time
        removed += 1
    return removed


def remove_lost(services: Services, most: int = 20) -> int:
    """Forget some lectures whose jobs are gone, because whoever removed them died; how many."""
    lost = services.requests.lost(most)
    for key in lost:
        _forget(key, services)
    return len(lost)


def _forget(key: JobKey, services: Services) -> None:
    """Forget all of a lecture but its job; last the request, by which the rest is found again."""
    services.callbacks.forget(key)
    shutil.rmtree(api.results_of(services, key), ignore_errors=True)
    services.requests.forget(key)


def seconds_of(asked: Asked) -> float:
    """How long a lecture will be, estimated."""
    return sum(estimated_seconds(slide.text) for slide in asked.slides)


def recorded_seconds(tenant: str, asked: Asked, services: Services) -> dict[int, float]:
    """How long each of its recordings is that is there, by id."""
    found = services.library.known(Kind.RECORDING, tenant, asked.recordings)
    return {number: float(item.seen["seconds"]) for number, item in found.items()}


def _check_quota(
    request: LectureRequest, services: Services, *, former: LectureRequest | None = None
) -> None:
    """Return when the tenant may have the lecture made.

    Args:
        former: What the lecture was before, if it is there already.

    Raises:
        TooMany: Too many are being made.
        QuotaExceeded: The day, the space or the number of lectures is used up.
    """
    more = request.seconds - (former.seconds if former else 0.0)
    services.limits.check_lecture(
        request.tenant,
        request.seconds,
        max(0, round(more * RESULT_BYTES_PER_SECOND)),
        is_new=former is None,
    )


def _check_callback(request: LectureRequest, services: Services) -> None:
    if request.callback_url is not None:
        services.callbacks.check(request.callback_url, field="/callback_url")


def _dated(request: LectureRequest, services: Services) -> LectureRequest:
    days = services.settings.storage.keep_days
    expires = None if days is None else time.time() + days * _DAY
    recorded = recorded_seconds(request.tenant, request.asked, services)
    heard = (slide.audio for slide in request.asked.slides if slide.audio is not None)
    seconds = seconds_of(request.asked) + sum(recorded.get(number, 0.0) for number in heard)
    return replace(request, seconds=seconds, expires=expires)


def _sources(tenant: str, asked: Asked, services: Services) -> Sources:
    """The files of a lecture's face and voice.

    Raises:
        InputError: The tenant has no such face or voice.
    """
    return Sources(
        face=_content(Kind.AVATAR, tenant, asked.avatar, services),
        voice=(
            None if asked.voice is None else _content(Kind.VOICE, tenant, asked.voice, services)
        ),
        recordings={
            number: _recording(tenant, slide.audio, number, services)
            for number, slide in enumerate(asked.slides, start=1)
            if slide.audio is not None
        },
    )


def _recording(tenant: str, item_id: int, slide: int, services: Services) -> Content:
    try:
        return _content(Kind.RECORDING, tenant, item_id, services)
    except InputError as error:
        error.field = f"/slides/{slide - 1}/audio"
        raise


def _content(kind: Kind, tenant: str, item_id: int, services: Services) -> Content:
    try:
        item = services.library.find(kind, tenant, item_id)
    except NotFound as error:
        shown = ids.told(kind.prefix, item_id)
        raise InputError(f"{kind.value}: there is no {shown}", field=f"/{kind.value}") from error
    return Content(item.path, item.sha256)
