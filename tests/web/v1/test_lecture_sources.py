"""What a lecture is made from."""

from __future__ import annotations

from typing import Any

from app.jobs.store.job import LMS
from app.library.items import Kind
from tests.web.v1 import made
from tests.web.v1.conftest import Place, problem, stored


def _wanted(place: Place) -> dict[str, Any]:
    return {
        "title": "Networks",
        "slides": [{"text": "Hello."}, {"text": "", "title": "A picture"}],
        "avatar": stored(place, Kind.AVATAR),
        "voice": stored(place, Kind.VOICE),
        "language": "en",
        "size": 256,
        "metadata": {"course": "7"},
    }


def test_it_is_told_as_it_was_asked_for(place: Place) -> None:
    wanted = _wanted(place)
    lecture = place.anonymous.post("/lectures", json=wanted).get_json()["id"]
    answer = place.anonymous.get(f"/lectures/{lecture}/source")
    told = answer.get_json()
    assert {key: told[key] for key in wanted if key != "slides"} == {
        key: value for key, value in wanted.items() if key != "slides"
    }
    assert told["slides"] == [
        {"text": "Hello.", "title": "", "audio": None},
        {"text": "", "title": "A picture", "audio": None},
    ]
    assert answer.headers["ETag"] == place.anonymous.get(f"/lectures/{lecture}").headers["ETag"]


def test_the_same_body_makes_the_same_lecture_once_more(place: Place) -> None:
    lecture = place.anonymous.post("/lectures", json=_wanted(place)).get_json()["id"]
    source = place.anonymous.get(f"/lectures/{lecture}/source").get_json()
    again = place.anonymous.post("/lectures", json=source)
    assert again.status_code == 202, again.text
    twin = again.get_json()["id"]
    assert place.anonymous.get(f"/lectures/{twin}/source").get_json() == source


def test_that_of_an_lms_is_a_file_of_its_own(place: Place) -> None:
    folder = place.services.settings.paths.data
    made.submit(place.services.store, folder, "Hello.", number=7, tenant=LMS)
    assert problem(place.anonymous.get("/lectures/lms-7/source"))["status"] == 409
    assert problem(place.anonymous.get("/lectures/lec_0000000000000/source"))["status"] == 404
