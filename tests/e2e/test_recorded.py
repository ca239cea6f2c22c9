"""A recording becomes a lecture, by a real examiner, worker and face engine."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

import config
from app import bootstrap
from app.engines.recognizer import recognizer_identity
from app.intake import accept
from app.intake.draft import Content, Draft, Wishes
from app.intake.staging import staging
from app.jobs.store.store import JobKey, JobState
from app.lecture import FaceChoice
from app.media.audio import resample
from app.steps import sha256_of
from app.worker.worker import Worker
from tests.sounds import read_sound

pytestmark = pytest.mark.slow

SAMPLES = config.ROOT / "samples"
RATE = 24000
TENANT = "default"


@dataclass
class Place:
    """A service without its web side: lectures are accepted and made in this process's children."""

    folder: Path
    settings: config.Settings

    def make(
        self, recordings: Mapping[int, Path], text: str | None = None, language: str | None = "en"
    ) -> dict[str, Any]:
        """The manifest of a lecture, which always has the same id and directory."""
        services = bootstrap.services(self.settings)
        services.store.migrate()
        try:
            with staging(self.folder / "data" / "inputs") as copies:

                def copied(path: Path, name: str) -> Content:
                    shutil.copyfile(path, copies.path / name)
                    return Content(copies.path / name, sha256_of(path))

                written = self.folder / "text.txt"
                written.write_text(text or "", encoding="utf-8")
                draft = Draft(
                    id=1,
                    wishes=Wishes(
                        language=language, speech_engine="hibari", face=FaceChoice(size=256)
                    ),
                    face_engine="meshwarp",
                    output=self.folder / "out",
                    copies=copies,
                    face=copied(SAMPLES / "lecturer-man.jpg", "face.jpg"),
                    voice=copied(SAMPLES / "voice.wav", "voice") if text else None,
                    text=copied(written, "text") if text else None,
                    recordings={
                        number: copied(path, f"recording-{number}")
                        for number, path in recordings.items()
                    },
                )
                accept(draft, services, tenant=TENANT)
            Worker(self.settings, only=JobKey(TENANT, 1), until_done=True).run()
            job = services.store.find(TENANT, 1)
            assert job is not None
            assert job.state is JobState.DONE, job
        finally:
            services.examiner.close()
        manifest = self.folder / "out" / "final" / "manifest_1.json"
        made: dict[str, Any] = json.loads(manifest.read_text(encoding="utf-8"))
        return made

    def sound(self, name: str) -> Any:
        return read_sound(self.folder / "out" / name, RATE)


@pytest.fixture
def place(tmp_path: Path, models: Path) -> Place:
    data = tmp_path / "data"
    settings = config.load(
        paths={"data": str(data), "logs": str(tmp_path / "logs"), "models": str(models)},
        jobs={"database_url": f"sqlite:///{data}/jobs.db"},
    )
    return Place(tmp_path, settings)


@pytest.fixture(scope="module")
def long_recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Over a minute of somebody who pauses now and then, 44.1 kHz, stereo."""
    voice, rate = soundfile.read(SAMPLES / "voice.wav", dtype="float32")
    rng = np.random.default_rng(1)
    parts = []
    for number in range(8):
        noise = rng.normal(0.0, 1e-4, round(rate * (0.4 + 0.05 * number)))
        parts += [voice, noise.astype(np.float32)]
    sound = resample(np.concatenate(parts), rate, 44100)
    path = tmp_path_factory.mktemp("recording") / "recording.wav"
    soundfile.write(path, np.stack([sound, 0.5 * sound], axis=1)[:-317], 44100)
    return path


def test_a_lecture_sounds_as_its_recording_does(place: Place, long_recording: Path) -> None:
    made = place.make({1: long_recording})
    given = read_sound(long_recording, RATE)

    assert len(made["fragments"]) >= 2
    assert abs(made["duration"] - given.size / RATE) <= 0.04
    pieces = [place.sound(fragment["audio"]) for fragment in made["fragments"]]
    joined = np.concatenate(pieces)[: given.size]
    assert correlation(joined, given) > 0.99
    for cut in np.cumsum([piece.size for piece in pieces])[:-1]:
        near = slice(cut - RATE // 2, cut + RATE // 2)
        assert correlation(joined[near], given[near]) > 0.98  # nothing lost or doubled
    heard = place.sound(made["lecture"])
    size = min(heard.size, given.size)
    assert correlation(heard[:size], given[:size]) > 0.99
    assert {fragment["speech_engine"] for fragment in made["fragments"]} == {"recording"}
    assert {fragment["voice_fidelity"] for fragment in made["fragments"]} == {"recorded"}
    assert made["captions"] == ("recognized" if recognizer_identity() else "none")


def correlation(one: Any, other: Any) -> float:
    """Of two sounds in place, whatever their levels."""
    return float(np.corrcoef(one, other)[0, 1])
