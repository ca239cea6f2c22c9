"""What a caller of the web service notices of the broker."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import config
from app import bootstrap, create_app
from app.errors import ConfigError
from app.jobs.notifier.broker import TIMEOUT_SECONDS
from app.jobs.notifier.notifier import Polling
from tests.e2e.conftest import environment_of
from tests.web.conftest import Lms

WEB_IMPORTS = """
import sys, wsgi
heavy = {"celery", "kombu", "amqp", "redis", "psycopg"} & set(sys.modules)
assert not heavy, heavy
"""


def _with_broker(lms: Lms, broker_url: str) -> Lms:
    """The same service, which notifies workers through a broker."""
    settings = lms.services.settings
    jobs = settings.jobs.model_copy(update={"dispatch": "celery", "broker_url": broker_url})
    changed = settings.model_copy(update={"jobs": jobs})
    services = bootstrap.Services(
        changed,
        lms.services.store,
        lms.services.examiner,
        bootstrap.notifier(changed, lms.services.store),
    )
    client = create_app(changed, services).test_client()
    return Lms(client, lms.folder, services, lms.examiner)


@pytest.fixture
def mute_port() -> Iterator[int]:
    """Takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


@pytest.mark.parametrize("scheme", ["amqp", "redis"])
def test_a_broker_that_is_down_does_not_fail_a_post(
    lms: Lms, closed_port: int, scheme: str, caplog: pytest.LogCaptureFixture
) -> None:
    notifying = _with_broker(lms, f"{scheme}://127.0.0.1:{closed_port}/0")
    started = time.monotonic()
    assert notifying.post().status_code == 200
    assert time.monotonic() - started < 4 * TIMEOUT_SECONDS  # a slow machine's; none is waited
    assert "workers not notified" in caplog.text
    assert lms.services.store.ready() == {"speech": 2}


@pytest.mark.parametrize("scheme", ["amqp", "redis"])
def test_a_broker_that_says_nothing_delays_one_post_and_not_the_next(
    lms: Lms, mute_port: int, scheme: str, caplog: pytest.LogCaptureFixture
) -> None:
    notifying = _with_broker(lms, f"{scheme}://127.0.0.1:{mute_port}/0")
    started = time.monotonic()
    assert notifying.post(id=1).status_code == 200
    # It waits once, not for every queue and every attempt; the rest is for a slow machine.
    assert time.monotonic() - started < 8 * TIMEOUT_SECONDS
    started = time.monotonic()
    assert notifying.post(id=2).status_code == 200
    assert time.monotonic() - started < TIMEOUT_SECONDS / 2
    assert caplog.text.count("workers not notified") == 1


@pytest.mark.parametrize("url", ["carrier-pigeon://127.0.0.1", "amqp://127.0.0.1:port"])
def test_a_broker_that_cannot_be_used_is_an_error_at_the_start(lms: Lms, url: str) -> None:
    with pytest.raises(ConfigError, match=r"jobs\.broker_url"):
        _with_broker(lms, url)


def test_the_web_process_imports_no_broker_unless_told_to(tmp_path: Path) -> None:
    environment = environment_of(tmp_path, config.ROOT / "models")
    subprocess.run(
        [sys.executable, "-c", WEB_IMPORTS], cwd=config.ROOT, env=environment, check=True
    )


def test_no_broker_is_told_by_default(lms: Lms) -> None:
    chosen = bootstrap.notifier(lms.services.settings, lms.services.store)
    assert isinstance(chosen, Polling)
