"""What gunicorn's command line cannot say: ``--config python:app.cli.gunicorn_hooks``."""

from __future__ import annotations

import signal
from typing import Any

from app.process.reaper import die_with_parent


def post_fork(arbiter: Any, worker: Any) -> None:  # gunicorn's; it has no types
    """End a web process with its master, even if that was killed.

    By itself gunicorn looks once a second, and not before it has imported the service;
    until then nobody else can have the port.
    """
    del worker
    die_with_parent(signal.SIGKILL, arbiter.pid)
