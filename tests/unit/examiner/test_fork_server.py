"""What the process that forks says, to whoever asks by its lines."""

from __future__ import annotations

import errno
import json
import os
import threading
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from app.examiner.fork_server import ForkServer
from app.process.lines import Lines


@pytest.fixture
def asked() -> Iterator[Lines]:
    """One side of a conversation whose other side is a server in a thread of this process."""
    to_server, from_server = os.pipe(), os.pipe()
    own, other = (
        Lines(os.fdopen(reading, "rb", 0), os.fdopen(writing, "wb", 0))
        for reading, writing in ((from_server[0], to_server[1]), (to_server[0], from_server[1]))
    )
    server = ForkServer(other, lambda _question: None, _examine)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield own
    own.close()
    thread.join(20)
    other.close()


def _examine(question: Mapping[str, Any]) -> dict[str, Any]:
    assert question["what"] == "answer"
    return {"is": "here"}


def ask(lines: Lines, number: int, what: str) -> dict[str, Any]:
    told = {"do": "look", "look": number, "question": {"what": what}}
    lines.write(json.dumps(told).encode())
    said: dict[str, Any] = json.loads(lines.read(20) or b"null")
    assert said.pop("look") == number
    return said


def test_a_question_is_answered_with_what_that_cost(asked: Lines) -> None:
    said = ask(asked, 7, "answer")
    assert said["answer"] == {"is": "here"}
    assert 0.0 <= said["computed"] < 20.0


def test_a_look_that_breaks_ends_alone(asked: Lines, capfd: pytest.CaptureFixture[str]) -> None:
    assert ask(asked, 1, "break")["ending"] == "ended with status 1"
    assert "AssertionError" in capfd.readouterr().err
    assert "answer" in ask(asked, 2, "answer")


def test_nobody_hears_of_a_look_that_is_over(asked: Lines) -> None:
    ask(asked, 1, "answer")
    for do in ("lower", "end"):
        asked.write(json.dumps({"do": do, "look": 1}).encode())
    assert "answer" in ask(asked, 2, "answer")


def test_when_no_process_can_be_forked_it_says_so(
    asked: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot() -> int:
        raise OSError(errno.EAGAIN, "Resource temporarily unavailable")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fork", cannot)
        assert ask(asked, 1, "answer") == {"refused": "Resource temporarily unavailable"}
    assert "answer" in ask(asked, 2, "answer")
