"""The door of the CosyVoice and EchoMimic service, on a real job store."""

from __future__ import annotations

import io
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from app import ids
from app.access.keys import Scope
from app.lecture import Lecture
from app.library.items import Kind, Wanted
from app.steps import lecture_of
from tests.unit.jobs.finished import QuickWorker
from tests.unit.jobs.lectures import claim
from tests.web.conftest import settings
from tests.web.v1.conftest import Place, place
from tests.web.v1.files import A_PICTURE, A_RECORDING, kept

__all__ = ["place", "settings"]

A_FORM = {
    "texts": ["Hello there.", "And good bye."],
    "prompt_audio": A_RECORDING,
    "reference_image": A_PICTURE,
}


def sent(place: Place, key: str | None = None, **changes: Any) -> TestResponse:
    """Post a good form with some parts other; ``None`` leaves one out."""
    parts: MultiDict[str, Any] = MultiDict()
    for name, value in (A_FORM | changes).items():
        for each in value if isinstance(value, list) else [value]:
            if each is not None:
                is_file = isinstance(each, bytes)
                parts.add(name, (io.BytesIO(each), f"{name}.bin") if is_file else each)
    headers = {} if key is None else {"Authorization": f"Bearer {key}"}
    return place.client.post(
        "/text-to-video/", data=parts, content_type="multipart/form-data", headers=headers
    )


def begun(place: Place, **changes: Any) -> str:
    """The id of a task that was taken on."""
    answer = sent(place, **changes)
    assert answer.status_code == 200, answer.text
    task_id: str = answer.get_json()["task_id"]
    return task_id


def done(place: Place, task_id: str) -> None:
    """Have a stand-in for a worker do everything, and write what the door reads."""
    QuickWorker(place.services.store).finish()
    lecture = lecture_named(place, task_id)
    for path, content in (
        (lecture.manifest_path(), b'{"duration": 3.52}'),
        (lecture.slide_path(1), b"the first video"),
        (lecture.slide_path(2), b"the second video"),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def lecture_named(place: Place, task_id: str) -> Lecture:
    number = ids.number_of("lec", task_id)
    assert number is not None
    job = place.services.store.find("default", number)
    assert job is not None
    return lecture_of(job.content)


def told(place: Place, path: str) -> dict[str, Any]:
    answer = place.client.get(path)
    assert answer.status_code == 200, answer.text
    return dict(answer.get_json())


def library(place: Place) -> list[Any]:
    wanted = Wanted(tag="text-to-video")
    return [item for kind in Kind for item in place.services.library.page(kind, "default", wanted)]


def test_a_task_has_a_segment_for_each_text(place: Place) -> None:
    answer = sent(place)
    assert answer.status_code == 200
    body = answer.get_json()
    task_id = body.pop("task_id")
    assert body == {"status": "processing", "total_segments": 2}
    assert lecture_named(place, task_id).mapping() == [[1], [2]]


@pytest.mark.parametrize(
    ("texts", "more"),
    [
        ("Hello there.\nAnd good bye.", {}),
        ('["Hello there.", "And good bye."]', {}),
        (["Hello there.", " ", "And good bye."], {}),
        (None, {"texts[]": ["Hello there.", "And good bye."]}),
        ("Hello there.", {"texts[]": "And good bye."}),
    ],
)
def test_texts_come_in_several_forms(place: Place, texts: Any, more: dict[str, Any]) -> None:
    task_id = begun(place, texts=texts, **more)
    assert [each.text for each in lecture_named(place, task_id).fragments()] == [
        "Hello there.",
        "And good bye.",
    ]


def test_face_and_voice_are_kept_with_a_tag(place: Place) -> None:
    begun(place)
    face, voice = library(place)
    assert (face.name, face.path.read_bytes()) == ("reference_image", A_PICTURE)
    assert (voice.name, voice.path.read_bytes()) == ("prompt_audio", A_RECORDING)


def test_the_same_face_and_voice_are_kept_once(place: Place) -> None:
    begun(place)
    before = library(place)
    begun(place, texts=["Something else."])
    assert library(place) == before
    begun(place, reference_image=A_PICTURE + b" of somebody else")
    assert len(library(place)) == len(before) + 1


def test_a_face_that_somebody_gave_another_tag_is_left_alone(place: Place) -> None:
    begun(place)
    face, _ = library(place)
    place.services.library.change(face, tags=["mine"])
    begun(place)
    assert face.id not in [item.id for item in library(place)]
    assert len(library(place)) == 2


def test_a_task_tells_what_is_done_for_which_segment(place: Place) -> None:
    task_id = begun(place)
    statuses = [told(place, f"/tasks/{task_id}")["status"]]
    while (taken := claim(place.services.store)) is not None:
        if taken.content.kind == "lecture":
            statuses.append(told(place, f"/tasks/{task_id}")["status"])
            write_manifest(place, task_id)
        place.services.store.finish(taken, {})
    statuses.append(told(place, f"/tasks/{task_id}")["status"])
    assert statuses == [
        "processing",
        "generating_audio_1",
        "generating_video_1",
        "generating_video_1",
        "generating_audio_2",
        "generating_video_2",
        "generating_video_2",
        "processing",
        "completed",
    ]


def test_a_task_that_was_begun_has_no_video_yet(place: Place) -> None:
    task_id = begun(place)
    assert told(place, f"/tasks/{task_id}") == {
        "task_id": task_id,
        "status": "processing",
        "duration": 0.0,
        "video_urls": [],
        "total_segments": 2,
        "progress": 0.0,
    }
    assert told(place, f"/videos/{task_id}")["videos"] == []
    answer = place.client.get(f"/video/{task_id}/1")
    assert (answer.status_code, answer.get_json()) == (404, {"detail": "Video not found"})


def test_a_task_that_is_done_tells_where_its_videos_are(place: Place) -> None:
    task_id = begun(place)
    done(place, task_id)
    urls = [f"/static/outputs/{task_id}/video_{task_id}_{number}.mp4" for number in (1, 2)]
    assert told(place, f"/tasks/{task_id}") == {
        "task_id": task_id,
        "status": "completed",
        "duration": 3.52,
        "video_urls": urls,
        "total_segments": 2,
        "progress": 100.0,
    }
    assert told(place, f"/videos/{task_id}") == {
        "task_id": task_id,
        "total_segments": 2,
        "videos": [
            {
                "segment": number,
                "video_url": urls[number - 1],
                "download_url": f"/video/{task_id}/{number}",
            }
            for number in (1, 2)
        ],
    }


def test_a_video_is_fetched_whole_and_in_part(place: Place) -> None:
    task_id = begun(place)
    done(place, task_id)
    name = f"video_{task_id}_2.mp4"
    whole = place.client.get(f"/video/{task_id}/2", buffered=True)
    assert (whole.mimetype, whole.data) == ("video/mp4", b"the second video")
    assert whole.headers["Content-Disposition"] == f"attachment; filename={name}"
    part = place.client.get(
        f"/static/outputs/{task_id}/{name}", headers={"Range": "bytes=4-9"}, buffered=True
    )
    assert (part.status_code, part.data) == (206, b"second")
    beyond = place.client.get(f"/video/{task_id}/2", headers={"Range": "bytes=99-"})
    assert (beyond.status_code, list(beyond.get_json())) == (416, ["detail"])


def test_a_task_that_was_stopped_has_failed(place: Place) -> None:
    task_id = begun(place)
    place.services.store.cancel("default", ids.number_of("lec", task_id))
    assert told(place, f"/tasks/{task_id}")["status"] == "failed"


@pytest.mark.parametrize(
    "path",
    [
        "/tasks/{other}",
        "/tasks/lms-7",
        "/tasks/lec_0000000000000",
        "/tasks/x",
        "/tasks/%00",
        "/videos/{other}",
        "/video/{other}/1",
        "/video/{task}/0",
        "/video/{task}/3",
        "/video/{task}/-1",
        "/video/{task}/1.0",
        "/video/{task}/99999999999999999999",
        "/video/{task}/x",
        "/static/outputs/{task}/video_{task}_3.mp4",
        "/static/outputs/{task}/video_{other}_1.mp4",
        "/static/outputs/{task}/manifest.json",
        "/static/outputs/{task}/..%2f..%2fjobs.db",
        "/static/outputs",
        "/video",
        "/tasks",
    ],
)
def test_what_is_not_there_is_told_as_fastapi_does(place: Place, path: str) -> None:
    task_id = begun(place)
    done(place, task_id)
    answer = place.client.get(path.format(task=task_id, other="lec_0000000000007"))
    assert answer.status_code == 404
    assert list(answer.get_json()) == ["detail"]


def test_another_method_is_told_as_fastapi_does(place: Place) -> None:
    answer = place.client.get("/text-to-video/")
    assert (answer.status_code, answer.get_json()) == (405, {"detail": "Method Not Allowed"})
    assert answer.headers["Allow"] == "POST"


@pytest.mark.parametrize("name", ["prompt_audio", "reference_image"])
def test_a_missing_file_is_told_with_its_name(place: Place, name: str) -> None:
    answer = sent(place, **{name: None})
    assert answer.status_code == 422
    (fault,) = answer.get_json()["detail"]
    assert (fault["type"], fault["loc"]) == ("missing", ["body", name])
    assert_nothing_is_left(place)


@pytest.mark.parametrize(
    ("changes", "status", "said"),
    [
        ({"texts": None}, 400, "at least one text"),
        ({"texts": ""}, 400, "at least one text"),
        ({"texts": [" ", "\n"]}, 400, "at least one text"),
        ({"texts": "[]"}, 400, "at least one text"),
        ({"texts": '["One.", 2]'}, 422, "a list of texts is wanted"),
        ({"texts": "One.\0"}, 422, "a NUL is no text"),
        ({"texts": b"One."}, 422, "a field is wanted"),
        ({"texts": ["One."] * 1000}, 400, "at most 1000 parts"),
        ({"prompt_audio": "no file"}, 422, "a file is wanted"),
        ({"reference_image": [A_PICTURE, A_PICTURE]}, 422, "given several times"),
        ({"reference_image": b""}, 422, "the file is empty"),
        ({"language": "klingon"}, 422, "pattern"),
    ],
)
def test_what_is_wrong_with_the_form_is_told(
    place: Place, changes: dict[str, Any], status: int, said: str
) -> None:
    answer = sent(place, **changes)
    assert (answer.status_code, list(answer.get_json())) == (status, ["detail"])
    assert said in answer.get_data(as_text=True)
    assert_nothing_is_left(place)


@pytest.mark.parametrize(
    ("what", "said"),
    [("face", "reference_image: no face"), ("voice", "prompt_audio: no face")],
)
def test_a_file_that_cannot_be_used_leaves_nothing(place: Place, what: str, said: str) -> None:
    place.examiner.refused[what] = "no face"
    answer = sent(place)
    assert (answer.status_code, answer.get_json()) == (400, {"detail": said})
    assert_nothing_is_left(place)


def test_a_text_whose_language_cannot_be_told_leaves_nothing(place: Place) -> None:
    place.examiner.refused["language"] = "too few words"
    answer = sent(place)
    assert (answer.status_code, answer.get_json()) == (400, {"detail": "texts: too few words"})
    assert_nothing_is_left(place)
    assert sent(place, language="en").status_code == 200


def test_what_is_no_form_is_told(place: Place) -> None:
    answer = place.client.post("/text-to-video/", json={"texts": ["One."]})
    assert answer.status_code == 422
    assert answer.get_json()["detail"][0]["loc"] == ["body"]
    broken = place.client.post(
        "/text-to-video/", data=b"--x", content_type="multipart/form-data; boundary=x"
    )
    assert (broken.status_code, list(broken.get_json())) == (400, ["detail"])


def test_parts_that_the_door_does_not_know_are_passed_over(place: Place) -> None:
    begun(place, output_dir="/etc", another=b"a file")
    assert len(library(place)) == 2


def test_a_key_is_needed_where_there_are_keys(place: Place) -> None:
    _, reader = place.services.keys.create("default", "reads", [Scope.READ])
    refused = sent(place)
    assert (refused.status_code, list(refused.get_json())) == (401, ["detail"])
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")
    assert sent(place, key=reader).status_code == 403
    _, writer = place.services.keys.create("default", "renders", [Scope.RENDER])
    assert sent(place, key=writer).status_code == 200


def test_a_task_is_its_tenants(place: Place) -> None:
    _, secret = place.services.keys.create("others", "renders", [Scope.RENDER])
    task_id = sent(place, key=secret).get_json()["task_id"]
    _, mine = place.services.keys.create("default", "reads", [Scope.READ])
    for key, status in ((secret, 200), (mine, 404)):
        headers = {"Authorization": f"Bearer {key}"}
        for path in (f"/tasks/{task_id}", f"/videos/{task_id}"):
            assert place.client.get(path, headers=headers).status_code == status


def assert_nothing_is_left(place: Place) -> None:
    assert kept(place) == []
    assert library(place) == []
    assert place.services.store.active("default") == []
    staging = place.services.library.staging_folder
    assert not staging.is_dir() or not [*staging.iterdir()]


def write_manifest(place: Place, task_id: str) -> None:
    path = lecture_named(place, task_id).manifest_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b'{"duration": 1.0}')
