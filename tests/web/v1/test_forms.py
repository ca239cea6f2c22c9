"""Forms with files: what is taken, what is refused, and that nothing is left of either."""

from __future__ import annotations

import io
from typing import Any

import pytest

from app import create_app
from tests.web.v1.conftest import Place, Program, problem
from tests.web.v1.files import A_PICTURE, a_form, a_raw_form, kept

IMAGE = ('; name="image"; filename="me.jpg"', A_PICTURE)


def refused(place: Place, **form: Any) -> dict[str, Any]:
    """The problem of a form, after which nothing is left."""
    told = problem(place.anonymous.post("/avatars", **form))
    assert kept(place) == []
    assert not [*place.services.library.staging_folder.iterdir()]
    assert place.examiner.asked == []
    return told


@pytest.mark.parametrize(
    ("part", "message"),
    [
        (('; name="colour"', b"red"), "not known here"),
        (('; name="picture"; filename="a.jpg"', b"x"), "not known here"),
        (('; name="image"', A_PICTURE), "a file is wanted"),
        (('; name="name"; filename="a.txt"', b"x"), "a field is wanted"),
        (('; name="image"; filename=""', A_PICTURE), "no name"),
        (('; name="image"; filename="../../etc/passwd"', A_PICTURE), "parts of a path"),
        (('; name="image"; filename="C:\\\\x.jpg"', A_PICTURE), "parts of a path"),
        (('; name="image"; filename=".."', A_PICTURE), "parts of a path"),
        (('; name="image"; filename="a\x07.jpg"', A_PICTURE), "control characters"),
        (("; name=\"image\"; filename*=UTF-8''a%00.jpg", A_PICTURE), "control characters"),
        ((f'; name="image"; filename="{"x" * 10_000}"', A_PICTURE), "more than 255 characters"),
        (('; name="image"; filename="me.jpg"', b""), "the file is empty"),
        (('; name="name"', b"\xff"), "not UTF-8"),
        (('; name="tags"', b"x" * 70_000), "too long"),
        (("", b"x"), "has no name"),
        (('; name=""; filename="a"', b"x"), "has no name"),
    ],
)
def test_what_is_wrong_with_a_part_is_told(
    place: Place, part: tuple[str, bytes], message: str
) -> None:
    told = refused(place, **a_raw_form(part))
    assert (told["status"], told["code"]) == (422, "bad_input")
    assert message in told["errors"][0]["message"]
    where = told["errors"][0]["where"]
    assert f'name="{where}"' in part[0] or where == ""


def test_a_wrong_name_of_a_file_is_told_with_it(place: Place) -> None:
    told = refused(place, **a_raw_form(('; name="image"; filename="a/b.jpg"', A_PICTURE)))
    assert told["errors"][0]["value"] == '"a/b.jpg"'


@pytest.mark.parametrize("again", [IMAGE, ('; name="image"; filename="other.jpg"', b"x")])
def test_a_part_comes_once(place: Place, again: tuple[str, bytes]) -> None:
    told = refused(place, **a_raw_form(IMAGE, again))
    assert told["errors"] == [{"where": "image", "message": "given several times"}]


def test_a_field_comes_once(place: Place) -> None:
    told = refused(place, **a_raw_form(('; name="name"', b"a"), ('; name="name"', b"b")))
    assert told["errors"] == [{"where": "name", "message": "given several times"}]


def test_a_missing_file_is_told(place: Place) -> None:
    told = refused(place, **a_raw_form(('; name="name"', b"Anna")))
    assert told["errors"] == [{"where": "image", "message": "the file is missing"}]


@pytest.mark.parametrize(
    ("field", "value"), [("name", "x" * 201), ("name", "a\tb"), ("tags", "x" * 51)]
)
def test_what_is_wrong_with_a_field_is_told(place: Place, field: str, value: str) -> None:
    told = refused(place, **a_raw_form(IMAGE, (f'; name="{field}"', value.encode())))
    assert told["errors"][0]["where"] == field


def test_an_empty_field_was_not_given(place: Place) -> None:
    form = {"image": (io.BytesIO(A_PICTURE), "me.jpg"), "name": "", "tags": ""}
    told = place.anonymous.post("/avatars", data=form, content_type="multipart/form-data")
    assert told.get_json()["name"] == "me"


@pytest.mark.parametrize(
    "form",
    [
        a_raw_form(IMAGE, end=b""),
        {"data": b"--limit--", "content_type": "multipart/form-data"},
        {"data": b"--limit--", "content_type": "multipart/form-data; boundary=''\x80"},
        {"data": b"--limit--", "content_type": f"multipart/form-data; boundary={'x' * 71}"},
        {"data": b"no form", "content_type": "multipart/form-data; boundary=limit"},
        {
            "data": b"--limit\r\nX: y\r\n\r\nx\r\n--limit--\r\n",
            "content_type": "multipart/form-data; boundary=limit",
        },
        {
            "data": b"--limit\r\nX: " + b"y" * 300_000,
            "content_type": "multipart/form-data; boundary=limit",
        },
        {
            "data": b"--limit\r\nX: \xff\r\n\r\nx\r\n--limit--\r\n",
            "content_type": "multipart/form-data; boundary=limit",
        },
    ],
)
def test_what_is_no_form_is_told(place: Place, form: dict[str, Any]) -> None:
    told = refused(place, **form)
    assert (told["status"], told["code"]) == (400, "malformed_form")


@pytest.mark.parametrize("cut", range(1, 150, 7))
def test_a_form_that_breaks_off_anywhere_leaves_nothing(place: Place, cut: int) -> None:
    form = a_raw_form(('; name="name"', b"Anna"), IMAGE)
    form["data"] = form["data"][: -cut - 4]
    told = refused(place, **form)
    assert told["status"] in (400, 422)


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_another_kind_of_body_is_refused(place: Place, content_type: str) -> None:
    answer = place.anonymous.post("/avatars", data=b"name=x", content_type=content_type)
    assert problem(answer)["code"] == "unsupported_media_type"


def test_a_form_where_json_alone_is_wanted_is_refused(place: Place) -> None:
    told = place.anonymous.post("/avatars", **a_form()).get_json()
    answer = place.anonymous.patch(f"/avatars/{told['id']}", **a_form())
    assert problem(answer)["code"] == "unsupported_media_type"


def test_a_file_beyond_its_bound_is_refused(place: Place) -> None:
    lecture = place.services.settings.lecture.model_copy(update={"max_image_bytes": 10})
    program = _with(place, lecture=lecture)
    told = problem(program.post("/avatars", **a_form()))
    assert (told["status"], told["errors"][0]["where"]) == (413, "image")
    assert kept(place) == []


def test_a_form_beyond_its_bound_is_refused(place: Place) -> None:
    lecture = place.services.settings.lecture.model_copy(update={"max_image_bytes": 10})
    program = _with(place, lecture=lecture)
    form = a_raw_form((IMAGE[0], bytes(1_500_000)))
    told = problem(program.post("/avatars", **form))
    assert (told["status"], told["code"]) == (413, "body_too_large")
    assert kept(place) == []


def test_a_large_form_is_taken_where_large_json_is_not(place: Place) -> None:
    large = A_PICTURE + bytes(place.services.settings.server.max_body_bytes)
    assert place.anonymous.post("/avatars", **a_form(content=large)).status_code == 201
    answer = place.anonymous.post("/avatars", json={"upload": "x" * len(large)})
    assert problem(answer)["status"] == 413


def test_bytes_that_look_like_the_end_of_a_part_stay_in_it(place: Place) -> None:
    content = A_PICTURE + b"\r\n--limi\r\n--limitx\r\n-- limit\r\n" * 5000
    form = a_raw_form(('; name="image"; filename="me.jpg"', content))
    told = place.anonymous.post("/avatars", **form).get_json()
    assert place.anonymous.get(f"/avatars/{told['id']}/image").data == content


def _with(place: Place, **sections: Any) -> Program:
    """A program of the same service with other settings."""
    settings = place.services.settings.model_copy(update=sections)
    services = type(place.services)(settings, place.services.store, place.services.examiner)
    return Program(create_app(settings, services).test_client())
