"""The API on a real job store, and programs that call it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import config
from app import bootstrap, create_app, ids
from app.access.keys import Scope
from app.library.items import Kind, New
from tests import stores
from tests.web.conftest import SAMPLES, StandInExaminer, settings

__all__ = ["settings"]


@dataclass
class Program:
    """Calls the API, with a key or without."""

    client: FlaskClient
    key: str | None = None

    def call(self, method: str, path: str, **more: Any) -> TestResponse:
        """Call below ``/v1``; what is more, werkzeug's client takes."""
        headers = dict(more.pop("headers", {}))
        if self.key is not None:
            headers.setdefault("Authorization", f"Bearer {self.key}")
        more.setdefault("buffered", True)  # files that are answered with are closed again
        answer = self.client.open(f"/v1{path}", method=method, headers=headers, **more)
        answer.request.environ["wsgi.input"].close()  # of a large form: a file
        return answer

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.call("GET", path, **more)

    def post(self, path: str, **more: Any) -> TestResponse:
        return self.call("POST", path, **more)

    def patch(self, path: str, **more: Any) -> TestResponse:
        return self.call("PATCH", path, **more)

    def delete(self, path: str, **more: Any) -> TestResponse:
        return self.call("DELETE", path, **more)


@dataclass
class Place:
    """A service, and those who call it."""

    services: bootstrap.Services
    examiner: StandInExaminer
    client: FlaskClient

    @property
    def anonymous(self) -> Program:
        return Program(self.client)

    def program(self, tenant: str = "default", *scopes: Scope) -> Program:
        """One with a key of its own, which may do everything when no scopes are named."""
        _, secret = self.services.keys.create(tenant, "a test's", scopes or [Scope.ADMIN])
        return Program(self.client, secret)


@pytest.fixture
def place(settings: config.Settings) -> Iterator[Place]:
    examiner = StandInExaminer()
    store = stores.opened(settings, patience=bootstrap.CALLERS_PATIENCE_SECONDS)
    services = bootstrap.Services(settings, store, examiner)  # type: ignore[arg-type]  # stand-in
    yield Place(services, examiner, create_app(settings, services).test_client())
    store.close()


def problem(response: TestResponse) -> dict[str, Any]:
    """The answer, checked to be a problem."""
    assert response.mimetype == "application/problem+json"
    value = json.loads(response.data)
    assert value["status"] == response.status_code >= 400
    assert value["type"] == f"urn:videolecture:problem:{value['code']}"
    assert value["title"]
    return dict(value)


def stored(place: Place, kind: Kind, tenant: str = "default", name: str = "Somebody") -> str:
    """Store a face or a voice as if the examiner had found nothing amiss; tells its id."""
    file = {Kind.AVATAR: "lecturer-woman.jpg", Kind.VOICE: "voice.wav"}[kind]
    library = place.services.library
    with library.staging() as folder:
        writer = folder.writer("sent", 10_000_000)
        writer.write((SAMPLES / file).read_bytes())
        item = library.add(New(kind, tenant, name, [], {}), writer.finish())
    return ids.told(kind.prefix, item.id)
