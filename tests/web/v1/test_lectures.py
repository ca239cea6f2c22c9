"""Lectures by the API: asked for, changed, stopped, removed."""

from __future__ import annotations

import math
from typing import Any

import pytest
from werkzeug.test import TestResponse

from app.access.keys import Scope
from app.errors import InUse
from app.library.items import Kind, Wanted
from app.web.v1 import cursors, lecture_ref
from tests.unit.jobs.finished import QuickWorker
from tests.web.conftest import Lms, lms
from tests.web.v1.conftest import Place, Program, problem, stored

__all__ = ["lms"]

SLIDES = [
    {"text": "Hello. Again.", "title": "Begin"},
    {"text": ""},
    {"text": "Bye.", "title": "End"},
]


@pytest.fixture
def body(place: Place) -> dict[str, Any]:
    """A good request."""
    return {
        "title": "Optics",
        "slides": SLIDES,
        "avatar": stored(place, Kind.AVATAR),
        "voice": stored(place, Kind.VOICE),
        "language": "en",
        "metadata": {"course": "7"},
    }


@pytest.fixture
def program(place: Place) -> Program:
    return place.anonymous


def made(program: Program, body: dict[str, Any]) -> dict[str, Any]:
    answer = program.post("/lectures", json=body)
    assert answer.status_code == 202, answer.data
    return dict(answer.get_json())


def test_a_lecture_is_split_at_once_and_queued(program: Program, body: dict[str, Any]) -> None:
    answer = program.post("/lectures", json=body)
    told = answer.get_json()
    assert answer.status_code == 202
    assert answer.headers["Location"] == f"/v1/lectures/{told['id']}" == told["links"]["self"]
    assert told["state"] == "queued"
    assert told["mapping"] == [[1], [], [2]]
    assert [slide["title"] for slide in told["slides"]] == ["Begin", "", "End"]
    assert (told["title"], told["metadata"]) == ("Optics", {"course": "7"})
    assert (told["avatar"], told["voice"]) == (body["avatar"], body["voice"])


def test_a_text_is_split_by_the_delimiter(program: Program, body: dict[str, Any]) -> None:
    del body["slides"]
    assert made(program, {**body, "text": "Hello._;_;Bye."})["mapping"] == [[1], [], [2]]


def test_a_slide_may_hold_the_delimiter(program: Program, body: dict[str, Any]) -> None:
    told = made(program, {**body, "slides": [{"text": "a _; b. \x1e And c."}]})
    assert told["mapping"] == [[1]]


def test_a_lecture_is_found_again(program: Program, body: dict[str, Any]) -> None:
    told = made(program, body)
    answer = program.get(f"/lectures/{told['id']}")
    assert answer.get_json() == told
    assert answer.headers["ETag"] == '"1.1"'


def test_it_is_made_from_what_was_stored(place: Place, body: dict[str, Any]) -> None:
    told = made(place.anonymous, body)
    (job,) = place.services.store.active("default")
    assert job.id == lecture_ref.read(told["id"]).number
    assert place.examiner.asked == ["face", "voice"]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"avatar": "av_0000000000007"}, "/avatar"),
        ({"avatar": "vo_0000000000007"}, "/avatar"),
        ({"voice": 7}, "/voice"),
        ({"slides": []}, "/slides"),
        ({"slides": [{"text": 7}]}, "/slides/0/text"),
        ({"slides": [{"texts": "a"}]}, "/slides/0/texts"),
        ({"slides": [{"text": "a\x00"}]}, "/slides/0/text"),
        ({"slides": [{"text": " "}]}, "/slides"),
        ({"text": "both"}, ""),
        ({"title": "x" * 301}, "/title"),
        ({"title": "a\nb"}, "/title"),
        ({"language": "english"}, "/language"),
        ({"language": "xx"}, "/language"),
        ({"speech_engine": "nobody"}, "/speech_engine"),
        ({"face_engine": "nobody"}, "/face_engine"),
        ({"size": 300}, "/size"),
        ({"still": "yes"}, "/still"),
        ({"metadata": {"a": 7}}, "/metadata/a"),
        ({"metadata": {"": "a"}}, "/metadata"),
        ({"unknown": 7}, "/unknown"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    place: Place, body: dict[str, Any], change: dict[str, Any], where: str
) -> None:
    answer = place.anonymous.post("/lectures", json={**body, **change})
    told = problem(answer)
    places = [fault["where"] for fault in told.get("errors", [])]
    assert answer.status_code == 422
    assert where in places or where in told["detail"]
    assert place.services.store.active("default") == []
    assert list(place.services.settings.paths.data.glob("inputs/*")) == []


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'{"a": NaN}', b'{"title": "a", "title": "b"}'])
def test_what_is_no_object_is_refused(program: Program, raw: bytes) -> None:
    answer = program.post("/lectures", data=raw, content_type="application/json")
    assert problem(answer)["status"] in (400, 422)


def test_json_has_to_call_itself_so(program: Program) -> None:
    answer = program.post("/lectures", data=b"{}", content_type="text/plain")
    assert problem(answer)["code"] == "unsupported_media_type"


def test_a_title_is_changed_without_making_anything(program: Program, body: dict[str, Any]) -> None:
    told = made(program, body)
    answer = program.patch(f"/lectures/{told['id']}", json={"title": "Light", "metadata": {}})
    changed = answer.get_json()
    assert (answer.status_code, changed["title"], changed["metadata"]) == (200, "Light", {})
    assert answer.headers["ETag"] == '"2.1"'


def test_a_running_lecture_is_not_changed(program: Program, body: dict[str, Any]) -> None:
    told = made(program, body)
    answer = program.patch(f"/lectures/{told['id']}", json={"text": "Other."})
    assert problem(answer)["code"] == "job_conflict"
    assert program.get(f"/lectures/{told['id']}").get_json() == told


def test_a_running_lecture_is_superseded_by_whoever_has_seen_it(
    program: Program, body: dict[str, Any]
) -> None:
    told = made(program, body)
    url = f"/lectures/{told['id']}?supersede=true"
    asked = {"json": {"text": "Other."}}
    assert problem(program.patch(url, **asked))["errors"][0]["where"] == "If-Match"
    stale = program.patch(url, headers={"If-Match": '"0.1"'}, **asked)
    assert problem(stale)["code"] == "precondition_failed"
    answer = program.patch(url, headers={"If-Match": '"1.1"'}, **asked)
    assert (answer.status_code, answer.get_json()["mapping"]) == (202, [[1]])


def test_an_edit_renders_what_is_other_only(place: Place, body: dict[str, Any]) -> None:
    program = place.anonymous
    slides = [{"text": f"This is slide {number}."} for number in range(1, 61)]
    told = made(program, {**body, "slides": slides})
    worker = QuickWorker(place.services.store)
    worker.finish()
    url = f"/lectures/{told['id']}"
    assert program.get(url).get_json()["state"] == "done"
    answer = program.patch(url, json={"slides": [{"number": 30, "text": "Another one."}]})
    assert answer.status_code == 202
    assert worker.finish() == ["speech_30", "face_30", "slide_30", "final"]
    done = program.get(url).get_json()
    assert (done["state"], done["steps_reused"]) == ("done", 177)


@pytest.mark.parametrize(
    "slides", [[{"number": 4, "text": "a"}], [{"number": 1}, {"number": 1}], [{"number": 0}]]
)
def test_slides_that_are_not_there_are_not_changed(
    place: Place, body: dict[str, Any], slides: list[dict[str, Any]]
) -> None:
    told = made(place.anonymous, body)
    QuickWorker(place.services.store).finish()
    answer = place.anonymous.patch(f"/lectures/{told['id']}", json={"slides": slides})
    assert problem(answer)["code"] == "bad_input"


def test_a_lecture_is_cancelled_and_made_again(place: Place, body: dict[str, Any]) -> None:
    program = place.anonymous
    url = f"/lectures/{made(program, body)['id']}"
    assert program.post(f"{url}/cancel").get_json()["state"] == "cancelled"
    assert program.post(f"{url}/cancel").get_json()["state"] == "cancelled"
    again = program.post(f"{url}/restart")
    assert (again.status_code, again.get_json()["state"]) == (202, "queued")
    assert program.post(f"{url}/restart").status_code == 200
    QuickWorker(place.services.store).finish()
    assert program.post(f"{url}/restart").status_code == 202


def test_a_removed_lecture_leaves_nothing(place: Place, body: dict[str, Any]) -> None:
    program = place.anonymous
    url = f"/lectures/{made(program, body)['id']}"
    assert program.delete(url).status_code == 204
    assert problem(program.get(url))["code"] == "job_not_found"
    assert problem(program.delete(url))["code"] == "job_not_found"
    data = place.services.settings.paths.data
    left = [path for folder in ("inputs", "lectures") for path in (data / folder).rglob("*")]
    assert [path for path in left if path.is_file()] == []


def test_a_face_that_a_lecture_uses_stays(place: Place, body: dict[str, Any]) -> None:
    made(place.anonymous, body)
    library = place.services.library
    with pytest.raises(InUse, match="lectures that use it: 1"):
        library.remove(library.page(Kind.AVATAR, "default", Wanted())[0])


def test_lists_begin_with_the_newest(program: Program, body: dict[str, Any]) -> None:
    ids = [made(program, {**body, "title": f"L {number}"})["id"] for number in range(5)]
    first = program.get("/lectures?limit=3").get_json()
    second = program.get(f"/lectures?limit=3&cursor={first['next_cursor']}").get_json()
    assert [item["id"] for item in first["items"] + second["items"]] == ids[::-1]
    assert second["next_cursor"] is None


def test_lists_tell_how_long_lectures_will_be(program: Program, body: dict[str, Any]) -> None:
    told = made(program, body)
    longer = made(program, {**body, "slides": [{"text": "Hello. Again. " * 10}]})
    items = program.get("/lectures").get_json()["items"]
    assert [each["speech_seconds"] for each in items] == [
        longer["speech_seconds"],
        told["speech_seconds"],
    ]
    assert 0 < told["speech_seconds"] < longer["speech_seconds"] < 60


def test_lists_are_searched(program: Program, body: dict[str, Any]) -> None:
    for title in ("Optics", "OPTICS 2", "100% sure"):
        made(program, {**body, "title": title})
    found = program.get("/lectures?q=optics&state=queued").get_json()["items"]
    assert [item["title"] for item in found] == ["OPTICS 2", "Optics"]
    assert len(program.get("/lectures?q=%25").get_json()["items"]) == 1
    assert program.get("/lectures?state=done").get_json()["items"] == []


@pytest.mark.parametrize(
    "query",
    [
        *("limit=0", "limit=101", "limit=x", "cursor=x", "cursor=W10", "state=x", "no=1"),
        *("q=a&q=b", f"cursor={cursors.told([1.0, 'a', 1 << 63])}"),
        *(f"cursor={cursors.told(place)}" for place in ([math.nan, "a", 1], [1.0, "\0", 1])),
    ],
)
def test_a_list_is_asked_for_plainly(program: Program, query: str) -> None:
    assert problem(program.get(f"/lectures?{query}"))["code"] == "bad_input"


def test_an_lms_lecture_is_seen_and_stopped(lms: Lms) -> None:
    lms.post()
    program = Program(lms.client)
    assert [item["id"] for item in program.get("/lectures").get_json()["items"]] == ["lms-7"]
    told = program.get("/lectures/lms-7").get_json()
    assert told["speech_seconds"] is None
    assert (told["mapping"], told["avatar"], told["version"]) == ([[1], [], [2]], None, 0)
    assert problem(program.patch("/lectures/lms-7", json={"title": "x"}))["code"] == "conflict"
    assert problem(program.delete("/lectures/lms-7"))["code"] == "conflict"
    assert program.post("/lectures/lms-7/cancel").get_json()["state"] == "cancelled"


CALLS = ["GET", "PATCH", "DELETE", "POST cancel", "POST restart"]


def _called(program: Program, call: str, lecture: str) -> TestResponse:
    method, _, verb = call.partition(" ")
    path = f"/lectures/{lecture}{'/' if verb else ''}{verb}"
    return program.call(method, path, **({"json": {}} if method == "PATCH" else {}))


@pytest.mark.parametrize("call", CALLS)
def test_other_tenants_do_not_see_it(place: Place, body: dict[str, Any], call: str) -> None:
    told = made(place.program(), body)
    stranger = place.program("other")
    assert problem(_called(stranger, call, told["id"]))["status"] == 404
    assert stranger.get("/lectures").get_json()["items"] == []


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    "name",
    ["lec_0000000000007", "lec_x", "7", "lms-8", "lms-99999999999999999999", "lms-07", "x" * 300],
)
def test_what_there_is_not_is_not_found(place: Place, call: str, name: str) -> None:
    assert problem(_called(place.anonymous, call, name))["status"] == 404


@pytest.mark.parametrize("call", CALLS[1:])
def test_whoever_may_only_read_changes_nothing(
    place: Place, body: dict[str, Any], call: str
) -> None:
    told = made(place.program(), body)
    reader = place.program("default", Scope.READ)
    assert problem(_called(reader, call, told["id"]))["code"] == "forbidden"
    assert reader.get(f"/lectures/{told['id']}").get_json() == told
