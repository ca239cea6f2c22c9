"""What tests of all kinds share."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import config
from app.engines import registry
from tests.services import packages
from tests.services.brokers import rabbitmq, redis
from tests.services.postgresql import postgresql
from tests.services.served import served
from tests.small_disk import SmallDisk, may_mount, mounted

__all__ = ["postgresql", "rabbitmq", "redis", "served"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell what was skipped because a program is not here, and how to get it."""
    skipped = terminalreporter.stats.get("skipped", [])
    if told := packages.summary(report.longrepr[2] for report in skipped):
        terminalreporter.section("programs that this machine lacks")
        terminalreporter.line(told)


@pytest.fixture(scope="session", autouse=True)
def interrupts_are_heard() -> None:
    """Let Ctrl-C reach what tests start.

    A shell without job control starts what it puts into the background with the signal
    ignored, every process below inherits that, and Python then does not listen to it.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def models() -> Path:
    """The models folder with the weights of the embedded engines, fetched when absent."""
    folder = config.ROOT / "models"
    for card in registry.builtin("speech").values():
        if card.files and card.setup:
            card.setup(folder, lambda line: print(line, file=sys.stderr))
    return folder


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """A disk of three megabytes, empty; others than root have tests with limits on files."""
    if not may_mount():
        pytest.skip("only root can mount a small disk, and not in every container")
    with mounted(tmp_path / "disk") as disk:
        yield disk
