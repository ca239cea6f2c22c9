"""Lectures go when their time is over."""

from __future__ import annotations

import pytest
from sqlalchemy import update

import config
from app import bootstrap
from app.library.items import Kind
from app.requests.tables import lecture_request
from app.worker import tidying
from tests.web.v1.conftest import Place, problem, stored


@pytest.fixture
def settings(settings: config.Settings) -> config.Settings:
    storage = settings.storage.model_copy(update={"keep_days": 7.0})
    return settings.model_copy(update={"storage": storage})


def test_a_lecture_says_when_it_goes_and_goes(place: Place) -> None:
    body = {
        "text": "Hello.",
        "language": "en",
        "avatar": stored(place, Kind.AVATAR),
        "voice": stored(place, Kind.VOICE),
    }
    told = place.anonymous.post("/lectures", json=body).get_json()
    assert told["expires_at"] > told["created"]
    tidying.tidy(place.services.settings, place.services.store)
    assert place.anonymous.get(f"/lectures/{told['id']}").status_code == 200
    with place.services.store.database.write() as connection:
        connection.execute(update(lecture_request).values(expires=1.0))
    tidying.tidy(place.services.settings, place.services.store)
    assert problem(place.anonymous.get(f"/lectures/{told['id']}"))["status"] == 404
    artifacts = bootstrap.artifacts(place.services.settings)
    assert list(artifacts.kept()) == []
