"""Stand-ins for the engines: steps that take a given time, with real files and processes.

Every start and end of a step is a line of an append-only file, so that work that was
lost or done twice can be counted whoever was killed in between.
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict

from app.lecture import FaceChoice
from app.phonetics import Viseme
from app.ports.face import FaceEngine
from app.ports.media import Chapter, Clip, Media
from app.ports.sound import SAMPLE_RATE
from app.ports.speech import Speech, SpeechEngine, VoiceUsed
from app.ports.work import Cancel, Progress, untold
from config import Settings
from tests.stand_ins.media import PlainMedia

WORKSHOP = "benchmarks.chaos.workshop:workshop"

LOG = "work.log"
BEHAVIOUR = "behaviour.json"
"""File in the service's own folder; without it every step takes no time."""

# A child that ignores SIGTERM, and a grandchild that leaves the family by a double
# fork and a session of its own.  Both tell their pids.
_BROOD = "trap '' TERM; (setsid sh -c 'echo $$; exec sleep 60' &); echo $$; exec sleep 60"


class Behaviour(BaseModel):
    """How the stand-ins work."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    speech_seconds: tuple[float, float] = (0.0, 0.0)
    """Least and most; each run takes a random time between them."""
    face_seconds: tuple[float, float] = (0.0, 0.0)
    join_seconds: tuple[float, float] = (0.0, 0.0)
    deaf: bool = False
    """Never ask whether the step is still wanted, and ignore SIGTERM."""
    brood: bool = False
    """Start a child with a grandchild, as :data:`_BROOD` has it, and end them when done."""
    clip_bytes: int = 2000
    """Size of each clip."""

    def put(self, data: Path) -> None:
        """Let the children that start from now on behave so."""
        (data / BEHAVIOUR).write_text(self.model_dump_json(), encoding="utf-8")


def workshop(settings: Settings) -> StandIns:
    """Called by the worker's child."""
    told = settings.paths.data / BEHAVIOUR
    behaviour = Behaviour.model_validate_json(told.read_bytes()) if told.exists() else Behaviour()
    if behaviour.deaf:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    return StandIns(Labour(behaviour, settings.paths.data / LOG))


class Labour:
    """Spends the time of a step, and writes down when it began and ended."""

    def __init__(self, behaviour: Behaviour, log: Path) -> None:
        self.behaviour = behaviour
        self._log = log

    def spend(self, step: str, seconds: tuple[float, float], cancel: Cancel) -> None:
        """Do nothing for a while, as ``behaviour`` says."""
        self._write("start", step)
        end = time.monotonic() + random.uniform(*seconds)
        with self._brood():
            while (left := end - time.monotonic()) > 0:
                if not self.behaviour.deaf:
                    cancel.check()
                time.sleep(min(left, 0.02))
        self._write("end", step)

    @contextmanager
    def _brood(self) -> Iterator[None]:
        if not self.behaviour.brood:
            yield
            return
        child = subprocess.Popen(["/bin/sh", "-c", _BROOD], stdout=subprocess.PIPE)
        assert child.stdout is not None
        pids = [int(child.stdout.readline()) for _ in range(2)]
        try:
            yield
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGKILL)
            child.wait()
            child.stdout.close()

    def _write(self, what: str, step: str) -> None:
        # One write to a file opened for appending is never mixed with another's.
        line = f"{what} {step} {os.getpid()} {time.monotonic():.6f}\n"
        descriptor = os.open(self._log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, line.encode())
        finally:
            os.close(descriptor)


class TimedSpeech:
    """Noise, other in each run; satisfies :class:`app.ports.speech.SpeechEngine`."""

    def __init__(self, labour: Labour) -> None:
        self._labour = labour

    def load(self) -> None:
        return

    def voice(self, sample: Path) -> object:
        return sample

    def synthesize(
        self,
        text: str,
        voice: object,
        language: str,
        cancel: Cancel,
        progress: Progress = untold,
    ) -> Speech:
        name = hashlib.sha256(text.encode()).hexdigest()[:12]
        self._labour.spend(f"speech-{name}", self._labour.behaviour.speech_seconds, cancel)
        # Whose file was published can be told by its hash.
        noise = np.random.default_rng().uniform(-0.5, 0.5, 960).astype(np.float32)
        return Speech(noise, SAMPLE_RATE, VoiceUsed("preset", "noise"))

    def close(self) -> None:
        return


class TimedFace:
    """Random bytes; satisfies :class:`app.ports.face.FaceEngine`."""

    def __init__(self, labour: Labour) -> None:
        self._labour = labour

    def load(self) -> None:
        return

    def prepare(self, source_image: Path) -> object:
        return source_image

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
        progress(0.5)
        name = driving_audio.parent.name[:12]
        self._labour.spend(f"face-{name}", self._labour.behaviour.face_seconds, cancel)
        target.write_bytes(random.randbytes(self._labour.behaviour.clip_bytes))

    def close(self) -> None:
        return


class TimedMedia(PlainMedia):
    """Joins take the time that the behaviour gives them."""

    def __init__(self, labour: Labour) -> None:
        self._labour = labour

    def join(
        self,
        clips: Sequence[Clip],
        target: Path,
        *,
        cancel: Cancel,
        chapters: Sequence[Chapter] = (),
    ) -> float:
        name = f"{target.stem}-{clips[0].video.parent.name[:12]}"
        self._labour.spend(name, self._labour.behaviour.join_seconds, cancel)
        return super().join(clips, target, cancel=cancel, chapters=chapters)


class StandIns:
    """Satisfies :class:`app.steps.Workshop`."""

    def __init__(self, labour: Labour) -> None:
        self._speech = TimedSpeech(labour)
        self._face = TimedFace(labour)
        self._media = TimedMedia(labour)

    @property
    def media(self) -> Media:
        return self._media

    def speech_engine(self, name: str) -> SpeechEngine:
        return self._speech

    def face_engine(self, name: str, choice: FaceChoice) -> FaceEngine:
        return self._face

    def write_thumbnail(self, picture: Path, target: Path) -> None:
        target.write_bytes(b"a thumbnail")

    def warm(self, queue: str) -> None:
        return
