"""What an LMS that was written for the former service relies on."""

from __future__ import annotations

import pytest

from app.jobs.store.store import JobState
from app.steps import lecture_of
from tests.web.conftest import Lms, envelope

SPELLINGS = ["/generate", "/generate/", "/generation", "/generation/"]


@pytest.mark.parametrize("url", SPELLINGS)
def test_every_spelling_starts_a_lecture_without_a_redirect(lms: Lms, url: str) -> None:
    response = lms.post(url)
    assert response.status_code == 200
    answer = envelope(response)
    assert answer["result"] == [[1], [], [2]]
    assert answer["error"] is False


@pytest.mark.parametrize("url", SPELLINGS)
@pytest.mark.parametrize("end", ["cancel", "cancel/"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_spelling_cancels(lms: Lms, url: str, end: str, method: str) -> None:
    response = lms.client.open(url.rstrip("/") + "/" + end, method=method)
    assert response.status_code == 200
    assert envelope(response)["result"] is False


def test_ping_answers_as_it_always_did(lms: Lms) -> None:
    answer = envelope(lms.client.get("/ping"))
    assert (answer["error"], answer["message"], answer["result"]) == (False, "Pong", True)


def test_an_id_may_be_a_string(lms: Lms) -> None:
    assert lms.post(id="1").status_code == 200
    assert lms.services.store.find("lms", 1) is not None


def test_unknown_keys_are_ignored(lms: Lms) -> None:
    assert lms.post(colour="red").status_code == 200


def test_the_same_request_again_starts_nothing_new(lms: Lms) -> None:
    first, second = envelope(lms.post()), envelope(lms.post())
    assert first["result"] == second["result"]
    assert "already" in second["message"]
    job = lms.services.store.find("lms", 7)
    assert job is not None and job.generation == 1


def test_the_same_request_again_examines_nothing_again(lms: Lms) -> None:
    lms.post()
    lms.examiner.asked.clear()
    lms.post()
    assert lms.examiner.asked == []


def test_other_input_for_a_running_id_is_a_conflict(lms: Lms) -> None:
    lms.post()
    (lms.folder / "lecture.txt").write_text("Something else.", encoding="utf-8")
    response = lms.post()
    assert response.status_code == 409
    assert envelope(response)["code"] == "job_conflict"


def test_other_input_after_the_end_is_a_new_generation(lms: Lms) -> None:
    lms.post()
    lms.client.get("/generate/cancel")
    (lms.folder / "lecture.txt").write_text("Something else.", encoding="utf-8")
    response = lms.post()
    assert response.status_code == 200
    assert envelope(response)["result"] == [[1]]


def test_different_ids_queue_up(lms: Lms) -> None:
    assert [lms.post(id=n).status_code for n in (1, 2, 3)] == [200, 200, 200]
    assert len(lms.services.store.active("lms")) == 3


def test_cancel_stops_all(lms: Lms) -> None:
    lms.post(id=1)
    lms.post(id=2)
    answer = envelope(lms.client.get("/generate/cancel"))
    assert answer["result"] is True
    assert lms.services.store.active("lms") == []


def test_cancel_stops_one_when_asked_for_one(lms: Lms) -> None:
    lms.post(id=1)
    lms.post(id=2)
    assert envelope(lms.client.get("/generate/cancel?id=1"))["result"] is True
    assert [job.id for job in lms.services.store.active("lms")] == [2]


def test_cancel_says_so_when_nothing_ran(lms: Lms) -> None:
    assert envelope(lms.client.get("/generate/cancel?id=99"))["result"] is False


def test_a_cancelled_lecture_goes_on_when_it_is_posted_again(lms: Lms) -> None:
    lms.post()
    lms.client.get("/generate/cancel")
    assert envelope(lms.post())["message"] == "Generation started"
    job = lms.services.store.find("lms", 7)
    assert job is not None and job.state is JobState.QUEUED


def test_status_tells_where_a_lecture_stands(lms: Lms) -> None:
    lms.post()
    result = envelope(lms.client.get("/generate/status?id=7"))["result"]
    assert result["state"] == "queued"
    assert result["progress"] == 0
    assert result["mapping"] == [[1], [], [2]]


def test_status_of_an_unknown_lecture_is_404(lms: Lms) -> None:
    response = lms.client.get("/generate/status?id=8")
    assert response.status_code == 404
    assert envelope(response)["code"] == "job_not_found"


@pytest.mark.parametrize(
    ("accept", "message"),
    [
        ("", "Generation started"),
        ("en", "Generation started"),
        ("ru", "Процесс запущен"),
        ("ru-RU,ru;q=0.9,en;q=0.8", "Процесс запущен"),
        ("en-US,en;q=0.9,ru;q=0.8", "Generation started"),
        ("fr", "Generation started"),
        ("*", "Generation started"),
    ],
)
def test_messages_are_in_the_callers_language(lms: Lms, accept: str, message: str) -> None:
    headers = {"Accept-Language": accept} if accept else {}
    response = lms.client.post("/generate", json=lms.body(), headers=headers)
    assert envelope(response)["message"] == message


def test_the_former_russian_sentences_are_kept(lms: Lms) -> None:
    russian = {"Accept-Language": "ru"}
    stopped = "Генерация остановлена"
    nothing = "Не удалось остановить генерацию"
    assert envelope(lms.client.get("/generate/cancel", headers=russian))["message"] == nothing
    lms.post()
    assert envelope(lms.client.get("/generate/cancel", headers=russian))["message"] == stopped
    refused = lms.client.post("/generate", json={"id": 1}, headers=russian)
    assert envelope(refused)["message"].startswith("Переданы неверные данные: face_path: ")


def test_letters_are_not_escaped(lms: Lms) -> None:
    response = lms.client.get("/generate/cancel", headers={"Accept-Language": "ru"})
    assert "Не удалось".encode() in response.data


def test_the_work_uses_private_copies(lms: Lms) -> None:
    lms.post()
    (lms.folder / "face.jpg").unlink()
    job = lms.services.store.find("lms", 7)
    assert job is not None
    assert lecture_of(job.content).source_image.is_file()
    assert lecture_of(job.content).source_image.is_relative_to(lms.services.settings.paths.data)
