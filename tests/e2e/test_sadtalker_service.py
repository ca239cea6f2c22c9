"""A whole lecture with SadTalker, on a stand-in checkout, through the real service."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from app.media.probe import probe
from tests.bridge.checkout import Checkout, interpreter, make_checkout
from tests.e2e.conftest import CANCEL_SECONDS, SAMPLES, Service

__all__ = ["interpreter"]

pytestmark = pytest.mark.slow

SLIDES = ("Packets travel alone.", "They arrive in any order.", "And then they are put together.")


@pytest.fixture
def checkout(tmp_path: Path, interpreter: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    """A checkout; the service that starts after it uses it."""
    made = make_checkout(tmp_path / "SadTalker", interpreter)
    monkeypatch.setenv("SAD_TALKER_DIR_PATH", str(made.folder))
    return made


def test_a_lecture_is_animated_by_sadtalker(checkout: Checkout, service: Service) -> None:
    assert service.post(body(service))["result"] == [[1], [2], [3]]
    service.wait_until(7, is_done)
    check_lecture(service, fragments=3)
    assert (checkout.times("load"), checkout.times("analysis")) == (1, 1)


@pytest.mark.parametrize("kills", [3, pytest.param(20, marks=pytest.mark.proof)])
def test_a_bridge_that_is_killed_again_and_again_still_makes_the_lecture(
    checkout: Checkout, service: Service, kills: int
) -> None:
    checkout.behave(frame_seconds=0.005)
    repeat = kills + 5  # times three slides: more than the kills take
    service.post(body(service, repeat=repeat))
    chance = random.Random(7)
    for _ in range(kills):
        bridge = running_bridge(service, checkout)
        time.sleep(chance.uniform(0.0, 2.0))
        bridge.kill()
        bridge.wait(CANCEL_SECONDS)
    service.wait_until(7, is_done)
    check_lecture(service, fragments=3 * repeat)
    # Every process but the first follows one that was killed.
    assert checkout.times("load") > kills // 2


def test_a_lecture_is_cancelled_even_by_a_model_that_does_not_listen(
    checkout: Checkout, service: Service
) -> None:
    checkout.behave(silent_in="render")
    service.post(body(service))
    bridge = running_bridge(service, checkout)
    service.wait_until(7, lambda _: checkout.times("render") > 0)
    assert service.get("/generate/cancel?id=7")["result"] is True
    service.wait_until_cancelled(7)
    bridge.wait(CANCEL_SECONDS)


def test_a_picture_without_a_face_fails_the_lecture_with_that_code(
    checkout: Checkout, service: Service
) -> None:
    checkout.behave(faces=0)
    service.post(body(service))
    deadline = time.monotonic() + 60
    while (state := service.state(7))["state"] != "failed":
        assert time.monotonic() < deadline, state
        time.sleep(0.1)
    assert "no_face" in json.dumps(state)


def test_what_is_missing_is_told_before_the_lecture_is_accepted(
    checkout: Checkout, service: Service
) -> None:
    (checkout.folder / "checkpoints" / "mapping_00229-model.pth.tar").unlink()
    answer = service.post(body(service))
    assert answer["code"] == "engine_unavailable"
    assert "mapping_00229-model.pth.tar is missing" in answer["message"]


def body(service: Service, repeat: int = 1) -> dict[str, Any]:
    lecture = service.place / "lecture.txt"
    # Numbered: what is said twice would be made once.
    slides = (f"{number}. {text}" for number in range(repeat) for text in SLIDES)
    lecture.write_text("_;".join(slides), encoding="utf-8")
    return {
        "id": 7,
        "face_path": str(SAMPLES / "lecturer-woman.jpg"),
        "voice_path": str(SAMPLES / "voice.wav"),
        "lecture_text_path": str(lecture),
        "generated_dir_path": str(service.place / "out"),
        "face_engine": "sadtalker",
        "speech_engine": "hibari",
        "size": 256,
    }


def is_done(state: dict[str, Any]) -> bool:
    return bool(state["state"] == "done")


def running_bridge(service: Service, checkout: Checkout) -> psutil.Process:
    """The Python 3.8 process of the service's bridge, once it runs."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for process in service.processes():
            if is_bridge(process, checkout):
                return process
        time.sleep(0.01)
    raise AssertionError(f"no bridge: {service.state(7)}")


def is_bridge(process: psutil.Process, checkout: Checkout) -> bool:
    try:
        command = process.cmdline()
    except psutil.Error:
        return False
    program = str(checkout.folder / "venv" / "bin" / "python")
    return command[:1] == [program] and "sadtalker_bridge" in command


def check_lecture(service: Service, *, fragments: int) -> None:
    out = service.place / "out"
    manifest = json.loads((out / "final" / "manifest_7.json").read_text(encoding="utf-8"))
    engines = [fragment["face_engine"] for fragment in manifest["fragments"]]
    assert engines == ["sadtalker"] * fragments
    lecture = probe(out / "final" / "lecture_7.mp4")
    clips = [probe(path) for path in sorted((out / "video_fragments").iterdir())]
    assert (lecture.width, lecture.height) == (256, 256)
    assert lecture.frames == sum(clip.frames for clip in clips)
