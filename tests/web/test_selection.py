"""A request that could mean one lecture is never taken for one that means all."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from tests.web.conftest import Lms, envelope

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"

ONE: dict[str, dict[str, Any]] = {
    "query": {"query_string": "id=81"},
    "an escaped query": {"query_string": "%69%64=8%31"},
    "query, with a minus sign": {"query_string": "id=-81"},
    "a JSON number": {"data": b'{"id": 81}', "content_type": JSON},
    "a JSON string": {"data": b'{"id": "81"}', "content_type": JSON},
    "a whole JSON number with a point": {"data": b'{"id": 81.0}', "content_type": JSON},
    "JSON by another name": {"data": b'{"id": 81}', "content_type": "application/problem+json"},
    "JSON in UTF-16": {"data": '{"id": 81}'.encode("utf-16"), "content_type": JSON},
    "a form": {"data": b"id=81", "content_type": FORM},
    "a multipart form": {"data": {"id": "81"}, "content_type": "multipart/form-data"},
    "query and body alike": {
        "query_string": "id=81",
        "data": b'{"id": "81"}',
        "content_type": JSON,
    },
    "JSON with GET": {"method": "GET", "data": b'{"id": 81}', "content_type": JSON},
}

UNCLEAR: dict[str, dict[str, Any]] = {
    **{
        f"query {query}": {"query_string": query}
        for query in (
            "id=", "id", "81", "=81", "&", "ID=81", "Id=81", "lecture_id=81", "lectureId=81",
            "job=81",
            "id[]=81", "id[0]=81", "ids=81", "ids=81,82", "id=81&id=82", "id=81,82", "id=81;82",
            "id=all",
            "id=*", "id=81.0", "id=8e1", "id=0x51", "id=8_1", "id= 81", "id=81 ", "id=+81",
            "id=%2B81", "id=--81",
            "id=８１", "id=٨١", "id=81%00", "id=81%0a", "id='81'", 'id="81"', "id=null", "id=true",
            "id=NaN",
            "id=9223372036854775808", "id=" + "9" * 5000, "id=81&force=1", "_=1700000000",
            "id.=81", " id=81",
            "task_id=81", "filter=81", "where=id%3D81", "q=81", "only=81",
        )
    },
    **{
        f"JSON {body[:40]!r}": {"data": body, "content_type": JSON}
        for body in (
            b'{"id": ', b"{", b"[81]", b"81", b'"81"', b"null", b"true", b'{"ID": 81}',
            b'{"ids": [81]}',
            b'{"id": [81]}', b'{"id": {"id": 81}}', b'{"id": null}', b'{"id": true}', b'{"id": ""}',
            b'{"id": 81.5}', b'{"id": "8_1"}', b'{"id": "81.0"}', b'{"id": 1e400}', b'{"id": NaN}',
            b'{"id": 9223372036854775808}', b'{"id": 82, "id": 81}', b'{"lecture": {"id": 81}}',
            b"id=81",
            b'{"id": 81, "lecture_id": 82}', b"\xff\xfe", b"[" * 100_000,
            b'{"id": ' + b"8" * 5000 + b"}",
            b"<id>81</id>",
        )
    },
    **{
        f"form {body!r}": {"data": body, "content_type": FORM}
        for body in (b"ID=81", b"id[]=81", b"id=81&id=82", b'{"id": 81}', b"81", b"&&&", b"id=")
    },
    "a broken multipart form": {
        "data": b"--x\r\nnothing",
        "content_type": "multipart/form-data; boundary=x",
    },
    "a multipart form without boundary": {"data": b"id=81", "content_type": "multipart/form-data"},
    "a part of a multipart form without a name": {
        "data": b"--x\r\nContent-Disposition: form-data\r\n\r\n81\r\n--x--\r\n",
        "content_type": "multipart/form-data; boundary=x",
    },
    "a file called id": {
        "data": {"id": (io.BytesIO(b"81"), "id.txt")},
        "content_type": "multipart/form-data",
    },
    "query and body that differ": {
        "query_string": "id=81",
        "data": b'{"id": 82}',
        "content_type": JSON,
    },
    "plain text": {"data": b"81", "content_type": "text/plain"},
    "XML": {"data": b"<id>81</id>", "content_type": "application/xml"},
    "a body of no kind": {"data": b'{"id": 81}', "content_type": ""},
    **{
        f"a header {name}": {"headers": {name: "81"}}
        for name in (
            "Id", "X-Id", "Lecture", "X-Lecture", "X-Lecture-Id", "Lecture-ID", "LectureId",
            "X-Job-Id", "Task-Id",
        )
    },
}  # fmt: skip

ELSEWHERE = [
    "/generate/cancel/81",
    "/generate/cancel;id=81",
    "/generate/cancel&id=81",
    "/generate/cancel%3Fid=81",
    "/generate/81/cancel",
    "/generate/cancel//",
]


@pytest.fixture
def two(lms: Lms) -> Lms:
    """Lectures 81 and 82 wait; so does -81."""
    for number in (81, 82, -81):
        assert lms.post(id=number).status_code == 200
    return lms


def waiting(lms: Lms) -> set[int]:
    return {job.id for job in lms.services.store.active("lms")}


@pytest.mark.parametrize("way", ONE)
def test_one_lecture_that_is_named_is_stopped_and_no_other(two: Lms, way: str) -> None:
    asked = {"method": "POST", **ONE[way]}
    answer = envelope(two.client.open("/generate/cancel", **asked))
    assert answer["result"] is True
    named = -81 if "minus" in way else 81
    assert waiting(two) == {81, 82, -81} - {named}


def test_whatever_else_could_name_a_lecture_is_refused_and_stops_none(two: Lms) -> None:
    for way, asked in UNCLEAR.items():
        for method in ("GET", "POST"):
            response = two.client.open("/generate/cancel", method=method, **_fresh(asked))
            assert response.status_code in (400, 415), (way, method)
            assert envelope(response)["error"] is True
            assert waiting(two) == {81, 82, -81}, (way, method)


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
def test_no_other_method_stops_anything(two: Lms, method: str) -> None:
    for query in ("", "?id=81"):
        response = two.client.open(f"/generate/cancel{query}", method=method)
        assert response.status_code == 405
        assert waiting(two) == {81, 82, -81}


@pytest.mark.parametrize("path", ELSEWHERE)
def test_no_other_path_stops_anything(two: Lms, path: str) -> None:
    for method in ("GET", "POST"):
        assert two.client.open(path, method=method).status_code in (404, 405)
    assert waiting(two) == {81, 82, -81}


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"query_string": ""},
        {"data": b"", "content_type": JSON},
        {"data": b"{}", "content_type": JSON},
        {"data": b"", "content_type": FORM},
        {"headers": {"X-Request-Id": "81", "X-Correlation-Id": "82", "Traceparent": "81"}},
    ],
)
def test_a_request_that_names_nothing_stops_all(two: Lms, asked: dict[str, Any]) -> None:
    assert envelope(two.client.post("/generate/cancel", **asked))["result"] is True
    assert waiting(two) == set()


@pytest.mark.parametrize(
    "query",
    ["", "?ID=81", "?id=", "?id=81&id=82", "?id=8_1", "?id=81&events=-1", "?id=81&events=x"],
)
def test_a_status_is_told_of_one_lecture_that_is_named_plainly(two: Lms, query: str) -> None:
    response = two.client.get(f"/generate/status{query}")
    assert response.status_code == 400
    assert envelope(response)["code"] == "bad_input"


@pytest.mark.parametrize("value", [True, "1_000", "7.0", " 7", "", None, [7], {"id": 7}, 7.5, "٧"])
def test_what_is_no_id_starts_nothing(lms: Lms, value: object) -> None:
    body = json.dumps(lms.body() | {"id": value})
    response = lms.client.post("/generate", data=body, content_type=JSON)
    assert response.status_code == 400
    assert envelope(response)["message"].startswith("Invalid data: id: ")
    assert lms.services.store.active("lms") == []


def test_null_leaves_every_optional_key_to_the_configuration(lms: Lms) -> None:
    optional = (
        "language", "speech_engine", "face_engine", "preprocess", "still", "size", "split",
        "lexicon_path", "restart",
    )  # fmt: skip
    body = json.dumps(lms.body() | dict.fromkeys(optional))
    response = lms.client.post("/generate", data=body, content_type=JSON)
    assert response.status_code == 200
    # The same lecture as without those keys.
    assert "already" in envelope(lms.post())["message"]


def _fresh(asked: dict[str, Any]) -> dict[str, Any]:
    """A file can be sent only once."""
    data = asked.get("data")
    if isinstance(data, dict) and isinstance(data["id"], tuple):
        return {**asked, "data": {"id": (io.BytesIO(b"81"), "id.txt")}}
    return asked
