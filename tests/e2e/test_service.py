"""The main job, on real input, through the real service."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest

from app.engines import registry
from app.media.probe import probe
from tests.e2e.conftest import SAMPLES, Service, start_service, wait_until_up
from tests.process.family import wait_until

pytestmark = pytest.mark.slow

ENGLISH = "Good morning, and welcome. Packets travel alone._;_;Thank you for listening!"
RUSSIAN = "Здравствуйте! Пакеты путешествуют поодиночке._;Спасибо за внимание."

FRAME = 1 / 25


def body(service: Service, text: str, **more: Any) -> dict[str, Any]:
    lecture = service.place / "lecture.txt"
    lecture.write_text(text, encoding="utf-8")
    return {
        "id": 7,
        "face_path": str(SAMPLES / "lecturer-woman.jpg"),
        "voice_path": str(SAMPLES / "voice.wav"),
        "lecture_text_path": str(lecture),
        "generated_dir_path": str(service.place / "out"),
        "size": 256,
        **more,
    }


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def is_done(state: dict[str, Any]) -> bool:
    return bool(state["state"] == "done")


def preferred(language: str) -> str:
    """The engine that speaks where nobody chose: for Russian RHVoice, if it lacks nothing."""
    lacking = registry.card("speech", "rhvoice").lacks({}, {"models_dir": Path("models")})
    return "rhvoice" if language == "ru" and not lacking else "kokoro"


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (RUSSIAN, "ru")])
def test_a_portrait_a_voice_and_a_text_become_a_lecture(
    service: Service, text: str, language: str
) -> None:
    mapping = service.post(body(service, text))["result"]
    assert mapping == ([[1], [], [2]] if language == "en" else [[1], [2]])
    service.wait_until(7, is_done)
    out = service.place / "out"
    last = len(mapping)
    assert files(out) == {
        "audio_fragments/audio_fragment_7_1.wav",
        "audio_fragments/audio_fragment_7_2.wav",
        "video_fragments/video_fragment_7_1_1.mp4",
        "video_fragments/video_fragment_7_2_1.mp4",
        "combined/slide_7_1.mp4",
        f"combined/slide_7_{last}.mp4",
        "final/lecture_7.mp4",
        "final/lecture_7.vtt",
        "final/lecture_7.srt",
        "final/lecture_7.chapters.vtt",
        "final/manifest_7.json",
    }
    lecture = probe(out / "final" / "lecture_7.mp4")
    clips = [probe(path) for path in sorted((out / "video_fragments").iterdir())]
    assert (lecture.video_codec, lecture.audio_codec) == ("h264", "aac")
    assert (lecture.width, lecture.height) == (256, 256)
    assert abs(lecture.duration - sum(clip.duration for clip in clips)) <= FRAME
    manifest = json.loads((out / "final" / "manifest_7.json").read_text(encoding="utf-8"))
    assert manifest["mapping"] == mapping
    assert manifest["language"] == language
    for fragment in manifest["fragments"]:
        assert fragment["speech_engine"] == preferred(language)
        assert fragment["voice_fidelity"] in ("preset_matched", "preset")
    captions = (out / "final" / "lecture_7.vtt").read_text(encoding="utf-8")
    spoken = " ".join(line for line in captions.splitlines()[1:] if "-->" not in line and line)
    assert spoken.split() == text.replace("_;", " ").split()


def test_the_log_never_holds_the_lectures_text(service: Service) -> None:
    service.post(body(service, "Zanzibar is an island."))
    service.wait_until(7, is_done)
    assert "Zanzibar" not in (service.place / "logs" / "app.log").read_text(encoding="utf-8")


def test_cancel_leaves_no_process_working_and_keeps_what_is_done(service: Service) -> None:
    sentence = "Every packet carries a number, and it may travel alone for a very long way. "
    service.post(body(service, sentence * 40, size=512))
    service.wait_until(7, lambda state: state["steps_done"] >= 2 and state["stage"] is not None)
    kept = {name for name in files(service.place / "out") if not name.endswith(".part")}
    assert service.get("/generate/cancel")["result"] is True
    service.wait_until_cancelled(7)
    assert [p.name() for p in service.processes() if "ffmpeg" in p.name()] == []
    assert busy(service.processes()) == []
    left = files(service.place / "out")
    assert kept <= left
    assert all(not Path(name).name.startswith(".") for name in left)
    assert service.get("/generate/cancel")["result"] is False


def test_what_renders_leaves_the_cores_to_what_answers(service: Service) -> None:
    named = {" ".join(each.cmdline()[1:4]): each.nice() for each in service.processes()}
    assert (named["-m app worker"], named["-m gunicorn wsgi:application"]) == (5, 0)


def busy(processes: list[psutil.Process]) -> list[int]:
    """Processes that use a core."""
    before = {process.pid: process.cpu_times().user for process in processes}
    time.sleep(0.5)
    alive = [process for process in processes if process.is_running()]
    return [p.pid for p in alive if p.cpu_times().user - before[p.pid] > 0.25]


def test_a_cancelled_lecture_goes_on_and_an_edited_one_keeps_what_did_not_change(
    service: Service,
) -> None:
    asked = body(service, "One sentence._;Another sentence._;A third one.")
    service.post(asked)
    service.wait_until(7, lambda state: state["steps_done"] >= 1)
    service.get("/generate/cancel?id=7")
    service.wait_until_cancelled(7)
    service.post(asked)
    service.wait_until(7, is_done)
    edited = body(service, "One sentence._;Another sentence, edited._;A third one.")
    assert service.post(edited)["error"] is False
    service.wait_until(7, is_done)
    # Speech, clip and slide of the first and the third slide; the second and the end are new.
    assert service.state(7)["steps_reused"] == 6


def test_a_file_of_the_wrong_kind_is_refused_at_once(service: Service) -> None:
    odd = service.place / "odd"
    picture = (SAMPLES / "lecturer-man.jpg").read_bytes()
    for key, content, code, said in (
        ("face_path", b"%PDF-1.7 no picture", "bad_source_image", "odd"),
        ("voice_path", picture, "bad_voice_sample", "no sound"),
    ):
        odd.write_bytes(content)
        answer = service.post(body(service, ENGLISH, **{key: str(odd)}))
        assert answer["code"] == code
        assert said in answer["message"] and str(odd) in answer["message"]
        assert not (service.place / "out").exists()


def test_nothing_outlives_a_killed_service(tmp_path: Path, models: Path) -> None:
    log = tmp_path / "service.log"
    with start_service(tmp_path, models, log) as service:
        wait_until_up(service, log)
        wait_until(lambda: any("app.worker.child" in words for words in of_service(tmp_path)), 60)
        assert any("gunicorn" in words for words in of_service(tmp_path))
        service.process.kill()
        # gunicorn and the worker may end by themselves, for ten seconds.
        wait_until(lambda: of_service(tmp_path) == [], seconds=15)


def of_service(place: Path) -> list[list[str]]:
    """Command lines of what lives of a service, whoever its parent is."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.environ().get("VIDEOLECTURE_PATHS__DATA") == str(place / "data"):
                found.append(process.cmdline())
    return found


def test_a_caller_that_sends_twenty_megabytes_hears_the_answer(service: Service) -> None:
    answer = service.post({"id": 7, "face_path": "x" * 20_000_000})
    assert answer["code"] == "body_too_large"
