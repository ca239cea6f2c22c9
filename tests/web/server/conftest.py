"""A server with a stand-in for the application."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.web.server.bounds import Bounds
from tests.web.server.front import InThread, StandInApplication, running


@pytest.fixture
def application() -> Iterator[StandInApplication]:
    standing_in = StandInApplication()
    yield standing_in
    standing_in.go.set()


@pytest.fixture
def bounds() -> Bounds:
    """Those of the service but for the time, which is short."""
    return Bounds(request_seconds=0.6)


@pytest.fixture
def front(application: StandInApplication, bounds: Bounds) -> Iterator[InThread]:
    with running(application, bounds) as served:
        yield served
        application.go.set()
