"""The real application behind the server."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from app.web.server.bounds import Bounds
from app.web.server.request_log import Ids
from tests.web.conftest import Lms
from tests.web.server.front import InThread, running

METHODS = ("GET", "POST", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "BREW", "CONNECT", "get")
PATHS = (
    "/ping",
    "/generate",
    "/nothing",
    "*",
    "//nothing",
    "/%00",
    "/generate/status?id=семь",
    "/ping;x=1",
)


@pytest.fixture
def served(lms: Lms) -> Iterator[InThread]:
    with running(lms.client.application, Bounds()) as front:
        yield front


def asked(method: str, path: str, fields: str = "") -> bytes:
    head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{fields}\r\n"
    return head.encode()


@pytest.mark.parametrize("method", METHODS)
def test_whatever_is_asked_how_the_answer_is_an_envelope(served: InThread, method: str) -> None:
    for path in PATHS:
        answer = served.ask(asked(method, path))
        assert set(answer.json) == {"error", "message", "result", "code"}, path
        assert answer.status < 500 or answer.status == 501
        assert "x-request-id" in answer.headers


def test_the_traceback_of_a_fault_carries_the_id_of_the_answer(
    served: InThread, lms: Lms, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("zanzibar")

    monkeypatch.setattr(lms.services.store, "report", fail)
    caplog.set_level(logging.INFO, "app")
    caplog.handler.addFilter(Ids())
    answer = served.ask(asked("GET", "/generate/status?id=7", "X-Request-Id: seven\r\n"))
    assert (answer.status, answer.json["code"]) == (500, "internal")
    assert b"zanzibar" not in answer.body
    [fault] = [record for record in caplog.records if record.exc_info]
    assert fault.getMessage().endswith(" request=seven")
