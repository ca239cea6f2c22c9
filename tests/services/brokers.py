"""RabbitMQ and Redis servers for tests; they can be stopped and started in the middle."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from kombu import Connection

from app.jobs.notifier.notifier import QUEUES
from tests.services.programs import Program, folder_of, free_port, listens, program


@dataclass(frozen=True)
class Broker:
    """A running server."""

    url: str
    server: Program

    def purge(self) -> None:
        """Lose every message."""
        with Connection(self.url) as connection:
            channel = connection.channel()
            for queue in QUEUES:
                with suppress(*connection.channel_errors):
                    channel.queue_purge(queue)

    def lying(self, queue: str) -> int:
        """How many messages nobody has taken."""
        with Connection(self.url) as connection:
            found = connection.channel().queue_declare(queue=queue, durable=True, auto_delete=False)
            return int(found.message_count)


@pytest.fixture(scope="session")
def redis() -> Iterator[Broker]:
    server_program = program("redis-server")
    with folder_of("redis") as folder:
        port = free_port()
        command = [server_program, "--bind", "127.0.0.1", "--port", str(port)]
        command += ["--dir", str(folder), "--save", "", "--appendonly", "no"]
        server = Program(command, folder=folder, ready=lambda: listens(port), user="redis")
        server.start()
        try:
            yield Broker(f"redis://127.0.0.1:{port}/0", server)
        finally:
            server.stop()


@pytest.fixture(scope="session")
def rabbitmq() -> Iterator[Broker]:
    server_program, names_program = program("rabbitmq-server"), program("epmd")
    with folder_of("rabbitmq") as folder:
        ports = {name: free_port() for name in ("amqp", "distribution", "names")}
        names = Program(
            [names_program, "-address", "127.0.0.1", "-port", str(ports["names"])],
            folder=folder,
            ready=lambda: listens(ports["names"]),
            user="rabbitmq",
        )
        server = Program(
            [server_program],
            folder=folder,
            ready=lambda: _speaks_amqp(ports["amqp"]),
            user="rabbitmq",
            environment=_rabbitmq_environment(folder, ports),
        )
        try:
            names.start()
            server.start()
            yield Broker(f"amqp://guest:guest@127.0.0.1:{ports['amqp']}//", server)
        finally:
            server.stop()
            names.stop()


def _rabbitmq_environment(folder: Path, ports: dict[str, int]) -> dict[str, str]:
    return {
        "HOME": str(folder),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        "ERL_EPMD_PORT": str(ports["names"]),
        "RABBITMQ_NODENAME": f"test{os.getpid()}@localhost",
        "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODE_PORT": str(ports["amqp"]),
        "RABBITMQ_DIST_PORT": str(ports["distribution"]),
        "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
        "RABBITMQ_LOG_BASE": str(folder / "log"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
        "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq"),
        # Two schedulers instead of a pair per core, and no spinning while idle.
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none",
    }


def _speaks_amqp(port: int) -> bool:
    if not listens(port):
        return False
    with suppress(OSError), Connection(f"amqp://guest:guest@127.0.0.1:{port}//") as connection:
        connection.ensure_connection(max_retries=0, timeout=5)
        return True
    return False
