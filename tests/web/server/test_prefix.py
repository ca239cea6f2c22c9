"""Below another path the server knows the routes as well, wherever a proxy passes the path on."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from app.web.server.bounds import Bounds
from tests.web.server.bodies import BOUNDS, LARGE, VOICE, length, problem
from tests.web.server.front import InThread, StandInApplication

PREFIX = "/lectures"
WORK = b"POST /work HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
QUESTION = b"GET /work HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
BELOW = [PREFIX, "//lectures", "/l%65ctures", ""]
ELSEWHERE = ["/lectures2", "/other", "/lectures/lectures"]


@pytest.fixture
def bounds() -> Bounds:
    return replace(BOUNDS, prefix=PREFIX, threads=2)


def large(before: str) -> bytes:
    return VOICE.replace(b"/v1", before.encode() + b"/v1") + length(len(LARGE)) + LARGE


@pytest.mark.parametrize("before", BELOW)
def test_large_bodies_are_taken_there(front: InThread, before: str) -> None:
    assert front.ask(large(before)).json["bytes"] == len(LARGE)


@pytest.mark.parametrize("before", ELSEWHERE)
def test_but_nowhere_else(front: InThread, before: str) -> None:
    assert front.ask(large(before)).status == 413


def test_what_the_server_refuses_is_a_problem_there(front: InThread) -> None:
    refused = b"GET /lectures/v1/x HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"
    assert problem(front.ask(refused)) == (400, "bad_request")
    unfinished = b"GET /lectures/v1/x HTTP/1.1\r\nHost: x\nA: b\r\n\r\n"
    assert problem(front.ask(unfinished)) == (400, "bad_request")


def test_and_an_envelope_beside_the_api(front: InThread) -> None:
    answer = front.ask(b"GET /lectures/ping HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n")
    assert (answer.status, answer.json["error"]) == (400, True)


@pytest.mark.parametrize("path", ["/ping", "/v1/health", "/lectures/ping", "/lectures/v1/health"])
def test_signs_of_life_wait_for_no_thread(
    front: InThread, application: StandInApplication, path: str
) -> None:
    with front.open(WORK), front.open(QUESTION, "127.0.0.2"):
        assert all(application.working.acquire(timeout=5) for _ in range(2))
        asked = f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        assert front.ask(asked.encode()).status == 200
        application.go.set()


def test_good_signs_of_life_are_not_logged_there(
    front: InThread, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "app.web.server.request_log")
    front.ask(b"GET /lectures/ping HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    front.ask(b"GET /lectures/other HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    told = [record.getMessage() for record in caplog.records]
    assert ["path=/lectures/other" in line for line in told] == [True]


def test_the_application_is_told_the_path_as_it_came(
    front: InThread, application: StandInApplication
) -> None:
    front.ask(b"GET /lectures/v1/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert application.seen[0]["PATH_INFO"] == "/lectures/v1/x"
