"""What callers of other services send is answered as they were told, and the videos play."""

from __future__ import annotations

import io
import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import av
import pytest

from tests.doors.replaying import FOLDER, Answer, recorded, sent
from tests.e2e.conftest import RENDER_SECONDS, Service, start_service, wait_until_up
from tests.process.family import wait_until_gone

TEXTS = ("Hello, and welcome.", "Thank you for watching.")
CODE = "71e6b361-29b1-47e1-bfc0-032dd8bbe56e"
STATUSES = re.compile(r"processing|generating_(?:audio|video)_[12]|completed")
LOOK_SECONDS = 0.2

PATIENT = {"VIDEOLECTURE_SERVER__EXAMINE_SECONDS": "150"}
"""The machine may be busy, and answers are what is looked at here."""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[Service]:
    """One for all, so that equal lectures are rendered once."""
    place = tmp_path_factory.mktemp("doors")
    log = place / "service.log"
    with start_service(place, models, log, more=PATIENT) as running:
        wait_until_up(running, log)
        yield running
        children = running.processes()
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(60) == 0
        wait_until_gone(children, 10)


def awaited(
    look: Callable[[], dict[str, Any]], is_over: Callable[[dict[str, Any]], bool]
) -> list[dict[str, Any]]:
    """All that is told until the end, which comes last."""
    until = time.monotonic() + RENDER_SECONDS
    told = [look()]
    while not is_over(told[-1]):
        assert time.monotonic() < until, told[-1]
        time.sleep(LOOK_SECONDS)
        told.append(look())
    return told


def assert_plays(video: bytes) -> float:
    """That there are pictures and sound; how many seconds."""
    with av.open(io.BytesIO(video), "r") as container:
        assert {stream.type for stream in container.streams} >= {"video", "audio"}
        pictures = sum(1 for _ in container.decode(video=0))
        assert container.duration is not None
        seconds = container.duration / av.time_base
    assert pictures == pytest.approx(25 * seconds, abs=5)
    assert pictures > 10
    return seconds


@pytest.mark.slow
@pytest.mark.parametrize("client", ["curl", "python_requests"])
def test_the_cosyvoice_and_echomimic_readme_is_true_here(service: Service, client: str) -> None:
    begun = sent(service, f"{client}-begin")
    assert begun.status == 200, begun.body
    task_id = begun.told["task_id"]
    assert begun.told == {"task_id": task_id, "status": "processing", "total_segments": 2}

    def call(name: str) -> Answer:
        return sent(service, f"{client}-{name}", task=task_id)

    told = awaited(
        lambda: call("task").told, lambda task: task["status"] in ("completed", "failed")
    )
    assert all(STATUSES.fullmatch(each["status"]) for each in told), told
    assert [each["progress"] for each in told] == sorted(each["progress"] for each in told)
    task = told[-1]
    urls = [f"/static/outputs/{task_id}/video_{task_id}_{number}.mp4" for number in (1, 2)]
    duration = task.pop("duration")
    assert task == {
        "task_id": task_id,
        "status": "completed",
        "video_urls": urls,
        "total_segments": 2,
        "progress": 100.0,
    }
    assert call("videos").told == {
        "task_id": task_id,
        "total_segments": 2,
        "videos": [
            {"segment": n, "video_url": urls[n - 1], "download_url": f"/video/{task_id}/{n}"}
            for n in (1, 2)
        ],
    }
    first, second = call("video"), call("static")
    assert first.headers["Content-Type"] == second.headers["Content-Type"] == "video/mp4"
    seconds = assert_plays(first.body)
    assert 0 < seconds < duration < 20
    if client == "curl":  # which has asked for the first 1024 bytes of it
        assert (second.status, len(second.body), second.body[4:8]) == (206, 1024, b"ftyp")
    else:
        assert seconds + assert_plays(second.body) == pytest.approx(duration, abs=0.2)


@pytest.mark.slow
def test_a_client_of_duix_is_answered_as_by_duix(service: Service) -> None:
    begun = sent(service, "axios-begin", audio_url="voice.wav", video_url="lecturer-woman.jpg")
    assert (begun.status, begun.told["code"]) == (200, 10000), begun.body
    assert set(begun.told) == {"code", "data", "msg", "success"}

    told = awaited(lambda: sent(service, "axios-task").told, lambda one: one["data"]["status"] != 1)
    assert {each["code"] for each in told} == {10000}
    for each in told[:-1]:
        assert set(each["data"]) == {"code", "status", "progress", "result", "msg"}
        assert 0 <= each["data"]["progress"] <= 100
    data = told[-1]["data"]
    assert (data["code"], data["status"], data["progress"]) == (CODE, 2, 100), data
    assert (data["width"], data["height"]) > (0, 0)
    fetched = sent(service, "axios-result", result=data["result"])
    assert (fetched.status, fetched.headers["Content-Type"]) == (200, "video/mp4")
    assert assert_plays(fetched.body) == pytest.approx(data["video_duration"], abs=0.1)


@pytest.mark.slow
def test_a_client_of_duix_that_names_a_video_is_told_what_is_wanted(service: Service) -> None:
    video = service.place / "20250605182805758.mp4"
    with av.open(video, "w") as container:
        stream = container.add_stream("libx264", rate=25)
        stream.width = stream.height = 64
        container.mux(stream.encode(av.VideoFrame(64, 64, "yuv420p")))
        container.mux(stream.encode())
    begun = sent(service, "axios-begin", audio_url="voice.wav", video_url=video.name)
    assert (begun.told["code"], begun.told["success"]) == (10002, False)
    assert begun.told["msg"].startswith("video_url: ")
    assert "video" in begun.told["msg"].removeprefix("video_url")


def test_a_recording_tells_nothing_of_its_machine() -> None:
    for path in FOLDER.glob("*.http"):
        text = path.read_text(encoding="utf-8")
        for word in ("/tmp", "/home", "/root", "/work", "127.0.0.1", "localhost"):
            assert word not in text


def test_a_recorded_form_is_whole_again_when_it_is_sent() -> None:
    message = recorded("curl-begin", host="localhost:1")
    assert int(message.header("Content-Length")) == len(message.body) > 400_000
    assert b"@" + b"IMAGE@" not in message.body
