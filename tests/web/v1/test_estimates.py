"""What a lecture will take."""

from __future__ import annotations

import time

import pytest

from app.library.items import Kind
from tests.unit.jobs.lectures import claim
from tests.web.v1.conftest import Place, problem, stored

TEXT = "This is a sentence of some length. " * 40


def test_before_a_lecture_was_made_its_length_is_known_only(place: Place) -> None:
    told = place.anonymous.post("/lectures:estimate", json={"text": TEXT, "language": "en"})
    found = told.get_json()
    assert told.status_code == 200
    assert found["fragments"] == 8
    assert found["speech_seconds"] == pytest.approx(40 * 28 / 15, abs=0.1)
    assert (found["render_seconds"], found["busy_seconds"]) == (None, None)
    assert found["bytes"] > 10_000_000


def test_lectures_that_were_made_tell_how_long_it_takes(place: Place) -> None:
    body = {
        "text": TEXT,
        "language": "en",
        "avatar": stored(place, Kind.AVATAR),
        "voice": stored(place, Kind.VOICE),
    }
    lecture = place.anonymous.post("/lectures", json=body).get_json()["id"]
    while (taken := claim(place.services.store)) is not None:
        time.sleep(0.06)  # a tenth of a second is told
        place.services.store.finish(taken, {})
    found = place.anonymous.get(f"/lectures/{lecture}/estimate").get_json()
    assert found["render_seconds"] > 0
    assert set(found["busy_seconds"]) == {"speech", "face", "cpu"}
    assert found["letters"] == len(TEXT.strip()) - 7


def test_nothing_is_kept(place: Place) -> None:
    place.anonymous.post("/lectures:estimate", json={"text": TEXT})
    assert place.services.store.active("default") == []
    assert list(place.services.settings.paths.data.glob("inputs/*")) == []


@pytest.mark.parametrize("body", [{}, {"text": ""}, {"text": "a", "slides": []}, {"text": 7}])
def test_what_is_no_text_is_refused(place: Place, body: dict[str, object]) -> None:
    assert problem(place.anonymous.post("/lectures:estimate", json=body))["status"] == 422
