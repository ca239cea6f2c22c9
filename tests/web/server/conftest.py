"""A server with a stand-in for the application."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.web.server.bounds import Bounds
from tests.web.server.front import InThread, StandInApplication, StandInCheck, running


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
def check() -> Iterator[StandInCheck]:
    standing_in = StandInCheck()
    yield standing_in
    standing_in.go.set()


@pytest.fixture
def front(
    application: StandInApplication, bounds: Bounds, check: StandInCheck, tmp_path: Path
) -> Iterator[InThread]:
    with running(application, bounds, check=check, spool_folder=tmp_path) as served:
        yield served
        application.go.set()
        check.go.set()
