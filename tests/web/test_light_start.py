"""What the web process has in memory when it starts, and what it makes right after."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from flask import url_for

import config
from tests.e2e.conftest import environment_of
from tests.web.conftest import Lms

HEAVY = {
    "av", "cv2", "faster_whisper", "lingua", "numpy", "onnxruntime", "scipy", "soundfile", "torch",
    "alembic", "psycopg", "sqlalchemy.dialects.postgresql", "sqlalchemy.orm",
    "amqp", "celery", "kombu", "redis",
    "multiprocessing", "openai", "prometheus_client", "requests", "standardwebhooks", "urllib3",
}  # fmt: skip
"""Packages for engines, the examiner, another database, brokers, and what comes later."""

OF_OTHERS = {
    "app.engines.room",
    "app.engines.speech.kokoro.card",
    "app.jobs.migrations",
    "app.lecture.split",
    "app.notify.deliverer",
    "app.portrait",
    "app.text.cleaning",
    "app.text.plain",
    "app.text.verbalize",
    "app.voice",
    "app.web.v1.docs_view",
    "app.worker",
}
"""Own rooms whose work is done in workers, in the examiner, or for few who ask."""

STARTED = """
import json, sys, wsgi
print(json.dumps(sorted(sys.modules)))
"""

WARMED = """
import json, sys, wsgi
from app.web import warming
from app.web.v1 import api
models = [model for operation in api.operations() for model in operation.models]
before = sum(model.__pydantic_complete__ for model in models)
warming.warm(wsgi.application)
left = [model.__name__ for model in models if not model.__pydantic_complete__]
print(json.dumps([len(models) - before, left, "app.engines.speech.kokoro.card" in sys.modules]))
"""


def test_the_web_process_starts_without_what_others_need(tmp_path: Path) -> None:
    loaded = _told(STARTED, tmp_path)
    assert isinstance(loaded, list)
    assert sorted((HEAVY | OF_OTHERS) & set(loaded)) == []


@pytest.mark.parametrize("room", sorted(OF_OTHERS))
def test_the_rooms_that_it_does_without_are_there(room: str) -> None:
    assert find_spec(room) is not None


def test_the_first_callers_find_made_what_was_left_out_of_the_start(tmp_path: Path) -> None:
    told = _told(WARMED, tmp_path)
    assert isinstance(told, list)
    left_out, still_missing, knows_engines = told
    assert left_out > 0
    assert still_missing == []
    assert knows_engines


def _told(program: str, tmp_path: Path) -> object:
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(config.ROOT),
        env=environment_of(tmp_path, config.ROOT / "models"),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_no_address_is_made_of_a_route(lms: Lms) -> None:
    with lms.client.application.test_request_context(), pytest.raises(NotImplementedError):
        url_for("v1.get_health")
