"""A workshop whose engines only take time, and note which worker they worked for."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path

from app.lecture import FaceChoice
from app.phonetics import Viseme
from app.ports.face import FaceEngine
from app.ports.speech import Speech, SpeechEngine
from app.ports.work import Cancel, Progress
from app.process import tree
from config import Settings
from tests.jobs.stand_ins import ObedientFace, ObedientSpeech, StandIns

SPEECH_SECONDS = 0.1
FACE_SECONDS = 0.2


class SlowSpeech(ObedientSpeech):
    def said(self, text: str, sample: Path, cancel: Cancel) -> Speech:
        _note(sample.parent)
        time.sleep(SPEECH_SECONDS)
        return super().said("", sample, cancel)


class SlowFace(ObedientFace):
    def animate(
        self,
        face: object,
        driving_audio: Path,
        visemes: Sequence[Viseme],
        target: Path,
        *,
        cancel: Cancel,
        progress: Progress,
    ) -> None:
        _note(Path(str(face)).parent)
        time.sleep(FACE_SECONDS)
        super().animate(face, driving_audio, visemes, target, cancel=cancel, progress=progress)


class Simulated(StandIns):
    def speech_engine(self, name: str) -> SpeechEngine:
        return SlowSpeech()

    def face_engine(self, name: str, choice: FaceChoice) -> FaceEngine:
        return SlowFace()


def workshop(settings: Settings) -> Simulated:
    return Simulated()


def workers_that_worked(folder: Path) -> set[str]:
    """Ids of the workers that did a step of a lecture whose files lie there."""
    return {path.name for path in (folder / "worked").glob("*")}


def _note(folder: Path) -> None:
    worker_id = os.environ[tree.TAG].partition("/")[0]
    noted = folder / "worked" / worker_id
    noted.parent.mkdir(exist_ok=True)
    noted.touch()


WORKSHOP = "tests.jobs.simulated:workshop"
