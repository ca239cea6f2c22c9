"""What gunicorn's command line cannot say: ``--config python:app.cli.gunicorn_hooks``."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import tempfile
import threading
from types import FrameType
from typing import Any

from gunicorn.glogging import Logger

from app.cli import logs
from app.process.reaper import die_with_parent
from app.web.request_counts import FOLDER
from app.web.server.request_log import Ids
from config import load


class logger_class(Logger):
    """gunicorn's own lines in the format of all others."""

    error_fmt = logs.FORMAT
    datefmt = None


def on_starting(arbiter: Any) -> None:  # gunicorn's
    """Let several web processes count their requests where each finds what the others have.

    In a folder of this machine and of this start: counts of processes on other machines are
    theirs, and nobody waits for a disk of the network.
    """
    if arbiter.cfg.workers > 1:
        os.environ[FOLDER] = tempfile.mkdtemp(prefix="videolecture-requests-")


def on_exit(arbiter: Any) -> None:  # gunicorn's
    """Remove it."""
    del arbiter
    if FOLDER in os.environ:
        shutil.rmtree(os.environ[FOLDER], ignore_errors=True)


def post_fork(arbiter: Any, worker: Any) -> None:  # gunicorn's; it has no types
    """End a web process with its master, even if that was killed; log as all processes do.

    By itself gunicorn looks once a second, and not before it has imported the service;
    until then nobody else can have the port.
    """
    del worker
    die_with_parent(signal.SIGKILL, arbiter.pid)
    logs.to_stderr(load().logging.level)
    for handler in logging.getLogger().handlers:
        handler.addFilter(Ids())


def post_worker_init(worker: Any) -> None:
    """Have files looked at from now on, until the web process is told to end.

    What it will need is made beside its first requests, for it listens already.  The answers that
    it still owes take longer than a decoder may outlive the service.
    """
    from app.web import warming  # here: gunicorn's master has no use for the whole service

    services = worker.wsgi.extensions["videolecture"]
    services.examiner.prepare()  # so that the first caller need not wait for it
    threading.Thread(target=warming.warm, args=(worker.wsgi,), name="warming").start()
    ending = signal.getsignal(signal.SIGTERM)

    def end(number: int, frame: FrameType | None) -> None:
        # Not here: whoever is interrupted may hold a lock that closing needs.
        threading.Thread(target=services.examiner.close, name="closing").start()
        if callable(ending):
            ending(number, frame)

    signal.signal(signal.SIGTERM, end)
