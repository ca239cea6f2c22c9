"""For whoever operates the service: whether it can work, and what it does."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Literal

from flask import Response, current_app, request

from app import __version__, bootstrap, steps
from app.access.keys import DEFAULT_TENANT, Scope
from app.errors import STORE_FAILURES, Forbidden
from app.jobs.report.at_work import AtWork, Work, work
from app.jobs.store.job import JobState, StepState
from app.library.usage import bytes_on_disk
from app.web import metrics, request_counts
from app.web.probe import within
from app.web.readiness import PATIENCE_SECONDS, Readiness
from app.web.v1 import admission
from app.web.v1.call import Call
from app.web.v1.callers import Caller
from app.web.v1.operation import Model, Reply, Resource, Told

resource = Resource("operating", "For whoever operates the service")


class Check(Model):
    """Something that the service needs."""

    name: str
    """`database`, `workers`, `queue speech` and so on, `disk`, `face engine`, `speech engines`."""
    ok: bool
    says: str
    """How it is, or what is missing."""


class Ready(Model):
    """Whether the service can work."""

    status: Literal["ready", "not_ready"]
    checks: list[Check] | None
    """Null for callers who need a key and show none."""


@resource.get(
    "/ready",
    scope=None,
    problems=(429,),
    answers={200: Told("It can work", Ready), 503: Told("Something is missing", Ready)},
)
def get_ready(call: Call) -> Reply:
    """Tell whether the service can work.

    Needs no key; what exactly is missing is told to those who have one, or need none. It takes two
    seconds at most, also where the database does not answer.
    """
    until = time.monotonic() + PATIENCE_SECONDS
    is_known = admission.identify(call.services)
    checks = _readiness(call).checks()
    ok = all(check.ok for check in checks)
    # What answers no question tells nobody else either.
    seen = Caller.of(request.environ).is_from_here
    with suppress(TimeoutError, *STORE_FAILURES):
        seen = within(max(0.0, until - time.monotonic()), is_known)
    shown = [Check(name=one.name, ok=one.ok, says=one.says) for one in checks] if seen else None
    told = Ready(status="ready" if ok else "not_ready", checks=shown)
    return Reply(told, 200 if ok else 503)


class Queue(Model):
    """Steps that wait for a worker of a kind."""

    name: str
    """`speech`, `face` or `cpu`."""
    waiting: int
    """Steps that could be begun now."""
    running: int
    workers: int
    """Those that live and serve it."""
    slots: int
    """Steps of it that a worker does at a time which is set up as this node is."""


class Worker(Model):
    """A worker that has signed on and not off."""

    id: str
    """Host, number of the process, and something of its own."""
    queues: list[str]
    """That it serves; empty: it is of an older version, and has not said."""
    lives: bool
    """Whether it was heard of in the last 100 seconds; it says something every 30."""
    silent_seconds: float | None
    """Since it was heard of last; `null`: that was before its machine started again."""
    running: dict[str, int]
    """How many steps it does, by kind: `speech`, `face`, `slide`, `final` and so on."""


class Disk(Model):
    """The disk that the data folder is on; other things may lie there as well."""

    total: int
    free: int
    """For the service, in bytes as all here."""


class Held(Model):
    """What the service keeps of all tenants, in bytes."""

    lectures: int
    """Results of lectures of `/v1`, judged by their length, at 512 pixels. About as much again is
    kept of their steps."""
    library: int
    """Faces, voices and recordings."""
    uploads: int
    """As far as they have arrived."""


class Service(Model):
    """What the service does at a moment."""

    version: str
    lectures: dict[str, int]
    """By state, also those of an LMS."""
    waiting_seconds: float
    """How long the job waits of which nothing has been done for longest; 0: none does."""
    queues: list[Queue]
    workers: list[Worker]
    disk: Disk | None
    """`null`: it does not answer."""
    held: Held


@resource.get("/service", scope=Scope.ADMIN, answers={200: Told("What goes on", Service)})
def get_service(call: Call) -> Reply:
    """Tell what the service does and holds.

    The counts are of all tenants together: a key must be of the tenant `default`.
    """
    _check_operates(call)
    services = call.services
    done = work(services.store.database)
    return Reply(
        Service(
            version=__version__,
            lectures={state.value: done.business.lectures.get(state, 0) for state in JobState},
            waiting_seconds=round(done.business.waiting_seconds, 1),
            queues=list(_queues(done, bootstrap.slots(services.settings))),
            workers=[_worker(each) for each in done.workers],
            disk=_disk(services.settings.paths.data),
            held=Held(
                lectures=services.requests.bytes_of(None),
                **bytes_on_disk(services.store.database),
            ),
        )
    )


@resource.get(
    "/metrics",
    scope=Scope.ADMIN,
    local=True,
    answers={200: Told("Prometheus' text format", media_type="text/plain")},
)
def get_metrics(call: Call) -> Response:
    """Count what the service does, for Prometheus.

    The counts are of all tenants together: a key must be of the tenant `default`. Who calls from
    the machine itself, and by no proxy, needs none.
    """
    _check_operates(call)
    text = metrics.text(call.services, request_counts.of(current_app))
    return Response(text, content_type=metrics.CONTENT_TYPE)


def _check_operates(call: Call) -> None:
    """Return when a caller may see what all tenants do.

    Raises:
        Forbidden: He may not.
    """
    if call.tenant != DEFAULT_TENANT:
        raise Forbidden(f"this is for keys of the tenant {DEFAULT_TENANT!r}")


def _queues(done: Work, slots: Mapping[str, int]) -> Iterator[Queue]:
    for name in steps.Queue:
        yield Queue(
            name=name,
            waiting=done.business.steps.get((name, StepState.READY), 0),
            running=done.business.steps.get((name, StepState.RUNNING), 0),
            workers=sum(each.lives and name in each.queues for each in done.workers),
            slots=slots.get(name, 0),
        )


def _worker(one: AtWork) -> Worker:
    silent = one.silent_seconds
    return Worker(
        id=one.id,
        queues=list(one.queues),
        lives=one.lives,
        silent_seconds=None if silent is None else round(silent, 1),
        running=dict(one.running),
    )


def _disk(folder: Path) -> Disk | None:
    try:
        usage = within(PATIENCE_SECONDS, lambda: shutil.disk_usage(folder))
    except (TimeoutError, OSError):
        return None
    return Disk(total=usage.total, free=usage.free)


def _readiness(call: Call) -> Readiness:
    found = current_app.extensions.get("videolecture.readiness")
    if not isinstance(found, Readiness):
        found = current_app.extensions["videolecture.readiness"] = Readiness(call.services)
    return found
