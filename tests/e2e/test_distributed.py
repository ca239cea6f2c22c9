"""The service in three pieces, as on three machines, with PostgreSQL, RabbitMQ and Celery."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

import config
from tests.e2e.conftest import SAMPLES, Service, environment_of, wait_until_up
from tests.services.brokers import Broker
from tests.services.postgresql import PostgreSQL
from tests.services.programs import free_port

pytestmark = pytest.mark.slow

TEXT = "Good morning._;Thank you!"


@pytest.fixture
def service(
    tmp_path: Path, models: Path, postgresql: PostgreSQL, rabbitmq: Broker
) -> Iterator[Service]:
    """A web process and two workers that share a folder; nobody looks in time unless notified."""
    environment = environment_of(tmp_path, models) | {
        "VIDEOLECTURE_JOBS__DATABASE_URL": postgresql.empty_database(),
        "VIDEOLECTURE_JOBS__DISPATCH": "celery",
        "VIDEOLECTURE_JOBS__BROKER_URL": rabbitmq.url,
        "VIDEOLECTURE_JOBS__SWEEP_SECONDS": "600",
    }
    port = free_port()
    commands = [
        ["serve", "--port", str(port)],
        ["worker", "--queues", "face:1"],
        ["worker", "--queues", "speech:1,cpu:1"],
    ]
    log = tmp_path / "service.log"
    started: list[psutil.Popen] = []
    try:
        with log.open("wb") as output:
            for command in commands:
                started.append(
                    psutil.Popen(
                        [sys.executable, "-m", "app", *command],
                        cwd=config.ROOT,
                        env=environment,
                        stdout=output,
                        stderr=subprocess.STDOUT,
                    )
                )
        running = Service(f"http://127.0.0.1:{port}", tmp_path, started[0])
        wait_until_up(running, log)
        yield running
    finally:
        for process in started:
            process.send_signal(signal.SIGTERM)
        statuses = [process.wait(60) for process in started]
    assert statuses == [0, 0, 0], log.read_text()


def test_a_lecture_is_made_by_workers_that_only_share_a_database_a_broker_and_a_folder(
    service: Service,
) -> None:
    text = service.place / "lecture.txt"
    text.write_text(TEXT, encoding="utf-8")
    answer = service.post(
        {
            "id": 7,
            "face_path": str(SAMPLES / "lecturer-woman.jpg"),
            "voice_path": str(SAMPLES / "voice.wav"),
            "lecture_text_path": str(text),
            "generated_dir_path": str(service.place / "out"),
            "size": 256,
        }
    )
    assert answer["result"] == [[1], [2]]
    service.wait_until(7, lambda state: bool(state["state"] == "done"))
    assert (service.place / "out" / "final" / "manifest_7.json").exists()
