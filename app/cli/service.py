"""``up``, ``serve`` and ``worker``: the service's own processes."""

from __future__ import annotations

import argparse
import errno
import os
import signal
import socket
import sys

import config
from app.cli import callers, logs
from app.cli.keeper import Keeper
from app.errors import ConfigError
from app.jobs.notifier.notifier import QUEUES
from app.process.tree import LOWERED


def up(settings: config.Settings, asked: argparse.Namespace) -> int:
    """Run gunicorn and one worker until SIGTERM or SIGINT; restart what dies."""
    from app import bootstrap, folders

    sink = logs.rotating(settings.paths.logs)
    opened = bootstrap.opened_store(settings)
    folders.spool(settings)
    host, port = _address(settings, asked)
    check_address(host, port)
    callers.check(settings, opened, host)
    environment = _environment(asked)
    commands = {
        "web": (_gunicorn(settings, asked), environment | _WEB),
        "worker": (
            [sys.executable, "-m", "app", "worker", "--niceness", str(LOWERED)],
            environment,
        ),
    }
    print(f"Studio    {studio(settings, host, port)}  (Ctrl-C stops the service)", flush=True)
    keeper = Keeper(commands, sink)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: keeper.stop())
    keeper.run()
    return 0


def serve(settings: config.Settings, asked: argparse.Namespace) -> int:
    """Become gunicorn."""
    from app import bootstrap, folders

    opened = bootstrap.opened_store(settings)
    folders.spool(settings)
    host, port = _address(settings, asked)
    check_address(host, port)
    callers.check(settings, opened, host)
    command = _gunicorn(settings, asked)
    os.chdir(config.ROOT)
    os.execve(command[0], command, _environment(asked) | _WEB)  # noqa: S606  (a list, no shell)


def worker(settings: config.Settings, asked: argparse.Namespace) -> int:
    """Do steps until SIGTERM or SIGINT."""
    os.nice(asked.niceness)
    from app import bootstrap
    from app.intake import samples
    from app.worker.worker import Worker

    logs.to_stderr(settings.logging.level)
    store = bootstrap.opened_store(settings)
    runner = Worker(
        settings,
        queues=asked.queues,
        warm=True,
        notifier=bootstrap.notifier(settings, store),
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: runner.stop())
    with samples.being_kept(settings):
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


def check_address(host: str, port: int) -> None:
    """Fail now and clearly: gunicorn tries for seconds and says it in a traceback.

    Raises:
        ConfigError: The address is taken, is none of this machine's, or needs a right.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            told = f"cannot listen on {host} port {port}: {error.strerror}"
            cure = _CURES.get(error.errno or 0, "correct server.host and server.port")
            raise ConfigError(f"{told}; {cure}") from error


_CURES = {
    errno.EADDRINUSE: "stop what listens there, or choose another server.port",
    errno.EADDRNOTAVAIL: "name an address of this machine in server.host",
    errno.EACCES: "ports below 1024 need CAP_NET_BIND_SERVICE; choose another server.port",
}


def studio(settings: config.Settings, host: str, port: int) -> str:
    """Where the page for people is, for whoever sits at this machine."""
    named = "localhost" if host in ("0.0.0.0", "::", "127.0.0.1", "::1") else host  # noqa: S104  (compared)
    named = f"[{named}]" if ":" in named else named
    return f"http://{named}:{port}{settings.server.prefix}/"


_WEB = {"MALLOC_ARENA_MAX": "2"}
"""Its many threads share what they have freed: each would keep what its longest lecture took."""


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
