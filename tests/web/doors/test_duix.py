"""The door of the Duix-Avatar service, on a real job store."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from app.access.keys import Scope
from app.lecture import Lecture
from app.library.items import Kind, Wanted
from app.media.ffmpeg import locate
from app.media.mp4 import read_index
from app.steps import lecture_of
from app.steps.content import LECTURE
from tests.unit.jobs.finished import QuickWorker
from tests.web.conftest import settings
from tests.web.v1.conftest import Place, place, stored
from tests.web.v1.files import A_PICTURE, A_RECORDING, an_upload, kept

__all__ = ["place", "settings"]

CODE = "71e6b361-29b1-47e1-bfc0-032dd8bbe56e"

A_TASK = {
    "audio_url": "3fbe2484.wav",
    "video_url": "me.jpg",
    "code": CODE,
    "chaofen": 0,
    "watermark_switch": 0,
    "pn": 1,
}


@pytest.fixture
def shared(place: Place) -> Path:
    """The folder that the service and its caller both reach."""
    folder = place.services.settings.paths.roots[0]
    folder.mkdir()
    (folder / "3fbe2484.wav").write_bytes(A_RECORDING)
    (folder / "me.jpg").write_bytes(A_PICTURE)
    return folder


@pytest.fixture(scope="module")
def a_video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second of a test picture."""
    path = tmp_path_factory.mktemp("video") / "video.mp4"
    picture = ["-f", "lavfi", "-i", "testsrc=s=128x96:r=25:d=1", "-pix_fmt", "yuv420p"]
    subprocess.run([locate(None), "-v", "error", *picture, path], check=True)
    return path


def submitted(place: Place, key: str | None = None, **changes: Any) -> TestResponse:
    """Post a good task with some fields other; ``None`` leaves one out."""
    body = {name: value for name, value in (A_TASK | changes).items() if value is not None}
    headers = {} if key is None else {"Authorization": f"Bearer {key}"}
    return place.client.post("/easy/submit", json=body, headers=headers)


def answered(response: TestResponse) -> dict[str, Any]:
    """The answer, checked to be such a one."""
    assert (response.status_code, response.mimetype) == (200, "application/json")
    told = dict(response.get_json())
    assert set(told) == {"code", "data", "msg", "success"}
    return told


def asked(place: Place, code: str = CODE) -> dict[str, Any]:
    return answered(place.client.get("/easy/query", query_string={"code": code}))


def test_a_task_is_taken_on_and_followed_by_its_code(place: Place, shared: Path) -> None:
    told = answered(submitted(place))
    assert (told["code"], told["data"], told["success"]) == (10000, {}, True)
    assert asked(place) == {
        "code": 10000,
        "data": {
            "code": CODE,
            "status": 1,
            "progress": 0,
            "result": "",
            "msg": "queued",
        },
        "msg": "",
        "success": True,
    }


def test_a_task_is_a_lecture_of_one_recording(place: Place, shared: Path) -> None:
    submitted(place)
    lecture = the_lecture(place)
    assert lecture.voice_sample is None
    assert all(each.recording is not None for each in lecture.fragments())
    (face,) = place.services.library.page(Kind.AVATAR, "default", Wanted(tag="duix"))
    assert face.path.read_bytes() == A_PICTURE


def test_a_face_and_a_recording_are_named_by_ids_too(place: Place) -> None:
    face = stored(place, Kind.AVATAR)
    sound = an_upload(place.anonymous, A_RECORDING)
    assert answered(submitted(place, audio_url=sound, video_url=face))["code"] == 10000
    picture = an_upload(place.anonymous, A_PICTURE)
    told = answered(submitted(place, audio_url=sound, video_url=picture, code="2"))
    assert told["code"] == 10000


def test_an_absolute_path_is_taken_as_it_is(place: Place, shared: Path) -> None:
    told = submitted(
        place, audio_url=str(shared / "3fbe2484.wav"), video_url=str(shared / "me.jpg")
    )
    assert answered(told)["code"] == 10000


def test_a_task_that_is_done_tells_of_its_video(place: Place, shared: Path, a_video: Path) -> None:
    submitted(place)
    target = the_lecture(place).final_path()
    target.parent.mkdir(parents=True)
    shutil.copy(a_video, target)
    QuickWorker(place.services.store).finish()
    data = asked(place)["data"]
    index = read_index(a_video)
    assert index.picture is not None
    assert (data["status"], data["progress"]) == (2, 100)
    assert data["video_duration"] == round(index.duration, 3)
    assert (data["width"], data["height"]) == (index.picture.width, index.picture.height)
    assert data["cost"] >= 0
    lecture_id = place.anonymous.get("/lectures").get_json()["items"][0]["id"]
    assert data["result"] == f"/v1/lectures/{lecture_id}/files/lecture.mp4"


def test_a_task_that_was_stopped_has_failed(place: Place, shared: Path) -> None:
    submitted(place)
    place.services.store.cancel("default")
    assert asked(place)["data"]["status"] == 3


def test_the_same_task_again_is_the_same_task(place: Place, shared: Path) -> None:
    submitted(place)
    assert answered(submitted(place))["code"] == 10000
    for kind in (Kind.AVATAR, Kind.RECORDING):
        assert len(place.services.library.page(kind, "default", Wanted(tag="duix"))) == 1


def test_another_task_needs_another_code(place: Place, shared: Path) -> None:
    submitted(place)
    QuickWorker(place.services.store).finish()
    (shared / "other.wav").write_bytes(A_RECORDING + b"other")
    told = answered(submitted(place, audio_url="other.wav"))
    assert (told["code"], told["success"]) == (10002, False)


def test_a_task_is_a_lecture_of_the_api(place: Place, shared: Path) -> None:
    submitted(place)
    program = place.anonymous
    (lecture,) = program.get("/lectures").get_json()["items"]
    assert (lecture["voice"], lecture["state"]) == (None, "queued")
    path = f"/lectures/{lecture['id']}"
    assert program.post(f"{path}/cancel").status_code == 200
    assert program.post(f"{path}/restart").status_code == 202
    assert program.delete(path).status_code == 204
    assert asked(place)["code"] == 10004


def test_a_code_that_nobody_used_is_unknown(place: Place) -> None:
    assert asked(place, "unknown") == {
        "code": 10004,
        "data": {},
        "msg": "there is no such task",
        "success": True,
    }


def test_a_query_needs_a_code(place: Place) -> None:
    told = answered(place.client.get("/easy/query"))
    assert (told["code"], told["success"], told["msg"]) == (10002, False, "code: missing")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"audio_url": None}, "/audio_url"),
        ({"audio_url": ""}, "/audio_url"),
        ({"audio_url": 7}, "/audio_url"),
        ({"audio_url": "x" * 5000}, "/audio_url"),
        ({"audio_url": "missing.wav"}, "audio_url: no file called missing.wav"),
        ({"audio_url": "../data/jobs.db"}, "audio_url: ../data/jobs.db leads out"),
        ({"audio_url": "/etc/passwd"}, "audio_url: /etc/passwd is outside"),
        ({"audio_url": "up_0000000000007"}, "audio_url: no upload is called"),
        ({"audio_url": "a\0b"}, "audio_url: a path has no NUL"),
        ({"audio_url": "y" * 300}, "audio_url: "),
        ({"audio_url": "."}, "audio_url: "),
        ({"video_url": None}, "/video_url"),
        ({"video_url": "av_0000000000007"}, "video_url: there is no av_0000000000007"),
        ({"video_url": "missing.mp4"}, "video_url: no file called missing.mp4"),
        ({"code": None}, "/code"),
        ({"code": ""}, "/code"),
        ({"code": "x" * 201}, "/code"),
        ({"chaofen": 1}, "chaofen: it cannot be turned on here"),
        ({"watermark_switch": "1"}, "watermark_switch: it cannot be turned on here"),
    ],
)
def test_what_is_wrong_with_a_task_is_told(
    place: Place, shared: Path, changes: dict[str, Any], said: str
) -> None:
    told = answered(submitted(place, **changes))
    assert (told["code"], told["success"], told["data"]) == (10002, False, {})
    assert told["msg"].startswith(said)
    assert_nothing_is_left(place)


@pytest.mark.parametrize(("what", "field"), [("face", "video_url"), ("recording", "audio_url")])
def test_a_file_that_cannot_be_used_leaves_nothing(
    place: Place, shared: Path, what: str, field: str
) -> None:
    place.examiner.refused[what] = "a video"
    told = answered(submitted(place))
    assert (told["code"], told["msg"]) == (10002, f"{field}: a video")
    assert_nothing_is_left(place)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"code=7"])
def test_what_is_no_json_object_is_told(place: Place, body: bytes) -> None:
    answer = place.client.post("/easy/submit", data=body, content_type="application/json")
    assert answered(answer)["code"] == 10002


def test_paths_are_for_the_tenant_of_this_machine(place: Place, shared: Path) -> None:
    _, secret = place.services.keys.create("others", "renders", [Scope.RENDER])
    told = answered(submitted(place, key=secret))
    assert (told["code"], "own tenant" in told["msg"]) == (10002, True)


def test_a_task_is_its_tenants(place: Place) -> None:
    program = place.program("others", Scope.RENDER)
    face = stored(place, Kind.AVATAR, "others")
    sound = an_upload(program, A_RECORDING)
    told = answered(submitted(place, key=program.key, audio_url=sound, video_url=face))
    assert told["code"] == 10000
    mine = place.program("default", Scope.READ)
    for key, code in ((program.key, 10000), (mine.key, 10004)):
        headers = {"Authorization": f"Bearer {key}"}
        answer = place.client.get(f"/easy/query?code={CODE}", headers=headers)
        assert answered(answer)["code"] == code
    assert submitted(place, key=mine.key).status_code == 403
    assert submitted(place).status_code == 401


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/easy/submit", 405),
        ("GET", "/easy", 404),
        ("GET", "/easy/nothing", 404),
        ("POST", "/easy/query", 405),
    ],
)
def test_what_is_not_there_is_told_in_the_same_form(
    place: Place, method: str, path: str, status: int
) -> None:
    answer = place.client.open(path, method=method)
    assert answer.status_code == status
    assert answer.get_json()["code"] == 9999
    assert answer.get_json()["success"] is False


def the_lecture(place: Place) -> Lecture:
    """The only one that is to be made."""
    jobs = place.services.store.active("default")
    (content,) = [job.content for job in jobs if job.content.kind == LECTURE]
    return lecture_of(content)


def assert_nothing_is_left(place: Place) -> None:
    assert kept(place) == []
    assert place.services.store.active("default") == []
    inputs = place.services.settings.paths.data / "inputs"
    assert not inputs.is_dir() or not [*inputs.iterdir()]
