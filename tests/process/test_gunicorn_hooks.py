"""What gunicorn is told to do besides serving."""

from __future__ import annotations

import os
import signal
from types import SimpleNamespace

from flask import Flask

from app.cli.gunicorn_hooks import post_worker_init
from app.web import request_counts
from tests.process.family import wait_until


def test_a_web_process_that_is_told_to_end_closes_its_examiner_and_ends() -> None:
    told: list[str] = []
    examiner = SimpleNamespace(
        prepare=lambda: told.append("prepared"), close=lambda: told.append("closed")
    )
    app = Flask("videolecture")
    app.extensions["videolecture"] = SimpleNamespace(examiner=examiner)
    request_counts.watch(app)
    former = signal.signal(signal.SIGTERM, lambda *_: told.append("ending"))
    try:
        post_worker_init(SimpleNamespace(wsgi=app))
        os.kill(os.getpid(), signal.SIGTERM)
        wait_until(lambda: sorted(told) == ["closed", "ending", "prepared"])
    finally:
        signal.signal(signal.SIGTERM, former)
