"""What gunicorn's command line cannot say: ``--config python:app.cli.gunicorn_hooks``."""

from __future__ import annotations

import ctypes
import os
import signal
from typing import Any

_PR_SET_PDEATHSIG = 1


def post_fork(arbiter: Any, worker: Any) -> None:  # gunicorn's; it has no types
    """End a web process with its master, even if that was killed.

    By itself gunicorn looks once a second, and not before it has imported the service;
    until then nobody else can have the port.
    """
    del worker
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != arbiter.pid:
        os.kill(os.getpid(), signal.SIGKILL)
