"""``up``, ``serve`` and ``worker``: the service's own processes."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from types import FrameType

import config
from app.cli import logs
from app.errors import ConfigError
from app.jobs.notifier.notifier import QUEUES
from app.process.child import Child

log = logging.getLogger(__name__)

STOP_SECONDS = 10.0
"""How long a child may take to end by itself."""

RESTART_SECONDS = 2.0
"""Between the death of a child and its successor."""


def up(settings: config.Settings, asked: argparse.Namespace) -> int:
    """Run gunicorn and one worker until SIGTERM or SIGINT; restart what dies."""
    from app import bootstrap

    _check_address(settings, asked)
    bootstrap.store(settings).migrate()
    environment = _environment(asked)
    keeper = _Keeper(
        {
            "web": (_gunicorn(settings, asked), environment),
            "worker": ([sys.executable, "-m", "app", "worker"], environment),
        },
        logs.rotating(settings.paths.logs),
    )
    return keeper.run()


def serve(settings: config.Settings, asked: argparse.Namespace) -> int:
    """Become gunicorn."""
    from app import bootstrap

    bootstrap.store(settings).migrate()
    command = _gunicorn(settings, asked)
    os.chdir(config.ROOT)
    os.execve(command[0], command, _environment(asked))  # noqa: S606  (a list, no shell)


def worker(settings: config.Settings, asked: argparse.Namespace) -> int:
    """Do steps until SIGTERM or SIGINT."""
    from app import bootstrap
    from app.worker.worker import Worker

    logs.to_stderr(settings.logging.level)
    store = bootstrap.store(settings)
    store.migrate()
    runner = Worker(
        settings,
        queues=asked.queues,
        warm=True,
        notifier=bootstrap.notifier(settings, store),
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: runner.stop())
    runner.run()
    return 0


def slots(text: str) -> dict[str, int]:
    """Queues and their numbers of slots, as a command line names them.

    >>> slots("face:1,cpu:2")
    {'face': 1, 'cpu': 2}
    """
    chosen = {}
    for part in text.split(","):
        queue, _, number = part.strip().partition(":")
        if queue not in QUEUES or not number.isdecimal() or not int(number):
            raise argparse.ArgumentTypeError(
                f"{part!r} is not NAME:SLOTS with a name of {', '.join(QUEUES)}"
            )
        chosen[queue] = int(number)
    return chosen


def _check_address(settings: config.Settings, asked: argparse.Namespace) -> None:
    """Fail now and clearly: gunicorn tries for seconds and says it in a traceback.

    Raises:
        ConfigError: The address is taken, or is none of this machine's.
    """
    host, port = _address(settings, asked)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ConfigError(f"cannot listen on {host} port {port}: {error.strerror}") from error


def _address(settings: config.Settings, asked: argparse.Namespace) -> tuple[str, int]:
    return asked.host or settings.server.host, asked.port or settings.server.port


def _gunicorn(settings: config.Settings, asked: argparse.Namespace) -> list[str]:
    host, port = _address(settings, asked)
    command = [sys.executable, "-m", "gunicorn", "wsgi:application"]
    command += ["--config", "python:app.cli.gunicorn_hooks"]
    command += ["--bind", f"[{host}]:{port}" if ":" in host else f"{host}:{port}"]
    command += ["--worker-class", "app.web.server.worker.FrontWorker"]
    command += ["--workers", str(settings.server.workers), "--chdir", str(config.ROOT)]
    # A loop that has not turned for a minute is hung; only the import of the service takes seconds.
    command += ["--timeout", "60", "--graceful-timeout", "8", "--no-control-socket"]
    return command


def _environment(asked: argparse.Namespace) -> dict[str, str]:
    """The children read the same settings as their parent."""
    chosen = {"HOST": asked.host, "PORT": asked.port}
    named = {f"VIDEOLECTURE_SERVER__{k}": str(v) for k, v in chosen.items() if v is not None}
    return {**os.environ, **named, "PYTHONUNBUFFERED": "1"}


class _Keeper:
    """Keeps children running, collects what they log, and ends them together."""

    def __init__(
        self, commands: dict[str, tuple[Sequence[str], dict[str, str]]], sink: logging.Handler
    ) -> None:
        self._commands = commands
        self._sink = sink
        # Children format their own lines; they are kept as they come.
        self._sink.setFormatter(logging.Formatter("%(message)s"))
        self._children: dict[str, Child] = {}
        self._stopping = threading.Event()

    def run(self) -> int:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        try:
            for name in self._commands:
                self._start(name)
            return self._watch()
        finally:
            self._end_all()

    def _watch(self) -> int:
        """Until asked to stop; a web process that cannot even start ends everything."""
        started = time.monotonic()
        while not self._stopping.wait(0.2):
            for name, child in list(self._children.items()):
                if child.is_alive():
                    continue
                self._say(f"{name} {child.ending()}")
                child.kill()
                if name == "web" and time.monotonic() - started < RESTART_SECONDS * 2:
                    raise ConfigError("the web process cannot start; see above, or logs/app.log")
                if not self._stopping.wait(RESTART_SECONDS):
                    self._start(name)
        return 0

    def _start(self, name: str) -> None:
        command, environment = self._commands[name]
        self._children[name] = Child(
            command,
            name=name,
            cwd=config.ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=None,
            errors=self._write,
            grace=STOP_SECONDS,
        )

    def _say(self, message: str) -> None:
        record = logging.makeLogRecord(
            {"name": __name__, "levelname": "WARNING", "levelno": logging.WARNING, "msg": message}
        )
        self._write(logging.Formatter(logs.FORMAT).format(record))

    def _write(self, line: str) -> None:
        self._sink.handle(logging.makeLogRecord({"msg": "%s", "args": (line,)}))
        print(line, file=sys.stderr, flush=True)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self._stopping.set()

    def _end_all(self) -> None:
        for child in self._children.values():
            child.stop()
        for child in self._children.values():
            child.kill()
