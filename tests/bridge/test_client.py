"""The client of the line protocol, against small programs that break it in every way."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from app.engines.bridge import Bridge, Event, Prepared, Progressed
from app.errors import (
    Cancelled,
    EngineCrashed,
    EngineStalled,
    EngineUnavailable,
    LectureError,
    NoFaceError,
    WrongInterpreter,
)
from tests.bridge.conftest import GoOn, StopAfter
from tests.process.family import wait_until

READY = '{"event": "ready", "protocol": 1, "python": "3.8.18", "engine": "sadtalker"}'
PREPARE = {"do": "prepare", "job": "1"}

SAY = "import sys, time\nsay = lambda line: print(line, flush=True)\n"
ONCE_ASKED = f"{SAY}say('{READY}')\nsys.stdin.readline()\n"

MakeBridge = Callable[[str], Bridge]


@pytest.fixture
def make_bridge(tmp_path: Path) -> Iterator[MakeBridge]:
    """Bridges that run a few lines of Python."""
    made: list[Bridge] = []

    def make(code: str) -> Bridge:
        command = [sys.executable, "-S", "-c", code]
        made.append(Bridge(command, cwd=tmp_path, env=dict(os.environ), name="the bridge"))
        return made[-1]

    yield make
    for bridge in made:
        bridge.close()
        bridge.close()
    assert psutil.Process().children(recursive=True) == []


def started(bridge: Bridge) -> Bridge:
    bridge.start(engine="sadtalker", python="3.8", patience=10, cancel=GoOn())
    return bridge


def ask(bridge: Bridge, patience: float = 10, stop: StopAfter | GoOn | None = None) -> Event:
    return bridge.ask(PREPARE, patience=patience, cancel=stop or GoOn())


@pytest.mark.parametrize(
    ("said", "error", "message"),
    [
        (READY.replace("3.8.18", "3.9.1"), WrongInterpreter, "needs Python 3.8"),
        (READY.replace("3.8.18", "3.80.1"), WrongInterpreter, "needs Python 3.8"),
        (READY.replace('"protocol": 1', '"protocol": 2'), EngineUnavailable, "version 2"),
        (READY.replace("sadtalker", "another"), EngineUnavailable, "as the engine 'another', not"),
        ("hello", EngineCrashed, "broke the line protocol"),
        ('{"event": "what"}', EngineCrashed, "broke the line protocol"),
        ('{"event": "loaded", "seconds": 1, "device": "cpu"}', EngineCrashed, "before ready"),
    ],
)
def test_a_bridge_that_says_something_else_than_ready_is_ended(
    make_bridge: MakeBridge, said: str, error: type[LectureError], message: str
) -> None:
    bridge = make_bridge(f"{SAY}say('{said}')\nsys.stdin.readline()")
    with pytest.raises(error, match=message):
        started(bridge)
    assert not bridge.is_running


def test_a_bridge_that_ends_at_once_is_told_with_its_status(make_bridge: MakeBridge) -> None:
    with pytest.raises(EngineCrashed, match="ended with status 3"):
        started(make_bridge("raise SystemExit(3)"))


def test_a_bridge_that_never_gets_ready_is_ended(make_bridge: MakeBridge) -> None:
    bridge = make_bridge("import time; time.sleep(60)")
    with pytest.raises(EngineStalled):
        bridge.start(engine="sadtalker", python="3.8", patience=0.3, cancel=GoOn())
    assert not bridge.is_running


def test_a_request_is_answered_and_what_is_said_meanwhile_is_heard(
    make_bridge: MakeBridge,
) -> None:
    progress = '{"event": "progress", "job": "1", "stage": "mel", "done": 1, "total": 2}'
    other = progress.replace('"1"', '"0"')
    answer = '{"event": "prepared", "job": "1", "cached": true}'
    late = answer.replace('"1"', '"0"')
    lines = "\\n".join((other, late, progress, answer))
    bridge = started(make_bridge(f"{ONCE_ASKED}say('{lines}')\nsys.stdin.read()"))
    heard: list[Event] = []
    answered = bridge.ask(PREPARE, patience=10, cancel=GoOn(), hear=heard.append)
    assert answered == Prepared("1", cached=True)
    assert heard == [Progressed("1", "mel", 1, 2)]


@pytest.mark.parametrize(
    "line", ["'no JSON'", "'[]'", """'{"event": "picture", "job": "1"}'""", "'x' * 2**21"]
)
def test_a_line_that_is_none_ends_the_process(make_bridge: MakeBridge, line: str) -> None:
    bridge = started(make_bridge(f"{ONCE_ASKED}say({line})\nsys.stdin.read()"))
    with pytest.raises(EngineCrashed, match="broke the line protocol"):
        ask(bridge)
    assert not bridge.is_running
    with pytest.raises(EngineCrashed, match="does not run"):
        ask(bridge)


def test_a_bridge_that_ended_between_two_requests_is_told(make_bridge: MakeBridge) -> None:
    bridge = started(make_bridge(f"{SAY}say('{READY}')"))
    wait_until(lambda: not bridge.is_running)
    with pytest.raises(EngineCrashed):
        ask(bridge)


def test_an_error_of_the_model_leaves_the_process_running(make_bridge: MakeBridge) -> None:
    error = '{"event": "error", "job": "1", "code": "no_face", "message": "no face is found"}'
    bridge = started(make_bridge(f"{ONCE_ASKED}say('{error}')\nsys.stdin.read()"))
    with pytest.raises(NoFaceError, match="no face is found"):
        ask(bridge)
    assert bridge.is_running


def test_a_job_that_stops_when_asked_leaves_the_process_running(make_bridge: MakeBridge) -> None:
    stopped = '{"event": "cancelled", "job": "1"}'
    code = f"{ONCE_ASKED}assert 'cancel' in sys.stdin.readline()\nsay('{stopped}')\n"
    bridge = started(make_bridge(f"{code}sys.stdin.read()"))
    with pytest.raises(Cancelled):
        ask(bridge, stop=StopAfter(2))
    assert bridge.is_running


def test_a_job_that_does_not_is_killed_in_less_than_half_a_second(make_bridge: MakeBridge) -> None:
    bridge = started(make_bridge(f"{ONCE_ASKED}time.sleep(60)"))
    started_at = time.monotonic()
    with pytest.raises(Cancelled):
        ask(bridge, stop=StopAfter(0))
    assert not bridge.is_running
    # 0.3 s to stop; the rest is for a slow and busy machine. By itself it would end after 60 s.
    assert time.monotonic() - started_at < 10


def test_a_silent_bridge_is_ended(make_bridge: MakeBridge) -> None:
    bridge = started(make_bridge(f"{ONCE_ASKED}time.sleep(60)"))
    with pytest.raises(EngineStalled, match=r"said nothing for 0\.3 s"):
        ask(bridge, patience=0.3)
    assert not bridge.is_running
