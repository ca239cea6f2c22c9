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
from app.engines import registry
from app.engines.configured import places
from app.engines.recognizer import recognizer_identity
from app.intake import accept, recordings
from app.intake.draft import Content, Draft, Wishes
from app.intake.staging import staging
from app.jobs.store.job import JobKey, JobState
from app.lecture import FaceChoice
from app.media.audio import resample
from app.portrait import FaceFinder
from app.steps import sha256_of
from app.steps.record import read_record
from app.worker.worker import Worker
from benchmarks.quality.driving import Fragment as Commanded
from benchmarks.quality.driving import GoOn
from benchmarks.quality.judges.mouth import Mouth, judge_mouth
from benchmarks.quality.judges.sighting import frames_of, sight
from benchmarks.quality.judges.words import judge_words
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
        self, sounds: Mapping[int, Path], text: str | None = None, language: str | None = "en"
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
                        for number, path in sounds.items()
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


def test_of_a_mixed_lecture_an_edit_renders_one_fragment_and_reads_no_recording_anew(
    place: Place,
) -> None:
    first = place.make({2: SAMPLES / "voice.wav"}, "Good morning._;_;Goodbye.")
    assert first["mapping"] == [[1], [2], [3]]
    assert [each["captions"] for each in first["fragments"]][::2] == ["text", "text"]
    assert [each["speech_engine"] for each in first["fragments"]] == [
        "hibari",
        "recording",
        "hibari",
    ]
    shown = (place.folder / "out" / "final" / "lecture_1.vtt").read_text(encoding="utf-8")
    assert "Good morning." in shown
    assert "Goodbye." in shown

    edited = place.make({2: SAMPLES / "voice.wav"}, "Good evening._;_;Goodbye.")

    assert edited["rendered"] == {"speech": 1, "face": 1, "slide": 1, "final": 1}
    assert edited["reused"] == {"speech": 2, "face": 2, "slide": 2, "final": 0}
    assert edited["fragments"][1] == {
        **first["fragments"][1],
        "start": edited["fragments"][1]["start"],
    }


def test_without_a_recognizer_there_are_no_captions_and_the_manifest_says_so(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recordings, "recognizer_identity", lambda: "")
    made = place.make({1: SAMPLES / "voice.wav"}, language=None)

    assert made["captions"] == "none"
    assert made["language"] == "und"
    final = place.folder / "out" / "final"
    assert (final / "lecture_1.vtt").read_text(encoding="utf-8").strip() == "WEBVTT"
    assert (final / "lecture_1.srt").read_text(encoding="utf-8") == ""


@pytest.mark.skipif(not recognizer_identity(), reason="the extra alignment is not installed")
def test_with_one_captions_say_what_the_recording_says_and_lips_follow_it(place: Place) -> None:
    text = (SAMPLES / "lecture-en.txt").read_text(encoding="utf-8").split("_;")[0]
    recording = spoken(text, place)

    made = place.make({1: recording}, language=None)

    assert (made["language"], made["captions"]) == ("en", "recognized")
    understood = judge_words(text, captions(place.folder / "out" / made["lecture"]), "en")
    print(f"word error rate {understood.wer:.1f} % of {understood.words} words")
    assert understood.wer < 15.0
    (fragment,) = made["fragments"]
    mouth = watched(place, fragment)
    print(f"mouth {mouth}")
    assert mouth.correlation > 0.8
    assert abs(mouth.lag) <= 1


def spoken(text: str, place: Place) -> Path:
    """A recording of somebody who says a text."""
    engine = registry.create("speech", "hibari", {}, places(place.settings))
    engine.load()
    speech = engine.synthesize(text, engine.voice(SAMPLES / "voice.wav"), "en", GoOn())
    engine.close()
    soundfile.write(place.folder / "spoken.flac", speech.samples, speech.rate)
    return place.folder / "spoken.flac"


def captions(lecture: Path) -> str:
    """The words of a lecture's captions."""
    lines = lecture.with_suffix(".srt").read_text(encoding="utf-8").splitlines()
    return " ".join(line for line in lines if "-->" not in line and not line.isdigit())


def watched(place: Place, fragment: Mapping[str, Any]) -> Mouth:
    """The mouth of the one fragment of a lecture, held against what its record commands."""
    (record,) = (place.folder / "data" / "artifacts").rglob("speech.json")
    out = place.folder / "out"
    commanded = Commanded(out / fragment["audio"], read_record(record.parent).visemes)
    frames = frames_of(out / fragment["video"])
    seen = sight(frames, round(fragment["duration"] * 25), FaceFinder())
    return judge_mouth(seen, commanded.commanded(), commanded.visemes)


def correlation(one: Any, other: Any) -> float:
    """Of two sounds in place, whatever their levels."""
    return float(np.corrcoef(one, other)[0, 1])
