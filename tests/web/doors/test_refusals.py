"""What the server refuses before the application is told in the words of the door."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from app.web.server.bounds import Bounds
from tests.web.conftest import Lms, lms, settings
from tests.web.server.front import InThread, running

__all__ = ["lms", "settings"]


@pytest.fixture
def served(lms: Lms) -> Iterator[InThread]:
    with running(lms.client.application, Bounds()) as front:
        yield front


def refused(served: InThread, path: str, fields: str) -> tuple[int, Any]:
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\n{fields}\r\n\r\n"
    answer = served.ask(head.encode())
    return answer.status, json.loads(answer.body)


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ("Content-Length: 99999999999", 413, "The request body is too large"),
        ("Transfer-Encoding: gzip", 501, "Neither CONNECT nor"),
        ("Expect: tea", 417, "Expect may be"),
    ],
)
def test_each_door_has_its_own_words(served: InThread, fields: str, status: int, said: str) -> None:
    at_first = refused(served, "/text-to-video/", fields)
    assert (at_first[0], list(at_first[1])) == (status, ["detail"])
    assert at_first[1]["detail"].startswith(said)
    at_second = refused(served, "/easy/submit", fields)
    assert at_second[0] == status
    assert at_second[1]["msg"].startswith(said)
    assert (at_second[1]["code"], at_second[1]["data"], at_second[1]["success"]) == (
        9999,
        {},
        False,
    )
    assert refused(served, "/generate", fields)[1]["error"] is True
