"""The web process as it is started: gunicorn's arbiter, our worker class, the real application."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

import config
from tests.e2e.conftest import SAMPLES, START_SECONDS, environment_of
from tests.process.family import wait_until
from tests.services.programs import free_port
from tests.web.server.front import HALF, PING, Front, parse, read_all

pytestmark = pytest.mark.slow

LINE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} (DEBUG|INFO|WARNING|ERROR) \d+ [\w.]+ .+")


@dataclass
class Web:
    """A running ``python -m app serve``, and what it logs."""

    front: Front
    process: psutil.Process
    output: Path

    def lines(self) -> list[str]:
        return self.output.read_text(encoding="utf-8").splitlines()


@contextmanager
def serving(place: Path, **settings: object) -> Iterator[Web]:
    port = free_port()
    output = place / "output"
    told = {f"VIDEOLECTURE_SERVER__{key.upper()}": str(value) for key, value in settings.items()}
    with (
        output.open("wb") as log,
        subprocess.Popen(
            [sys.executable, "-m", "app", "serve", "--port", str(port)],
            cwd=config.ROOT,
            env=environment_of(place, config.ROOT / "models") | told,
            stdout=log,
            stderr=log,
        ) as process,
    ):
        web = Web(Front(port), psutil.Process(process.pid), output)
        try:
            wait_until(lambda: answers(web.front), START_SECONDS)
            yield web
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(20)
            finally:
                process.kill()


def answers(front: Front) -> bool:
    try:
        return front.ask(PING).status == 200
    except OSError:
        return False


def post(place: Path, **changes: object) -> bytes:
    (place / "lecture.txt").write_text("Good morning, and welcome.", encoding="utf-8")
    body = json.dumps(
        {
            "id": 7,
            "face_path": str(SAMPLES / "lecturer-woman.jpg"),
            "voice_path": str(SAMPLES / "voice.wav"),
            "lecture_text_path": str(place / "lecture.txt"),
            "generated_dir_path": str(place / "out"),
            "speech_engine": "hibari",
            "language": "en",
            **changes,
        }
    ).encode()
    head = "POST /generate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    return f"{head}Connection: close\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def test_half_sent_requests_are_ended_and_keep_neither_ping_nor_a_lecture_waiting(
    tmp_path: Path,
) -> None:
    with serving(tmp_path, workers=2, request_seconds=2) as web, ExitStack() as peers:
        assert web.front.ask(post(tmp_path)).json["code"] == "ok"
        held = [peers.enter_context(web.front.open(HALF)) for _ in range(300)]
        assert web.front.seconds_of(PING) < 1
        assert web.front.seconds_of(post(tmp_path)) < 1
        answer = parse(read_all(held[-1]))
        assert (answer.status, answer.json["code"]) == (408, "request_timeout")


def test_all_that_is_logged_has_one_form_and_each_request_one_line(tmp_path: Path) -> None:
    with serving(tmp_path) as web:
        asked = b"GET /generate/status?id=7 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        front = web.front
        assert front.ask(asked + b"X-Request-Id: seven\r\n\r\n").headers["x-request-id"] == "seven"
        assert front.ask(b"\x16\x03\x01\x02").status == 400
        wait_until(lambda: sum(" answered " in line for line in web.lines()) >= 2)
    lines = web.lines()
    assert [line for line in lines if not LINE.fullmatch(line)] == []
    told = [line for line in lines if " answered " in line]
    assert len(told) == 2
    assert " path=/generate/status status=404 " in told[0] and told[0].endswith(" request=seven")
    assert "?id" not in "".join(lines)


def test_a_lecture_that_is_being_examined_gets_its_answer_at_the_end(tmp_path: Path) -> None:
    with serving(tmp_path) as web:
        # The first one waits for the examiner to start, longer than the process may take to end.
        assert web.front.ask(post(tmp_path)).status == 200
        another = post(tmp_path, id=8, face_path=str(SAMPLES / "lecturer-man.jpg"))
        with web.front.open(another) as peer:
            time.sleep(0.1)
            web.process.send_signal(signal.SIGTERM)
            answer = parse(read_all(peer))
        assert (answer.status, answer.json["code"]) == (200, "ok")
        wait_until(lambda: not psutil.pid_exists(web.process.pid) or not running(web.process), 10)


def running(process: psutil.Process) -> bool:
    return process.status() != psutil.STATUS_ZOMBIE


@pytest.mark.parametrize("number", [signal.SIGQUIT, signal.SIGINT])
def test_a_process_that_is_told_to_go_at_once_waits_for_nobody(
    tmp_path: Path, number: signal.Signals
) -> None:
    with serving(tmp_path) as web, web.front.open(HALF):
        began = time.monotonic()
        web.process.send_signal(number)
        wait_until(lambda: not psutil.pid_exists(web.process.pid) or not running(web.process), 10)
        assert time.monotonic() - began < 3
