"""A cloned voice through the whole service, run by this environment's Python."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.coqui.conftest import VOICE
from tests.e2e.conftest import SAMPLES, Service, service

__all__ = ["service"]

TEXTS = {
    "ru": "Здравствуйте! В 1974 году было 3 пакета._;Спасибо за внимание.",
    "en": "Good morning, and welcome. Packets travel alone._;Thank you for listening!",
}


@pytest.fixture(autouse=True)
def settings(xtts_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    options = {
        "checkpoint_dir": str(xtts_folder),
        "device": "cpu",
        "threads": 1,
        "retries": 0,
        "word_times": "proportional",
    }
    monkeypatch.setenv("VIDEOLECTURE_SPEECH__OPTIONS", json.dumps({"xtts": options}))


def test_a_lecture_is_spoken_by_xtts_in_russian_and_in_english(
    settings: None, service: Service
) -> None:
    for number, (language, text) in enumerate(TEXTS.items(), start=7):
        lecture = service.place / f"lecture_{number}.txt"
        lecture.write_text(text, encoding="utf-8")
        asked = {
            "id": number,
            "face_path": str(SAMPLES / "lecturer-woman.jpg"),
            "voice_path": str(VOICE),
            "lecture_text_path": str(lecture),
            "generated_dir_path": str(service.place / "out"),
            "size": 256,
            "speech_engine": "xtts",
        }
        assert service.post(asked)["result"] == [[1], [2]]
        service.wait_until(number, lambda state: bool(state["state"] == "done"))
        final = service.place / "out" / "final"
        manifest = json.loads((final / f"manifest_{number}.json").read_text(encoding="utf-8"))
        assert manifest["language"] == language
        for fragment in manifest["fragments"]:
            assert fragment["speech_engine"] == "xtts"
            assert fragment["voice_fidelity"] == "cloned"
        assert (final / f"lecture_{number}.mp4").stat().st_size > 10_000
    log = (service.place / "logs" / "app.log").read_text(encoding="utf-8")
    assert "Спасибо" not in log and "travel" not in log
