"""The contract's clients themselves, as far as this machine has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clients.clients import CLIENTS, Client
from tests.clients.recording import answer_of, load
from tests.e2e.conftest import Service

pytestmark = pytest.mark.slow


@pytest.fixture
def client(request: pytest.FixtureRequest) -> Client:
    """Before the service is started: whoever lacks the client needs none."""
    found: Client = request.param
    found.look_up()
    return found


@pytest.mark.parametrize("client", CLIENTS, indirect=True, ids=lambda client: client.name)
def test_a_client_is_answered_as_it_was(client: Client, served: Service, place: Path) -> None:
    wanted = load(client.name).at(served.address, place).exchanges
    told = client.run(served.url, place)
    assert [each["call"] for each in told] == [exchange.call for exchange in wanted]
    for each, exchange in zip(told, wanted, strict=True):
        assert answer_of(each).says(exchange.answer), each
