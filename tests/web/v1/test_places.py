"""Where a request is wrong: pointers into JSON, names of everything else, and nothing secret."""

from __future__ import annotations

from typing import Any

import pytest

from app.library.items import Kind
from tests.web.v1.conftest import Place, Program, problem, stored
from tests.web.v1.files import A_PICTURE, A_RECORDING, a_form, an_upload

MISSING = "0000000000007"


@pytest.fixture
def program(place: Place) -> Program:
    return place.anonymous


def places(answer: Any) -> list[str]:
    assert answer.status_code == 422, answer.text
    return [fault["where"] for fault in problem(answer)["errors"]]


def lecture(place: Place, **more: Any) -> dict[str, Any]:
    avatar, voice = stored(place, Kind.AVATAR), stored(place, Kind.VOICE)
    return {"avatar": avatar, "voice": voice, "language": "en", **more}


def test_what_the_service_finds_out_is_told_as_what_the_form_of_the_body_is(
    place: Place, program: Program
) -> None:
    """By a pointer, whether a model has refused it or the service has looked at it."""
    past = {"name": "x", "scopes": ["read"], "expires_at": "2020-01-01T00:00:00Z"}
    assert places(program.post("/keys", json=past)) == ["/expires_at"]
    assert places(program.post("/keys", json=past | {"expires_at": "then"})) == ["/expires_at"]


def test_a_part_of_a_form_is_told_by_its_name(place: Place, program: Program) -> None:
    assert places(program.post("/avatars", **a_form(name="x.jpg", tags="x" * 51))) == ["tags"]
    place.examiner.refused["face"] = "no face can be seen"
    assert places(program.post("/avatars", **a_form())) == ["image"]


def test_a_parameter_is_told_by_its_name(program: Program) -> None:
    assert places(program.get("/lectures?limit=0")) == ["limit"]


@pytest.mark.parametrize("path", ["/avatars", "/voices", "/recordings"])
def test_an_upload_that_is_not_there_is_a_field_that_is_wrong(program: Program, path: str) -> None:
    assert places(program.post(path, json={"upload": f"up_{MISSING}"})) == ["/upload"]


def test_an_upload_of_something_else_is_told_as_the_upload(place: Place, program: Program) -> None:
    place.examiner.refused["voice"] = "nobody speaks"
    upload = an_upload(program, A_RECORDING)
    assert places(program.post("/voices", json={"upload": upload})) == ["/upload"]


@pytest.mark.parametrize("path", ["/lectures", "/lectures:estimate"])
@pytest.mark.parametrize(
    ("content", "where"),
    [
        ({"text": " "}, "/text"),
        ({"slides": [{"text": " "}]}, "/slides"),
        ({"audio": f"rec_{MISSING}"}, "/audio"),
        ({"slides": [{"text": "Hi."}, {"audio": f"rec_{MISSING}"}]}, "/slides/1/audio"),
    ],
)
def test_a_slide_is_told_as_what_was_sent_of_it(
    place: Place, program: Program, path: str, content: dict[str, Any], where: str
) -> None:
    body = lecture(place) if path == "/lectures" else {"language": "en"}
    assert places(program.post(path, json=body | content)) == [where]


def test_a_file_of_a_lectures_form_is_told_by_its_part(place: Place, program: Program) -> None:
    fields = lecture(place)
    answer = program.post("/lectures", **a_form("text_file", b" ", "text.txt", **fields))
    assert places(answer) == ["text_file"]


@pytest.mark.parametrize("header", ["If-Match", "If-None-Match"])
def test_a_header_without_a_version_is_refused(place: Place, program: Program, header: str) -> None:
    avatar = program.post("/avatars", **a_form("image", A_PICTURE)).get_json()["id"]
    method = "PATCH" if header == "If-Match" else "GET"
    body = {"json": {"name": "Anna"}} if method == "PATCH" else {}
    answer = program.call(method, f"/avatars/{avatar}", headers={header: ""}, **body)
    assert places(answer) == [header]


def test_a_secret_is_not_told_back(place: Place, program: Program) -> None:
    body = lecture(place, text="Hello.", callback_secret="open sesame")
    answer = program.post("/lectures", json=body)
    assert places(answer) == ["/callback_secret"]
    assert "sesame" not in answer.text


def test_a_body_that_is_wrong_as_a_whole_is_not_told_back(program: Program) -> None:
    answer = program.post("/lectures:estimate", json={"text": "Hello.", "slides": [{}]})
    (fault,) = problem(answer)["errors"]
    assert fault == {"where": "", "message": "give one of text, slides and audio"}
