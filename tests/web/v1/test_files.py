"""The files of a lecture are fetched, each as soon as it is done."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from app.access.keys import Scope
from app.intake import LMS
from app.jobs.store.store import Store
from app.web.v1.lecture_ref import LectureRef
from tests.web.v1.conftest import Place, problem
from tests.web.v1.made import content, finish, finish_all, submit

NAME = str(LectureRef(7))
PATH = f"/lectures/{NAME}/files"
WHOLE = content("lecture.mp4")


@pytest.fixture
def store(place: Place) -> Store:
    return place.services.store


@pytest.fixture
def output(store: Store, tmp_path: Path) -> Path:
    """Folder of the results of a lecture that is done."""
    folder = submit(store, tmp_path, "One.", "Two.")
    finish_all(store)
    return folder


def get(place: Place, name: str = "lecture.mp4", **headers: str) -> TestResponse:
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    return place.anonymous.get(f"{PATH}/{name}", headers=named)


def names(place: Place) -> list[str]:
    items = place.anonymous.get(PATH).get_json()["items"]
    return [item["name"] for item in items]


@pytest.mark.usefixtures("output")
def test_all_files_of_a_done_lecture_are_listed_and_fetched(place: Place) -> None:
    items = place.anonymous.get(PATH).get_json()["items"]
    assert {item["name"] for item in items} == {
        *("fragment-1.wav", "fragment-1.mp4", "fragment-2.wav", "fragment-2.mp4", "slide-1.mp4"),
        *("lecture.mp4", "lecture.vtt", "lecture.srt", "chapters.vtt", "manifest.json"),
    }
    for item in items:
        answer = place.client.get(item["url"])
        assert (answer.status_code, len(answer.data)) == (200, item["bytes"])
        assert hashlib.sha256(answer.data).hexdigest() == item["sha256"]
        assert answer.headers["ETag"] == f'"{item["sha256"]}"'
        assert answer.headers["Content-Type"] == item["media_type"]
        assert answer.headers["Cache-Control"].startswith("private")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.usefixtures("output")
def test_the_manifest_tells_how_long_they_are(place: Place) -> None:
    items = place.anonymous.get(PATH).get_json()["items"]
    assert {item["name"]: item["duration"] for item in items if item["duration"]} == {
        "lecture.mp4": 3.5,
        "slide-1.mp4": 3.5,
        "fragment-1.wav": 1.5,
        "fragment-1.mp4": 1.5,
        "fragment-2.wav": 2.0,
        "fragment-2.mp4": 2.0,
    }


@pytest.mark.parametrize(
    "changed", [b"{", b"[]", b'{"duration": "x"}', b'{"duration": 1}', b"\xff"]
)
def test_a_manifest_that_was_changed_tells_nothing(
    place: Place, output: Path, changed: bytes
) -> None:
    [manifest] = output.rglob("manifest_7.json")
    manifest.write_bytes(changed)
    items = place.anonymous.get(PATH).get_json()["items"]
    assert {item["duration"] for item in items} == {None}


def test_a_fragment_is_there_as_soon_as_it_is_done(
    place: Place, store: Store, tmp_path: Path
) -> None:
    submit(store, tmp_path, "One.", "Two.")
    assert names(place) == []
    assert problem(get(place, "fragment-1.wav"))["code"] == "not_found"
    finish(store, "speech")
    assert names(place) == ["fragment-1.wav"]
    assert get(place, "fragment-1.wav").data == content("speech.wav")
    assert problem(get(place, "fragment-1.mp4"))["status"] == 404
    assert problem(get(place, "lecture.mp4"))["status"] == 404


@pytest.mark.usefixtures("output")
@pytest.mark.parametrize(
    ("wanted", "start", "end"),
    [
        ("bytes=0-99", 0, 100),
        ("bytes=100-", 100, None),
        ("bytes=0-", 0, None),
        ("bytes=-500", -500, None),
        ("bytes=-999999999", 0, None),
        ("bytes=10-999999999", 10, None),
        ("bytes=5-5", 5, 6),
    ],
)
def test_a_part_is_fetched(place: Place, wanted: str, start: int, end: int | None) -> None:
    answer = get(place, Range=wanted)
    assert (answer.status_code, answer.data) == (206, WHOLE[start:end])
    first = start if start >= 0 else len(WHOLE) + start
    told = f"bytes {first}-{first + len(answer.data) - 1}/{len(WHOLE)}"
    assert answer.headers["Content-Range"] == told
    assert answer.content_length == len(answer.data)


@pytest.mark.usefixtures("output")
@pytest.mark.parametrize(
    "wanted",
    ["bytes=0-1,5-6", "bytes=x-", "bytes=5-2", "lines=0-5", "bytes", "bytes=-0", "", "bytes=²-³"],
)
def test_what_is_no_single_part_is_the_whole(place: Place, wanted: str) -> None:
    if not wanted.isascii():
        wanted = wanted.encode().decode("latin-1")
    answer = get(place, Range=wanted)
    assert (answer.status_code, answer.data) == (200, WHOLE)


@pytest.mark.usefixtures("output")
@pytest.mark.parametrize("wanted", ["bytes=999999999-", f"bytes={len(WHOLE)}-"])
def test_a_part_beyond_the_end_is_a_problem_that_tells_the_length(
    place: Place, wanted: str
) -> None:
    answer = get(place, Range=wanted)
    assert problem(answer)["code"] == "range_not_satisfiable"
    assert (answer.status_code, answer.headers["Content-Range"]) == (416, f"bytes */{len(WHOLE)}")


@pytest.mark.usefixtures("output")
def test_a_part_of_another_version_is_the_whole(place: Place) -> None:
    etag = get(place).headers["ETag"]
    modified = get(place).headers["Last-Modified"]
    for same in (etag, modified):
        assert get(place, Range="bytes=0-9", If_Range=same).status_code == 206
    for other in ('"other"', f"W/{etag}", "Wed, 21 Oct 2015 07:28:00 GMT"):
        assert get(place, Range="bytes=0-9", If_Range=other).status_code == 200


@pytest.mark.usefixtures("output")
def test_who_has_it_gets_no_bytes(place: Place) -> None:
    etag = get(place).headers["ETag"]
    for same in (etag, f"W/{etag}", f'"x", {etag}', "*"):
        answer = get(place, If_None_Match=same)
        assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", etag)
    assert get(place, If_None_Match='"x"').status_code == 200
    assert get(place, If_Match=etag).status_code == 200
    assert problem(get(place, If_Match='"x"'))["code"] == "precondition_failed"


@pytest.mark.usefixtures("output")
def test_the_head_tells_the_same_without_bytes(place: Place) -> None:
    whole = get(place)
    head = place.anonymous.call("HEAD", f"{PATH}/lecture.mp4")
    assert head.data == b""
    told, expected = dict(head.headers), dict(whole.headers)
    del told["RateLimit"], expected["RateLimit"]  # one less with each
    assert told == expected


@pytest.mark.usefixtures("output")
def test_a_browser_may_be_told_to_store_it(place: Place) -> None:
    shown = get(place).headers["Content-Disposition"]
    assert shown == f'inline; filename="{NAME}-lecture.mp4"'
    stored = place.anonymous.get(f"{PATH}/lecture.mp4?download=1").headers["Content-Disposition"]
    assert stored == f'attachment; filename="{NAME}-lecture.mp4"'


@pytest.mark.usefixtures("output")
def test_a_player_may_name_the_generation_that_it_plays(place: Place) -> None:
    plain = place.anonymous.get(f"{PATH}/lecture.mp4")
    named = place.anonymous.get(f"{PATH}/lecture.mp4?made=2026-12-01T05:00:00Z")
    assert named.status_code == 200
    assert (named.data, named.headers["ETag"]) == (plain.data, plain.headers["ETag"])


@pytest.mark.parametrize("query", ["download=2", "download=", "download=true", "x=1"])
def test_a_parameter_that_means_nothing_is_a_problem(place: Place, query: str) -> None:
    assert problem(place.anonymous.get(f"{PATH}/lecture.mp4?{query}"))["status"] == 422


def test_a_file_that_its_owner_has_changed_has_its_own_etag(place: Place, output: Path) -> None:
    published = get(place).headers["ETag"]
    [video] = output.rglob("lecture_7.mp4")
    video.write_bytes(b"y" * len(WHOLE))
    answer = get(place)
    assert answer.data == b"y" * len(WHOLE)
    assert answer.headers["ETag"] == f'"{hashlib.sha256(answer.data).hexdigest()}"' != published


def test_a_file_that_its_owner_has_removed_is_not_there(place: Place, output: Path) -> None:
    [video] = output.rglob("lecture_7.mp4")
    video.unlink()
    assert problem(get(place))["status"] == 404
    assert "lecture.mp4" not in names(place)


def test_a_link_in_its_place_leads_nowhere(place: Place, output: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    [video] = output.rglob("lecture_7.mp4")
    video.unlink()
    video.symlink_to(secret)
    assert problem(get(place))["status"] == 404
    folder = video.parent
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    for path in (PATH, f"{PATH}/lecture.vtt", f"{PATH}/archive.zip"):
        told = problem(place.anonymous.get(path))
        assert (told["status"], told["detail"]) == (404, "the files are not there any more")


def test_a_folder_that_is_gone_is_a_problem_without_its_path(place: Place, output: Path) -> None:
    output.rename(output.with_name("moved"))
    told = problem(get(place))
    assert told["status"] == 404 and str(output.parent) not in str(told)


@pytest.mark.usefixtures("output")
@pytest.mark.parametrize(
    "name",
    [
        *("fragment-3.wav", "fragment-01.wav", "fragment-0.wav", "fragment-1.exe", "slide-2.mp4"),
        *("fragment-1.vtt", "Lecture.mp4", "lecture", "lecture_7.mp4", "%2e%2e", "..", "a%00b"),
        *("fragment-99999999999999999999.wav", "x" * 200, "..%2f..%2fjobs.db", "%2fetc%2fpasswd"),
    ],
)
def test_what_is_no_file_of_the_lecture_is_not_found(place: Place, name: str) -> None:
    assert problem(place.anonymous.get(f"{PATH}/{name}"))["status"] == 404


@pytest.mark.usefixtures("output")
@pytest.mark.parametrize("name", ["", "/lecture.mp4", "/archive.zip"])
def test_lectures_of_others_and_what_is_none_are_not_found(place: Place, name: str) -> None:
    other = place.program("acme", Scope.ADMIN)
    mine = place.program("default", Scope.READ)
    assert mine.get(f"{PATH}{name}").status_code == 200
    assert problem(other.get(f"{PATH}{name}"))["code"] == "job_not_found"
    for unknown in ("lec_0000000000008", "lms-7", "7", "lms-", "lec_x"):
        assert problem(mine.get(f"/lectures/{unknown}/files{name}"))["status"] == 404


def test_results_in_a_callers_folder_are_fetched_too(
    place: Place, store: Store, tmp_path: Path
) -> None:
    submit(store, tmp_path, "One.", tenant=LMS)
    finish_all(store)
    answer = place.anonymous.get("/lectures/lms-7/files/lecture.mp4")
    assert answer.data == WHOLE
    assert 'filename="lms-7-lecture.mp4"' in answer.headers["Content-Disposition"]


def test_an_archive_holds_all_that_is_done(place: Place, store: Store, tmp_path: Path) -> None:
    submit(store, tmp_path, "One.", "Two.")
    assert problem(place.anonymous.get(f"{PATH}/archive.zip"))["status"] == 404
    finish(store, "speech")
    finish(store, "speech")
    answer = place.anonymous.get(f"{PATH}/archive.zip")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{NAME}.zip"'
    assert answer.content_length == len(answer.data)
    with zipfile.ZipFile(io.BytesIO(answer.data)) as opened:
        assert opened.testzip() is None
        found = {info.filename: opened.read(info) for info in opened.infolist()}
    assert found == {f"{NAME}/fragment-{n}.wav": content("speech.wav") for n in (1, 2)}


@pytest.mark.usefixtures("output")
def test_the_head_of_an_archive_tells_its_length(place: Place) -> None:
    head = place.anonymous.call("HEAD", f"{PATH}/archive.zip")
    assert head.data == b""
    assert head.content_length == len(place.anonymous.get(f"{PATH}/archive.zip").data)


def test_no_file_stays_open(place: Place, output: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(5):
        place.anonymous.get(PATH)
        place.anonymous.get(f"{PATH}/archive.zip").close()
        place.anonymous.call("HEAD", f"{PATH}/archive.zip").close()
        get(place).close()
        get(place, If_None_Match="*").close()
        get(place, Range="bytes=999999999-").close()
        get(place, If_Match='"x"').close()
        place.anonymous.call("HEAD", f"{PATH}/lecture.mp4").close()
    assert len(list(Path("/proc/self/fd").iterdir())) <= before + 1
    assert output.exists()
