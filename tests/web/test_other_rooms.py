"""A part of the service with a prefix answers below it in its own way, failures included."""

from __future__ import annotations

import pytest
from flask import Blueprint, Flask, request
from flask.testing import FlaskClient
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import HTTPException, UnsupportedMediaType

from app import create_app
from app.errors import LectureError, VoiceSampleError
from tests.web.conftest import Lms, envelope


class Speech(BaseModel):
    text: str


def room(name: str, prefix: str) -> Blueprint:
    """A blueprint that says ``{"problem": ...}`` where the LMS is told in an envelope."""
    blueprint = Blueprint(name, __name__, url_prefix=prefix)

    @blueprint.post("/voices")
    def add() -> ResponseReturnValue:
        if not request.is_json:
            raise UnsupportedMediaType
        return {"size": len(request.get_data())}

    @blueprint.get("/voices/bad")
    def bad() -> ResponseReturnValue:
        raise VoiceSampleError("it is silent", field="sample")

    @blueprint.get("/voices/odd")
    def odd() -> ResponseReturnValue:
        Speech.model_validate({})
        raise AssertionError

    @blueprint.get("/voices/broken")
    def broken() -> ResponseReturnValue:
        raise RuntimeError("a secret")

    @blueprint.errorhandler(HTTPException)
    def refused(error: HTTPException) -> ResponseReturnValue:
        return {"problem": f"{name} {error.code}"}, error.code or 500

    @blueprint.errorhandler(LectureError)
    def wrong(error: LectureError) -> ResponseReturnValue:
        return {"problem": f"{name} {error.code}"}, 422

    @blueprint.errorhandler(ValidationError)
    def invalid(_: ValidationError) -> ResponseReturnValue:
        return {"problem": f"{name} invalid"}, 422

    @blueprint.errorhandler(Exception)
    def unexpected(_: Exception) -> ResponseReturnValue:
        return {"problem": f"{name} broke"}, 500

    return blueprint


@pytest.fixture
def app(lms: Lms) -> Flask:
    """The service with two more rooms, one of them with a room inside."""
    app = create_app(lms.services.settings, lms.services)
    outer = room("attic", "/attic")
    inner = Blueprint("inner", __name__, url_prefix="/inner")
    inner.add_url_rule("/here", view_func=lambda: {"here": True})
    outer.register_blueprint(inner)
    app.register_blueprint(outer)
    app.register_blueprint(room("cellar", "/cellar"))
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


ROOMS = pytest.mark.parametrize("room", ["attic", "cellar"])


@ROOMS
@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ("GET /nothing/here", 404, "404"),
        ("GET ", 404, "404"),
        ("GET /", 404, "404"),
        ("DELETE /voices", 405, "405"),
        ("OPTIONS /voices", 405, "405"),
        ("POST /voices", 415, "415"),
        ("GET /voices/bad", 422, "bad_voice_sample"),
        ("GET /voices/odd", 422, "invalid"),
        ("GET /voices/broken", 500, "broke"),
    ],
)
def test_a_room_tells_of_failures_in_its_own_way(
    client: FlaskClient, room: str, asked: str, status: int, said: str
) -> None:
    method, path = asked.split(" ")
    response = client.open(f"/{room}{path}", method=method)
    assert (response.status_code, response.json) == (status, {"problem": f"{room} {said}"})


@ROOMS
def test_a_room_tells_of_a_body_that_is_too_large_in_its_own_way(
    client: FlaskClient, room: str
) -> None:
    response = client.post(
        f"/{room}/voices", data=bytes(20_000_000), content_type="application/json"
    )
    assert (response.status_code, response.json) == (413, {"problem": f"{room} 413"})


@pytest.mark.parametrize("path", ["/nothing", "/attics/voices", "/inner/nothing", "//attic/x"])
def test_what_lies_in_no_room_is_told_in_an_envelope(client: FlaskClient, path: str) -> None:
    # With its host, which the client would take from a path with two slashes.
    response = client.get(path, headers={"Host": "localhost"})
    assert (response.status_code, envelope(response)["code"]) == (404, "not_found")


def test_a_room_inside_a_room_belongs_to_the_outer_one(client: FlaskClient) -> None:
    assert client.get("/attic/inner/here").json == {"here": True}
    assert client.get("/attic/inner/nothing").json == {"problem": "attic 404"}
    assert client.post("/attic/inner/here").json == {"problem": "attic 405"}


def test_a_room_lets_nobody_look_around_unasked(lms: Lms) -> None:
    """What it does before its routes it does before its unknown paths too."""
    app = create_app(lms.services.settings, lms.services)
    locked = Blueprint("locked", __name__, url_prefix="/locked")

    @locked.before_request
    def refuse() -> ResponseReturnValue:
        return {"problem": "no key"}, 401

    @locked.get("/here")
    def here() -> ResponseReturnValue:
        return {"here": True}

    app.register_blueprint(locked)
    client = app.test_client()
    for path in ("/locked/here", "/locked/nothing"):
        assert client.get(path).status_code == 401
    assert client.get("/nothing").status_code == 404


def test_the_lms_notices_nothing_of_other_rooms(client: FlaskClient, lms: Lms) -> None:
    wrong_method = client.delete("/generate")
    assert (wrong_method.status_code, wrong_method.headers["Allow"]) == (405, "POST")
    assert envelope(wrong_method)["code"] == "method_not_allowed"
    assert envelope(client.post("/generate", data=b"id=7"))["code"] == "not_json"
    assert envelope(client.post("/generate", json={"id": 7}))["code"] == "bad_input"
    assert envelope(client.get("/generate/status?id=9"))["code"] == "job_not_found"
    assert envelope(client.post("/generate", json=lms.body()))["code"] == "ok"


def test_a_room_without_words_of_its_own_is_answered_for_in_an_envelope(lms: Lms) -> None:
    app = create_app(lms.services.settings, lms.services)
    bare = Blueprint("bare", __name__, url_prefix="/bare")

    @bare.get("/broken")
    def broken() -> ResponseReturnValue:
        raise RuntimeError("a secret")

    app.register_blueprint(bare)
    client = app.test_client()
    assert envelope(client.get("/bare/nothing"))["code"] == "not_found"
    assert envelope(client.get("/bare/broken"))["code"] == "internal"
