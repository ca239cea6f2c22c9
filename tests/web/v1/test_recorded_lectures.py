"""Lectures that are heard from recordings, and lectures by a form with files."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from app import ids
from app.library.items import Kind, Wanted
from app.steps import lecture_of
from tests.unit.jobs.finished import QuickWorker
from tests.web.conftest import SAMPLES
from tests.web.v1.conftest import Place, problem, stored

PICTURE = (SAMPLES / "lecturer-woman.jpg").read_bytes()
SOUND = (SAMPLES / "voice.wav").read_bytes()


def recording(place: Place, tenant: str = "default") -> str:
    answer = place.program(tenant).post(
        "/recordings", data={"sound": (io.BytesIO(SOUND), "Week 1.wav"), "tags": "a, b"}
    )
    assert answer.status_code == 201, answer.data
    return str(answer.get_json()["id"])


@pytest.fixture
def body(place: Place) -> dict[str, Any]:
    return {
        "slides": [{"audio": recording(place), "title": "Heard"}, {"text": "Said."}],
        "avatar": stored(place, Kind.AVATAR),
        "voice": stored(place, Kind.VOICE),
        "language": "en",
    }


def test_a_recording_is_stored_and_told(place: Place) -> None:
    program = place.program()
    answer = program.post("/recordings", data={"sound": (io.BytesIO(SOUND), "Week 1.wav")})
    told = answer.get_json()
    assert (told["name"], told["seconds"], told["warnings"]) == ("Week 1", 60.0, [])
    assert answer.headers["Location"] == f"/v1/recordings/{told['id']}"
    assert program.get(f"/recordings/{told['id']}").get_json() == told
    assert program.get(f"/recordings/{told['id']}/sound").data == SOUND
    assert [each["id"] for each in program.get("/recordings").get_json()["items"]] == [told["id"]]
    assert program.delete(f"/recordings/{told['id']}").status_code == 204
    assert problem(program.get(f"/recordings/{told['id']}"))["status"] == 404


def test_what_cannot_be_heard_is_refused(place: Place) -> None:
    place.examiner.refused["recording"] = "it is silent"
    answer = place.program().post("/recordings", data={"sound": (io.BytesIO(SOUND), "a.wav")})
    assert problem(answer)["code"] == "bad_recording"
    assert place.services.library.page(Kind.RECORDING, "default", Wanted()) == []


def test_slides_are_said_and_heard(place: Place, body: dict[str, Any]) -> None:
    program = place.program()
    told = program.post("/lectures", json=body).get_json()
    assert told["mapping"] == [[1, 2], [3]]
    assert [slide["audio"] for slide in told["slides"]] == [body["slides"][0]["audio"], None]
    job = place.services.store.active("default")[-1]
    heard = [fragment.recording for fragment in lecture_of(job.content).fragments()]
    assert [passage and passage.seconds for passage in heard] == [30.0, 30.0, None]


def test_a_whole_lecture_is_heard_and_needs_no_voice(place: Place, body: dict[str, Any]) -> None:
    whole = {"audio": body["slides"][0]["audio"], "avatar": body["avatar"]}
    told = place.program().post("/lectures", json=whole).get_json()
    assert (told["mapping"], told["voice"]) == ([[1, 2]], None)


def test_an_edit_of_the_text_leaves_the_recording(place: Place, body: dict[str, Any]) -> None:
    program = place.program()
    lecture = program.post("/lectures", json=body).get_json()["id"]
    worker = QuickWorker(place.services.store)
    worker.finish()
    program.patch(f"/lectures/{lecture}", json={"slides": [{"number": 2, "text": "Other."}]})
    assert worker.finish() == ["speech_3", "face_3", "slide_2", "final"]


def test_a_recording_that_a_lecture_uses_stays(place: Place, body: dict[str, Any]) -> None:
    program = place.program()
    lecture = program.post("/lectures", json=body).get_json()["id"]
    url = f"/recordings/{body['slides'][0]['audio']}"
    assert lecture in problem(program.delete(url))["detail"]
    QuickWorker(place.services.store).finish()
    program.patch(f"/lectures/{lecture}", json={"slides": [{"number": 1, "text": "Said too."}]})
    assert program.delete(url).status_code == 204


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"slides": [{"audio": "rec_0000000000007"}]}, "/slides/0/audio"),
        ({"slides": [{"audio": "rec_x"}]}, "/slides/0/audio"),
        ({"slides": [{"audio": None, "text": "Said."}], "voice": None}, "/voice"),
        ({"audio": "rec_0000000000007"}, ""),
    ],
)
def test_what_is_wrong_with_it_is_told(
    place: Place, body: dict[str, Any], change: dict[str, Any], where: str
) -> None:
    told = problem(place.program().post("/lectures", json={**body, **change}))
    assert told["status"] == 422
    assert where in [fault["where"] for fault in told["errors"]]


def test_a_slide_is_not_said_and_heard(place: Place, body: dict[str, Any]) -> None:
    body["slides"][0]["text"] = "Said as well."
    assert problem(place.program().post("/lectures", json=body))["status"] == 422


def test_another_tenants_recording_is_none(place: Place, body: dict[str, Any]) -> None:
    body["slides"][0]["audio"] = recording(place, "other")
    told = problem(place.program().post("/lectures", json=body))
    assert told["errors"][0]["where"] == "/slides/0/audio"


def test_it_is_estimated_by_its_seconds(place: Place, body: dict[str, Any]) -> None:
    slides = {"slides": body["slides"], "language": "en"}
    told = place.program().post("/lectures:estimate", json=slides).get_json()
    assert (told["fragments"], round(told["speech_seconds"])) == (3, 60)


def form(**more: Any) -> dict[str, Any]:
    return {
        "image": (io.BytesIO(PICTURE), "Me.jpg"),
        "sample": (io.BytesIO(SOUND), "voice.wav"),
        "language": "en",
        "title": "Optics",
        "metadata": json.dumps({"course": "7"}),
        **more,
    }


def test_a_form_brings_all_at_once(place: Place) -> None:
    program = place.program()
    text = (io.BytesIO("Hello._;Bye.".encode("utf-8-sig")), "lecture.txt")
    answer = program.post("/lectures", data=form(text_file=text, size="256", still="true"))
    told = answer.get_json()
    assert answer.status_code == 202, answer.data
    assert (told["title"], told["metadata"], told["mapping"]) == (
        "Optics",
        {"course": "7"},
        [[1], [2]],
    )
    avatar = program.get(f"/avatars/{told['avatar']}").get_json()
    assert avatar["name"] == "Me"


def test_a_form_may_bring_the_sound(place: Place) -> None:
    data = form(sound=(io.BytesIO(SOUND), "week.wav"))
    told = place.program().post("/lectures", data=data).get_json()
    assert told["mapping"] == [[1, 2]]
    assert told["slides"][0]["audio"].startswith("rec_")


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"text": "Hello.", "size": "7"},
        {"text": "Hello.", "avatar": "av_0000000000007"},
        {"text": "Hello.", "metadata": "no"},
        {"text": "Hello.", "unknown": "x"},
        {"text": "Hello.", "language": "xx"},
        {"text": " "},
    ],
)
def test_a_form_that_is_refused_leaves_nothing(place: Place, more: dict[str, Any]) -> None:
    answer = place.program().post("/lectures", data=form(**more))
    assert problem(answer)["status"] == 422
    library = place.services.library
    assert [library.page(kind, "default", Wanted()) for kind in Kind] == [[], [], []]
    contents = place.services.settings.paths.data / "library" / "contents"
    assert list(contents.glob("*")) == []


def test_ids_of_recordings_are_their_own() -> None:
    assert ids.number_of("rec", ids.told(Kind.RECORDING.prefix, 7)) == 7
