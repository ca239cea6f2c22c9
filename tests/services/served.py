"""A web process as it is really served, without a worker: what is accepted stays queued."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.e2e.conftest import Service, start_service, wait_until_up


@contextmanager
def serving(folder: Path, models: Path) -> Iterator[Service]:
    """One that ends with the block."""
    log = folder / "service.log"
    with start_service(folder, models, log, command="serve") as service:
        wait_until_up(service, log)
        yield service
        service.process.send_signal(signal.SIGTERM)
        assert service.process.wait(60) == 0


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[Service]:
    """The one of all tests that need no other."""
    with serving(tmp_path_factory.mktemp("served"), models) as service:
        yield service
