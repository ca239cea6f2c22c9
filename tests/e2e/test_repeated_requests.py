"""Very many equal requests at once, to two web processes, through a restart."""

from __future__ import annotations

import http.client
import json
import signal
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import config
from app import bootstrap, ids
from app.jobs.store.store import Store
from app.library.items import Kind, New
from tests.e2e.conftest import SAMPLES, Service, start_service, wait_until_up

CONNECTIONS = 64


@pytest.fixture
def settings(tmp_path: Path) -> config.Settings:
    return config.load(
        paths={"data": str(tmp_path / "data")},
        jobs={"database_url": f"sqlite:///{tmp_path / 'data' / 'jobs.db'}"},
    )


@pytest.fixture
def services(settings: config.Settings) -> Iterator[bootstrap.Services]:
    found = bootstrap.services(settings)
    found.store.migrate()
    yield found
    found.store.close()


def body_of(services: bootstrap.Services) -> dict[str, str]:
    """A lecture with a face and a voice that are in the library."""
    named = {}
    for kind, file in ((Kind.AVATAR, "lecturer-woman.jpg"), (Kind.VOICE, "voice.wav")):
        with services.library.staging() as folder:
            writer = folder.writer("sent", 10_000_000)
            writer.write((SAMPLES / file).read_bytes())
            item = services.library.add(New(kind, "default", "x", [], {}), writer.finish())
        named[kind.value] = ids.told(kind.prefix, item.id)
    return {**named, "text": "Hello there. This is said once.", "language": "en"}


def posted(service: Service, body: dict[str, Any], times: int) -> Counter[tuple[int, bytes]]:
    """Statuses and bodies of equal requests, sent over many connections at once."""
    raw = json.dumps(body).encode()
    headers = {"Content-Type": "application/json", "Idempotency-Key": "of-all"}

    def post_some(number: int) -> list[tuple[int, bytes]]:
        connection = http.client.HTTPConnection(service.address, timeout=60)
        answers = []
        for _ in range(number):
            connection.request("POST", "/v1/lectures", raw, headers)
            response = connection.getresponse()
            answers.append((response.status, response.read()))
        connection.close()
        return answers

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        shares = [times // CONNECTIONS] * CONNECTIONS
        return Counter(each for some in pool.map(post_some, shares) for each in some)


def check(tmp_path: Path, models: Path, services: bootstrap.Services, times: int) -> None:
    body = body_of(services)
    more = {
        "VIDEOLECTURE_SERVER__WORKERS": "2",
        "VIDEOLECTURE_LIMITS__REQUESTS_PER_MINUTE": "1000000000",
    }
    for run in range(2):
        log = tmp_path / f"service-{run}.log"
        with start_service(tmp_path, models, log, command="serve", more=more) as service:
            wait_until_up(service, log)
            answers = posted(service, body, times)
            other = posted(service, {**body, "text": "Other."}, CONNECTIONS)
            service.process.send_signal(signal.SIGTERM)
            assert service.process.wait(60) == 0
        ((status, answer),) = answers
        assert (status, answers.total()) == (202, times // CONNECTIONS * CONNECTIONS)
        assert {status for status, _ in other} == {422}
        assert jobs(services.store) == [json.loads(answer)["id"]]


def jobs(store: Store) -> list[str]:
    return [ids.told("lec", job.id) for job in store.active("default")]


@pytest.mark.slow
def test_equal_requests_make_one_lecture(
    tmp_path: Path, models: Path, services: bootstrap.Services
) -> None:
    check(tmp_path, models, services, times=640)


@pytest.mark.proof
def test_ten_thousand_equal_requests_make_one_lecture(
    tmp_path: Path, models: Path, services: bootstrap.Services
) -> None:
    check(tmp_path, models, services, times=10_048)
