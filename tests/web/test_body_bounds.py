"""How large a body may be, for the server and for whoever reads it in the application."""

from __future__ import annotations

import pytest
from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

import config
from app.web.bodies import Bodies
from tests.web.conftest import Lms

FORM = "multipart/form-data; boundary=x"
JSON = "application/json; charset=utf-8"
WAV = "audio/wav"
TUS = "application/offset+octet-stream"

SMALL, LECTURE, UPLOAD = 200_000, 8_000_000, 600_000_000
IMAGE, VOICE = 101_000_000, 201_000_000

BOUNDS = [
    ("POST", "/generate", JSON, SMALL),
    ("POST", "/generate", FORM, SMALL),
    ("POST", "/generate/cancel", JSON, SMALL),
    ("GET", "/ping", "", SMALL),
    ("POST", "/v1/lectures", JSON, LECTURE),
    ("POST", "/v1/lectures/", JSON, LECTURE),
    ("POST", "/v1/lectures", "application/problem+json", LECTURE),
    ("POST", "/v1/lectures", "", LECTURE),
    ("POST", "/v1/lectures", FORM, UPLOAD),
    ("POST", "/v1/lectures:estimate", JSON, LECTURE),
    ("POST", "/v1/lectures:read", JSON, LECTURE),
    ("POST", "/v1/drafts", JSON, LECTURE),
    ("PATCH", "/v1/drafts/dr_1", JSON, LECTURE),
    ("PATCH", "/v1/lectures/lec_1", JSON, LECTURE),
    ("PATCH", "/v1/lectures/lec_1", FORM, LECTURE),
    ("DELETE", "/v1/lectures/lec_1", JSON, SMALL),
    ("POST", "/v1/lecturesque", JSON, SMALL),
    ("POST", "/v1/avatars", FORM, IMAGE),
    ("POST", "/v1/avatars", JSON, SMALL),
    ("PATCH", "/v1/avatars/av_1", FORM, SMALL),
    ("POST", "/v1/voices", FORM.upper(), VOICE),
    ("POST", "/v1/voices", WAV, VOICE),
    ("POST", "/v1/voices", "application/x-www-form-urlencoded", SMALL),
    ("POST", "/v1/voices/vo_1/speech", JSON, SMALL),
    ("POST", "/v1/uploads", TUS, UPLOAD),
    ("PATCH", "/v1/uploads/up_1", TUS, UPLOAD),
    ("PATCH", "/v1/uploads/up_1", JSON, SMALL),
    ("PUT", "/v1/uploads/up_1", TUS, SMALL),
    ("POST", "/text-to-video/", FORM, UPLOAD),
    ("POST", "/easy/submit", JSON, LECTURE),
    ("POST", "/v1/keys", JSON, SMALL),
    ("POST", "/V1/voices", WAV, SMALL),
]


@pytest.mark.parametrize(("method", "path", "media_type", "bound"), BOUNDS)
def test_each_route_has_a_bound_for_what_it_takes(
    method: str, path: str, media_type: str, bound: int
) -> None:
    assert Bodies.of(config.Settings()).bound(method, path, media_type) == bound


@pytest.mark.parametrize(("method", "path", "media_type", "bound"), BOUNDS)
def test_the_application_reads_as_much_as_the_server_takes(
    lms: Lms, method: str, path: str, media_type: str, bound: int
) -> None:
    with lms.client.application.test_request_context(
        path, method=method, content_type=media_type or None
    ):
        assert request.max_content_length == bound


def test_settings_and_bounds_of_files_go_together() -> None:
    server = config.Server(max_body_bytes=1_000, max_json_bytes=2_000, max_upload_bytes=3_000)
    rules = config.LectureRules(max_image_bytes=4_000, max_voice_bytes=5_000)
    settings = config.Settings(server=server, lecture=rules)
    assert Bodies.of(settings) == Bodies(1_000, 2_000, 1_004_000, 1_005_000, 3_000)


def test_a_large_lecture_and_a_large_field_can_be_read(lms: Lms) -> None:
    text = "я" * 3_000_000
    app = lms.client.application
    with app.test_request_context("/v1/lectures", method="POST", json={"text": text}):
        assert len(request.get_json()["text"]) == len(text)
    field = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n'
    form = field + text.encode() + b"\r\n--x--\r\n"
    with app.test_request_context("/v1/lectures", method="POST", data=form, content_type=FORM):
        assert len(request.form["text"]) == len(text)


def test_a_large_call_of_the_lms_cannot(lms: Lms) -> None:
    with (
        lms.client.application.test_request_context(
            "/generate", method="POST", json={"text": "x" * 200_000}
        ),
        pytest.raises(RequestEntityTooLarge),
    ):
        request.get_data()


def test_a_view_may_set_a_bound_of_its_own(lms: Lms) -> None:
    with lms.client.application.test_request_context("/generate", method="POST"):
        request.max_content_length = 5
        assert request.max_content_length == 5
