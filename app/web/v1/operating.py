"""For whoever operates the service: whether it can work, and what it does."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Literal

from flask import Response, current_app, request

from app.access.keys import DEFAULT_TENANT, Scope
from app.errors import STORE_FAILURES, Forbidden
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
    if call.tenant != DEFAULT_TENANT:
        raise Forbidden(f"this is for keys of the tenant {DEFAULT_TENANT!r}")
    text = metrics.text(call.services, request_counts.of(current_app))
    return Response(text, content_type=metrics.CONTENT_TYPE)


def _readiness(call: Call) -> Readiness:
    found = current_app.extensions.get("videolecture.readiness")
    if not isinstance(found, Readiness):
        found = current_app.extensions["videolecture.readiness"] = Readiness(call.services)
    return found
