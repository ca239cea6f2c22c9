"""How many requests there were, and how long they took, for Prometheus.

One process counts in its memory.  Several share a folder that whoever starts them makes
(:data:`FOLDER`): each counts in files of its own, and whichever is asked sums them up.
"""

from __future__ import annotations

import os
import time
from functools import cached_property
from typing import TYPE_CHECKING

from flask import Flask, Response, g, request

from app.web.browsers import SIGN_OF_LIFE
from app.web.request import ARRIVED

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry, Counter, Histogram

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Variable of the environment with the folder that processes share; prometheus_client's own."""

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

_NAME = "videolecture.requests"


class RequestCounts:
    """The requests of one application."""

    @cached_property
    def own(self) -> CollectorRegistry:
        """What this process has counted."""
        # Here and not above: who imports the service need not wait for it.
        import prometheus_client

        prometheus_client.disable_created_metrics()  # type: ignore[no-untyped-call]  # its own
        return prometheus_client.CollectorRegistry()

    @cached_property
    def _requests(self) -> Counter:
        from prometheus_client import Counter

        labels = ("method", "operation", "status")
        told = "Requests that were answered; status is the first digit of it and xx."
        return Counter("videolecture_http_requests", told, labels, registry=self.own)

    @cached_property
    def _seconds(self) -> Histogram:
        from prometheus_client import Histogram

        told = "From the last byte of a request to the first of its answer."
        name = "videolecture_http_request_duration_seconds"
        return Histogram(name, told, ("operation",), registry=self.own, buckets=_BUCKETS)

    def prepare(self) -> None:
        """Be ready to count, so that the first caller need not wait for it."""
        _ = self._requests, self._seconds

    def note(self, method: str, operation: str, status: int, seconds: float) -> None:
        """Count a request."""
        known = method if method in _METHODS else "other"
        self._requests.labels(known, operation, f"{status // 100}xx").inc()
        self._seconds.labels(operation).observe(seconds)

    def of_all_processes(self) -> CollectorRegistry:
        """What all have counted."""
        if not os.environ.get(FOLDER):
            return self.own
        from prometheus_client import CollectorRegistry, multiprocess

        shared = CollectorRegistry()
        multiprocess.MultiProcessCollector(shared)  # type: ignore[no-untyped-call]  # its own
        return shared


def watch(app: Flask) -> None:
    """Count every request but signs of life, of which there are many."""
    counts = app.extensions[_NAME] = RequestCounts()

    @app.before_request
    def begin() -> None:
        g.begun = request.environ.get(ARRIVED, time.monotonic())

    @app.after_request
    def count(response: Response) -> Response:
        if request.path.rstrip("/") != SIGN_OF_LIFE:
            begun = g.get("begun")  # none where another function has refused the request before
            seconds = 0.0 if begun is None else time.monotonic() - begun
            counts.note(request.method, request.endpoint or "none", response.status_code, seconds)
        return response


def of(app: Flask) -> RequestCounts:
    """Those of an application."""
    counts: RequestCounts = app.extensions[_NAME]
    return counts
