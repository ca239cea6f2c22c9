"""What the contract's clients have sent for years is answered as it always was."""

from __future__ import annotations

import http.client
import json
from pathlib import Path

import pytest

from tests.clients import dotnet
from tests.clients.clients import CLIENTS
from tests.clients.recording import FOLDER, Recording, load
from tests.clients.replay import replay
from tests.e2e.conftest import Service
from tests.services.wire import requests as requests_in

NAMES = [*(client.name for client in CLIENTS), dotnet.NAME]


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_recorded_requests_are_answered_as_they_were(
    name: str, served: Service, place: Path
) -> None:
    recording = load(name).at(served.address, place)
    for exchange, answer in replay(recording, served.address):
        assert answer.says(exchange.answer), (exchange.call, answer)


@pytest.mark.slow
def test_what_a_backend_forwards_of_its_users_cookies_may_be_long(served: Service) -> None:
    connection = http.client.HTTPConnection(served.address, timeout=10)
    connection.request("GET", "/ping", headers={"Cookie": "session=" + "0123456789" * 900})
    assert json.load(connection.getresponse())["message"] == "Pong"
    connection.close()


def test_recordings_have_what_clients_differ_in() -> None:
    requests = [exchange.request for name in NAMES for exchange in load(name).exchanges]
    assert {request.header("Upgrade") for request in requests} == {"", "h2c"}
    assert {request.header("Expect").lower() for request in requests} == {"", "100-continue"}
    assert any(len(request.parts) > 1 for request in requests)
    assert {request.size_format for request in requests} == {"x", "X"}
    assert {"cors", ""} == {request.header("Sec-Fetch-Mode") for request in requests}
    assert any("Лекция" in request.body.decode() for request in requests)
    assert any(r"\u041b\u0435" in request.body.decode() for request in requests)
    assert any(r"@ESCAPED_PLACE@\/" in request.body.decode() for request in requests)


@pytest.mark.parametrize("name", NAMES)
def test_a_recording_tells_nothing_of_its_machine(name: str) -> None:
    text = (FOLDER / f"{name}.json").read_text(encoding="utf-8")
    for told in ("/tmp", "/home", "/root", "/work", "127.0.0.1", "localhost"):
        assert told not in text


@pytest.mark.parametrize("name", NAMES)
def test_what_is_sent_again_is_what_was_recorded(name: str) -> None:
    requests = [exchange.request for exchange in anywhere(name).exchanges]
    stream = b"".join(request.head() + request.rest() for request in requests)
    assert [(each.lines, each.parts) for each in requests_in(stream)] == [
        (request.lines, request.parts) for request in requests
    ]


def anywhere(name: str) -> Recording:
    return load(name).at("127.0.0.1:1", Path("/srv/lectures"))
