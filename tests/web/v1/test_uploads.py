"""Uploads that can be resumed, in raw requests as tus has them."""

from __future__ import annotations

import base64
import hashlib
import time
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from werkzeug.test import TestResponse

from app import ids
from tests.web.v1.conftest import Place, Program, problem
from tests.web.v1.files import PORTION, TUS, an_upload, kept, sha256


def begun(program: Program, length: int, **headers: str) -> str:
    answer = program.post("/uploads", headers={**TUS, "Upload-Length": str(length), **headers})
    assert answer.status_code == 201, answer.text
    return answer.headers["Location"].removeprefix("/v1")


def send(program: Program, path: str, offset: int, data: bytes, **headers: str) -> TestResponse:
    told = {**PORTION, "Upload-Offset": str(offset), **headers}
    return program.patch(path, headers=told, data=data)


def offset_of(program: Program, path: str) -> int:
    return int(program.call("HEAD", path, headers=TUS).headers["Upload-Offset"])


def checksum(algorithm: str, data: bytes) -> str:
    return f"{algorithm} {base64.b64encode(hashlib.new(algorithm, data).digest()).decode()}"


def test_it_comes_in_portions(place: Place) -> None:
    path = begun(place.anonymous, 10)
    first = send(place.anonymous, path, 0, b"hello")
    assert (first.status_code, first.headers["Upload-Offset"], first.data) == (204, "5", b"")
    assert offset_of(place.anonymous, path) == 5
    second = send(place.anonymous, path, 5, b"world")
    assert second.headers["Upload-Offset"] == "10"
    (file,) = kept(place)
    assert file.read_bytes() == b"helloworld"


def test_what_is_spoken_is_told_to_everybody(place: Place) -> None:
    place.program()
    answer = place.anonymous.call("OPTIONS", "/uploads")
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == answer.headers["Tus-Resumable"] == "1.0.0"
    told = set(answer.headers["Tus-Extension"].split(","))
    assert told == {"creation", "creation-with-upload", "termination", "checksum", "expiration"}
    assert answer.headers["Tus-Checksum-Algorithm"] == "sha256,sha1"
    assert int(answer.headers["Tus-Max-Size"]) == 600_000_000


def test_its_beginning_tells_when_it_ends(place: Place) -> None:
    answer = place.anonymous.post("/uploads", headers={**TUS, "Upload-Length": "5"})
    expires = parsedate_to_datetime(answer.headers["Upload-Expires"]).timestamp()
    assert expires == pytest.approx(time.time() + 86_400, abs=5)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, "0")


def test_it_may_begin_with_its_first_portion(place: Place) -> None:
    headers = {**PORTION, "Upload-Length": "10"}
    answer = place.anonymous.post("/uploads", headers=headers, data=b"hello")
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, "5")


def test_a_beginning_whose_portion_is_refused_has_never_been(place: Place) -> None:
    headers = {**PORTION, "Upload-Length": "3"}
    answer = place.anonymous.post("/uploads", headers=headers, data=b"hello")
    assert problem(answer)["status"] == 413
    assert place.services.library.bytes_of("default") == 0
    assert kept(place) == []


def test_it_tells_what_was_said_of_it(place: Place) -> None:
    told = "filename bWUuanBn,empty"
    path = begun(place.anonymous, 5, **{"Upload-Metadata": told})
    answer = place.anonymous.call("HEAD", path, headers=TUS)
    assert answer.headers["Upload-Metadata"] == told
    assert answer.headers["Upload-Length"] == "5"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("version", [None, "0.2.2", "1.0", "2.0.0"])
def test_another_version_is_refused(place: Place, version: str | None) -> None:
    path = begun(place.anonymous, 5)
    headers = {} if version is None else {"Tus-Resumable": version}
    for method, where in (("POST", "/uploads"), ("PATCH", path), ("HEAD", path), ("DELETE", path)):
        answer = place.anonymous.call(method, where, headers=headers)
        assert answer.status_code == 412
        assert answer.headers["Tus-Version"] == answer.headers["Tus-Resumable"] == "1.0.0"


def test_every_answer_names_the_version(place: Place) -> None:
    for answer in (
        place.anonymous.post("/uploads", headers={"Tus-Resumable": "1.0.0"}),
        place.anonymous.call("HEAD", "/uploads/up_0000000000007", headers=TUS),
        place.anonymous.get("/uploads"),
        place.anonymous.get("/uploads/x"),
    ):
        assert answer.status_code >= 400
        assert answer.headers["Tus-Resumable"] == "1.0.0"
    assert "Tus-Resumable" not in place.anonymous.get("/health").headers


@pytest.mark.parametrize("length", [None, "", "-1", "x", "1.5", "0", "1" * 19, "+5", "0x5", "٥"])
def test_a_length_that_is_none_is_refused(place: Place, length: str | None) -> None:
    headers = {} if length is None else {"Upload-Length": length}
    told = problem(place.anonymous.post("/uploads", headers={**TUS, **headers}))
    assert (told["status"], told["errors"][0]["where"]) == (422, "Upload-Length")


def test_a_length_that_comes_later_is_not_taken(place: Place) -> None:
    headers = {**TUS, "Upload-Defer-Length": "1"}
    told = problem(place.anonymous.post("/uploads", headers=headers))
    assert told["errors"][0]["where"] == "Upload-Defer-Length"


def test_more_than_is_taken_is_refused_before_it_comes(place: Place) -> None:
    told = problem(place.anonymous.post("/uploads", headers={**TUS, "Upload-Length": "600000001"}))
    assert told["status"] == 413


@pytest.mark.parametrize(
    "metadata",
    [
        *("filename !!!", "filename bWU", "filename /w==", ",", "a,", "a bWU=,a bWU="),
        *("a  bWU=", "a bWU= x", f"a {'bWU=' * 2000}", "ключ bWU="),
    ],
)
def test_metadata_that_is_none_is_refused(place: Place, metadata: str) -> None:
    headers = {**TUS, "Upload-Length": "5", "Upload-Metadata": metadata}
    told = problem(place.anonymous.post("/uploads", headers=headers))
    assert (told["status"], told["errors"][0]["where"]) == (422, "Upload-Metadata")


@pytest.mark.parametrize("offset", [1, 4, 6, 10, 11, 10**17])
def test_a_portion_goes_on_where_the_last_one_ended(place: Place, offset: int) -> None:
    path = begun(place.anonymous, 10)
    send(place.anonymous, path, 0, b"hello")
    assert problem(send(place.anonymous, path, offset, b"x"))["status"] == 409
    assert offset_of(place.anonymous, path) == 5


@pytest.mark.parametrize("offset", ["-1", "x", "", "1" * 19])
def test_an_offset_that_is_none_is_refused(place: Place, offset: str) -> None:
    path = begun(place.anonymous, 10)
    answer = place.anonymous.patch(path, headers={**PORTION, "Upload-Offset": offset}, data=b"x")
    assert problem(answer)["errors"][0]["where"] == "Upload-Offset"
    answer = place.anonymous.patch(path, headers=PORTION, data=b"x")
    assert problem(answer)["errors"][0]["message"] == "missing"


def test_more_than_was_announced_is_refused_whole(place: Place) -> None:
    path = begun(place.anonymous, 6)
    send(place.anonymous, path, 0, b"hello")
    assert problem(send(place.anonymous, path, 5, b"world"))["status"] == 413
    assert offset_of(place.anonymous, path) == 5
    assert [file.read_bytes() for file in kept(place)] == [b"hello"]


@pytest.mark.parametrize("kind", ["application/octet-stream", "text/plain", ""])
def test_a_portion_of_another_media_type_is_refused(place: Place, kind: str) -> None:
    path = begun(place.anonymous, 5)
    answer = place.anonymous.patch(
        path, headers={**TUS, "Upload-Offset": "0", "Content-Type": kind}, data=b"hello"
    )
    assert problem(answer)["status"] == 415
    assert offset_of(place.anonymous, path) == 0


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_portion_with_its_checksum_is_kept(place: Place, algorithm: str) -> None:
    path = begun(place.anonymous, 5)
    told = checksum(algorithm, b"hello")
    assert send(place.anonymous, path, 0, b"hello", **{"Upload-Checksum": told}).status_code == 204


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_portion_with_another_checksum_is_not(place: Place, algorithm: str) -> None:
    path = begun(place.anonymous, 5)
    wrong = checksum(algorithm, b"other")
    answer = send(place.anonymous, path, 0, b"hello", **{"Upload-Checksum": wrong})
    told = problem(answer)
    assert (told["status"], told["code"]) == (460, "checksum_mismatch")
    assert offset_of(place.anonymous, path) == 0
    assert send(place.anonymous, path, 0, b"hello").status_code == 204


@pytest.mark.parametrize("told", ["md5 x", "sha1", "sha256 !", "", "sha1  ", "sha256 AAA"])
def test_a_checksum_that_is_none_is_refused(place: Place, told: str) -> None:
    path = begun(place.anonymous, 5)
    answer = problem(send(place.anonymous, path, 0, b"hello", **{"Upload-Checksum": told}))
    assert answer["status"] in (400, 460)
    assert offset_of(place.anonymous, path) == 0


def test_a_removed_one_is_gone(place: Place) -> None:
    path = begun(place.anonymous, 5)
    send(place.anonymous, path, 0, b"hel")
    assert place.anonymous.delete(path, headers=TUS).status_code == 204
    assert kept(place) == []
    for answer in (
        place.anonymous.call("HEAD", path, headers=TUS),
        place.anonymous.delete(path, headers=TUS),
        send(place.anonymous, path, 3, b"lo"),
    ):
        assert answer.status_code == 404
    assert kept(place) == []


def test_who_can_send_post_only_names_the_method_that_is_meant(place: Place) -> None:
    path = begun(place.anonymous, 5)

    def meant(method: str, **more: Any) -> TestResponse:
        headers = {"X-HTTP-Method-Override": method, **PORTION, "Upload-Offset": "0"}
        return place.anonymous.post(path, headers=headers, **more)

    assert meant("PATCH", data=b"hello").headers["Upload-Offset"] == "5"
    assert meant("HEAD").headers["Upload-Offset"] == "5"
    assert problem(meant("PUT"))["status"] == 405
    assert meant("DELETE").status_code == 204
    assert kept(place) == []


def test_another_tenant_has_nothing_of_it(place: Place) -> None:
    mine, other = place.program("acme"), place.program("other")
    path = begun(mine, 5)
    for answer in (
        other.call("HEAD", path, headers=TUS),
        other.delete(path, headers=TUS),
        send(other, path, 0, b"hello"),
    ):
        assert answer.status_code == 404
    assert offset_of(mine, path) == 0


@pytest.mark.parametrize("shown", ["up_1", "av_0000000000007", "..%2Fup_0000000000007", "%2e%2e"])
def test_what_is_no_id_names_nothing(place: Place, shown: str) -> None:
    assert send(place.anonymous, f"/uploads/{shown}", 0, b"x").status_code == 404


def test_a_whole_one_takes_nothing_more(place: Place) -> None:
    upload = an_upload(place.anonymous, b"hello")
    assert send(place.anonymous, f"/uploads/{upload}", 5, b"").status_code == 204
    assert problem(send(place.anonymous, f"/uploads/{upload}", 5, b"x"))["status"] == 413
    number = place.services.uploads.take("default", _number(upload))
    assert (number.sha256, number.path.read_bytes()) == (sha256(b"hello"), b"hello")


def _number(shown: str) -> int:
    number = ids.number_of("up", shown)
    assert number is not None
    return number
