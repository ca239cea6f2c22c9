"""What keeps the processes of ``up`` running."""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli import keeper
from app.cli.keeper import Keeper
from app.errors import ConfigError
from tests.process.family import wait_until


class Lines(logging.Handler):
    """Keeps what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@pytest.fixture
def sink() -> Lines:
    return Lines()


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "FIRST_PAUSE_SECONDS", 0.1)
    monkeypatch.setattr(keeper, "LOOK_SECONDS", 0.01)


def python(program: str) -> tuple[list[str], dict[str, str]]:
    return [sys.executable, "-c", program], dict(os.environ)


def test_a_web_process_that_cannot_start_ends_all_with_its_reason(sink: Lines) -> None:
    commands = {
        "web": python("raise OSError('no such thing')"),
        "worker": python("import time; time.sleep(60)"),
    }
    started = time.monotonic()
    with pytest.raises(ConfigError) as caught:
        Keeper(commands, sink).run()
    assert str(caught.value) == "the web process cannot start: OSError: no such thing"
    assert time.monotonic() - started < 10


def test_a_worker_that_names_a_wrong_setting_ends_all_with_its_reason(sink: Lines) -> None:
    mistake = "import sys; print('bad_config: no broker', file=sys.stderr); sys.exit(2)"
    with pytest.raises(ConfigError, match="the worker process cannot start: no broker"):
        Keeper({"worker": python(mistake)}, sink).run()


@pytest.fixture
def running(sink: Lines, tmp_path: Path) -> Iterator[Path]:
    """A keeper whose worker dies at once, again and again; the file counts its starts."""
    starts = tmp_path / "starts"
    program = f"open({str(starts)!r}, 'a').write('x'); raise SystemExit(1)"
    kept = Keeper({"worker": python(program)}, sink)
    thread = threading.Thread(target=kept.run)
    thread.start()
    yield starts
    kept.stop()
    thread.join()


def test_pauses_between_deaths_grow_and_each_death_is_one_line(running: Path, sink: Lines) -> None:
    wait_until(lambda: len(sink.lines) >= 3)
    pauses = [float(line.rpartition(" in ")[2].split()[0]) for line in sink.lines[:3]]
    assert pauses == sorted(pauses)
    assert all("worker ended with status 1" in line for line in sink.lines)
    assert len(running.read_text()) >= 3


def test_the_pause_is_short_again_after_a_long_life() -> None:
    assert keeper.next_pause(60.0, lived=61.0) == keeper.FIRST_PAUSE_SECONDS


def test_strangers_are_buried_and_own_children_are_not() -> None:
    own, stranger = _dead_child(), _dead_child()
    keeper.bury_strangers([own])
    # Its own may be found first; a second look comes when that is buried.
    assert os.waitpid(own, 0)[0] == own
    keeper.bury_strangers([])
    with pytest.raises(ChildProcessError):
        os.waitpid(stranger, 0)


def _dead_child() -> int:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    return child
