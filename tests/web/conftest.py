"""A web application on a real job store, with a lecture's files beside it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import config
from app import bootstrap, create_app
from app.engines import registry
from app.errors import PictureSeen, RecordingError, SourceImageError, VoiceSampleError
from app.examiner.asked import RecordingKept, TextQuestion, TextRead
from app.examiner.seen import FaceSeen, VoiceHeard
from app.examiner.text import examined
from tests import stores

SAMPLES = config.ROOT / "samples"

A_FACE = FaceSeen(800, 1000, (250, 300, 300, 350), yaw=2.0, pitch=-9.0, roll=0.5)
A_VOICE = VoiceHeard(seconds=8.0, speech_seconds=6.3, level_db=-21.0, snr_db=30.0, pitch_hz=118.0)


@dataclass
class StandInExaminer:
    """Answers as it is told, without a model; the real one has tests of its own."""

    language: str = "en"
    caution: str = ""
    face: FaceSeen = A_FACE
    voice: VoiceHeard = A_VOICE
    refused: dict[str, str] = field(default_factory=dict)
    seen: PictureSeen | None = None
    """In a picture that is refused, because of several faces."""
    asked: list[str] = field(default_factory=list)
    seconds: float = 60.0
    """Of recordings."""

    def check_face(
        self, picture: Path, sha256: str, *, tenant: str = "", until: float | None = None
    ) -> None:
        self._look("face", picture, SourceImageError)

    def check_voice(
        self, sample: Path, sha256: str, *, tenant: str = "", until: float | None = None
    ) -> str:
        self._look("voice", sample, VoiceSampleError)
        return self.caution

    def see_face(
        self, picture: Path, sha256: str, *, tenant: str = "", until: float | None = None
    ) -> FaceSeen:
        self._look("face", picture, SourceImageError)
        return self.face

    def hear_voice(
        self, sample: Path, sha256: str, *, tenant: str = "", until: float | None = None
    ) -> VoiceHeard:
        self._look("voice", sample, VoiceSampleError)
        return self.voice

    def keep_recording(
        self, recording: Path, sha256: str, target: Path, *, most_seconds: float, **_: object
    ) -> RecordingKept:
        """Every one is as long as it is told, and cut in the middle."""
        self._look("recording", recording, RecordingError)
        target.write_bytes(b"samples")
        return RecordingKept(self.seconds, 0.0, (self.seconds / 2,), "")

    def read_text(
        self,
        asked: TextQuestion,
        sha256s: Sequence[str],
        *,
        tenant: str = "",
        until: float | None = None,
    ) -> TextRead:
        """The text is really read, but its language is not looked for."""
        read = examined(replace(asked, language=asked.language or self.language))
        if asked.language is None and "language" in self.refused:
            return TextRead("", doubt=self.refused["language"])
        return read

    def close(self) -> None: ...

    def _look(self, what: str, path: Path, error: type[Exception]) -> None:
        assert path.is_file()
        self.asked.append(what)
        if what not in self.refused:
            return
        if self.seen is not None:
            raise SourceImageError(self.refused[what], reason="several_faces", seen=self.seen)
        raise error(self.refused[what])


@dataclass
class Lms:
    """A caller of the service, and the files it names."""

    client: FlaskClient
    folder: Path
    services: bootstrap.Services
    examiner: StandInExaminer

    def body(self, **changes: Any) -> dict[str, Any]:
        """A good request; a change to ``None`` removes the key."""
        body = {
            "id": 7,
            "face_path": str(self.folder / "face.jpg"),
            "voice_path": str(self.folder / "voice.wav"),
            "lecture_text_path": str(self.folder / "lecture.txt"),
            "generated_dir_path": str(self.folder / "out"),
        } | {
            key: str(value) if isinstance(value, Path) else value for key, value in changes.items()
        }
        return {key: value for key, value in body.items() if value is not None}

    def post(self, url: str = "/generate", **changes: Any) -> TestResponse:
        body = json.dumps(self.body(**changes))
        return self.client.post(url, data=body, content_type="application/json")


@pytest.fixture
def settings(tmp_path: Path) -> config.Settings:
    models = tmp_path / "models"
    for card in registry.builtin("speech").values():
        for name in card.files:
            (models / name).parent.mkdir(parents=True, exist_ok=True)
            (models / name).touch()
    data = tmp_path / "data"
    return config.load(
        paths={"roots": [str(tmp_path / "lms")], "data": str(data), "models": str(models)},
        jobs={"database_url": f"sqlite:///{data}/jobs.db"},
    )


@pytest.fixture
def lms(settings: config.Settings) -> Iterator[Lms]:
    folder = settings.paths.roots[0]
    folder.mkdir()
    shutil.copy(SAMPLES / "lecturer-woman.jpg", folder / "face.jpg")
    (folder / "voice.wav").write_bytes(b"RIFF of a voice")
    (folder / "lecture.txt").write_text("Hello. Again._;_;Bye.", encoding="utf-8")
    examiner = StandInExaminer()
    store = stores.opened(settings, patience=bootstrap.CALLERS_PATIENCE_SECONDS)
    services = bootstrap.Services(settings, store, examiner)  # type: ignore[arg-type]  # stand-in
    app = create_app(settings, services)
    yield Lms(app.test_client(), folder, services, examiner)


def envelope(response: TestResponse) -> dict[str, Any]:
    """The answer, checked to be an envelope."""
    assert response.mimetype == "application/json"
    value = json.loads(response.data)
    assert set(value) == {"error", "message", "result", "code"}
    assert isinstance(value["error"], bool)
    assert isinstance(value["message"], str) and value["message"]
    assert value["error"] == (response.status_code >= 400)
    return dict(value)
