"""A PostgreSQL server, and a migrated database for each test."""

from __future__ import annotations

import itertools
import signal
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from app.jobs.store.store import Store
from tests.services.programs import Program, folder_of, free_port, program

_USER = "postgres"
_TEMPLATE = "migrated"


class PostgreSQL:
    """A running server."""

    def __init__(self, server: Program, port: int) -> None:
        self._server = server
        self._port = port
        self._numbers = itertools.count()

    def url(self, database: str) -> str:
        return f"postgresql://{_USER}@127.0.0.1:{self._port}/{database}"

    def empty_database(self) -> str:
        """URL of a new database without tables."""
        return self._create("template1")

    def database(self) -> str:
        """URL of a new, migrated database."""
        if not self._has(_TEMPLATE):
            self._execute(f"CREATE DATABASE {_TEMPLATE}")
            store = Store(self.url(_TEMPLATE))
            store.migrate()
            store.close()
        return self._create(_TEMPLATE)

    def restart(self) -> None:
        """As a power cut would, as far as its clients can see."""
        self._server.stop()
        self._server.start()

    def _create(self, template: str) -> str:
        name = f"test_{next(self._numbers)}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def _has(self, database: str) -> bool:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
            return found.fetchone() is not None

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    server_program, initialise = program("postgres"), program("initdb")
    with folder_of(_USER) as folder:
        _initialise(initialise, folder)
        port = free_port()
        command = [server_program, "-D", str(folder / "data"), "-p", str(port)]
        # Nothing here needs to survive a power cut.
        command += ["-c", "fsync=off", "-c", f"unix_socket_directories={folder}"]
        command += ["-c", "listen_addresses=127.0.0.1"]
        server = Program(
            command,
            folder=folder,
            ready=lambda: _answers(port),
            user=_USER,
            stop_signal=signal.SIGINT,  # SIGTERM waits for the clients to go
        )
        server.start()
        try:
            yield PostgreSQL(server, port)
        finally:
            server.stop()


def _initialise(initialise: str, folder: Path) -> None:
    command = [initialise, "--pgdata", str(folder / "data"), "--username", _USER]
    command += ["--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync"]
    done = Program(command, folder=folder, ready=lambda: False, user=_USER).run_to_end()
    assert done == 0, (folder / "output.log").read_text()


def _answers(port: int) -> bool:
    try:
        psycopg.connect(f"postgresql://{_USER}@127.0.0.1:{port}/postgres").close()
    except psycopg.OperationalError:
        return False
    return True
