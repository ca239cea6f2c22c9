"""What gunicorn reads where somebody starts it by hand here: ``gunicorn wsgi:application``."""

from __future__ import annotations

import socket
from typing import Any

from app import bootstrap
from app.cli import CALLERS_MISTAKE, callers, logs
from app.cli.gunicorn_hooks import on_exit, on_starting
from app.errors import LectureError
from config import load

__all__ = ["on_exit", "on_starting", "when_ready"]


def when_ready(arbiter: Any) -> None:  # gunicorn's; it has no types
    """End at once, as ``serve`` does, where others may reach a service without keys.

    By now the sockets are there, whoever has opened them; nothing is answered yet.
    """
    settings = load()
    try:
        for listener in arbiter.LISTENERS:
            if listener.sock.family in (socket.AF_INET, socket.AF_INET6):
                host = listener.sock.getsockname()[0]
                callers.check(settings, bootstrap.opened_store(settings), host)
    except LectureError as error:
        logs.tell(f"{error.code}: {' '.join(str(error).split())}")
        raise SystemExit(CALLERS_MISTAKE) from error
