"""A workshop whose engines do as the fragment's text says, in no time and with real files.

A text is a list of words; those in capitals are orders to the speech engine:

* ``WAIT``      wait for a minute, asking ``cancel`` all the time
* ``DEAF``      wait for a minute without asking
* ``PAUSE``     the first time be deaf, later do nothing; the voice sample's folder remembers
* ``CHATTER``   print, read, and have a program do the same
* ``GRIP``      the same as ``PAUSE``, but no other thread of the process can do anything
* ``BROOD``     start processes that leave the family, then be deaf
* ``DIE``       kill the own process
* ``REFUSE``    fail for good
* ``STUMBLE``   fail with an error that may go away
* ``BUSY``      the same, with the wish to be asked again in an hour
* ``MUMBLE``    fail as an engine that lacks a letter
* ``BREAK``     fail with an error that nobody foresaw
* ``HOG``       write more than fits
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from app.errors import EngineCrashed, EngineError, VoiceSampleError
from app.lecture import FaceChoice
from app.phonetics import Viseme
from app.ports.face import FaceEngine
from app.ports.hearing import HeardSpeech, Recognizer
from app.ports.media import Media
from app.ports.sound import SAMPLE_RATE
from app.ports.speech import Speech, SpeechEngine, VoiceUsed, Word
from app.ports.work import Cancel, Progress, untold
from config import Settings
from tests.stand_ins.media import PlainMedia

_DAEMON = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(60)
"""


_ERRORS: Mapping[str, Exception] = {
    "REFUSE": VoiceSampleError("the stand-in was told to refuse"),
    "STUMBLE": EngineError("the stand-in was told to stumble"),
    "BUSY": EngineError("the stand-in was told to be busy", retry_after=3600.0),
    "MUMBLE": KeyError("MUMBLE"),
    "BREAK": RuntimeError("the stand-in was told to break"),
}


class ObedientSpeech:
    """One frame of silence per fragment; satisfies :class:`app.ports.speech.SpeechEngine`."""

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
        return self.said(text, Path(str(voice)), cancel)

    def said(self, text: str, sample: Path, cancel: Cancel) -> Speech:
        """What a text becomes; other stand-ins differ in nothing else."""
        for order in text.split():
            self._obey(order.strip("."), sample, cancel)
        return Speech(np.zeros(960, np.float32), SAMPLE_RATE, VoiceUsed("preset", "silence"))

    def close(self) -> None:
        return

    def _obey(self, order: str, sample: Path, cancel: Cancel) -> None:
        if order in _ERRORS:
            raise _ERRORS[order]
        match order:
            case "WAIT":
                for _ in range(6000):
                    cancel.check()
                    time.sleep(0.01)
            case "DEAF":
                time.sleep(60)
            case "PAUSE":
                if not (paused := sample.with_name("paused")).exists():
                    paused.touch()
                    time.sleep(60)
            case "CHATTER":
                print("a model says hello", flush=True)
                assert sys.stdin.read() == ""
                subprocess.run(["cat", "-", "/proc/self/comm"], check=True)
            case "GRIP":
                sample.with_name("paused").touch()
                ctypes.PyDLL(None).sleep(60)  # PyDLL keeps the interpreter lock
            case "BROOD":
                subprocess.Popen(["sleep", "60"])
                subprocess.run([sys.executable, "-S", "-c", _DAEMON], check=True)
                time.sleep(60)
            case "DIE":
                os.kill(os.getpid(), signal.SIGKILL)
            case "LOSE":
                _lose_five_times(sample.with_name("lost"))
            case "HOG":
                resource.setrlimit(resource.RLIMIT_FSIZE, (10, resource.RLIM_INFINITY))
                sample.with_name("hog").write_bytes(bytes(100))


def _lose_five_times(lost: Path) -> None:
    with lost.open("ab") as count:
        count.write(b".")
    if lost.stat().st_size <= 5:
        raise EngineCrashed("the stand-in lost its bridge")


class ObedientFace:
    """A few bytes per fragment; satisfies :class:`app.ports.face.FaceEngine`.

    Stops half way as long as there is a file ``slow`` beside the source image.
    """

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
        while Path(str(face)).with_name("slow").exists():
            progress(0.5)
            cancel.check()
            time.sleep(0.01)
        target.write_bytes(b"clip of " + driving_audio.read_bytes()[:100])

    def close(self) -> None:
        return


class ObedientRecognizer:
    """Hears three words in everything, a second each."""

    def hear(self, sound: Path, language: str, cancel: Cancel) -> HeardSpeech:
        cancel.check()
        words = (Word(text, float(n), n + 1.0) for n, text in enumerate(("This", "is", "heard.")))
        return HeardSpeech(language or "en", tuple(words))


class StandIns:
    """Satisfies :class:`app.steps.Workshop`."""

    media: Media = PlainMedia()

    def speech_engine(self, name: str) -> SpeechEngine:
        return ObedientSpeech()

    def face_engine(self, name: str, choice: FaceChoice) -> FaceEngine:
        return ObedientFace()

    def write_thumbnail(self, picture: Path, target: Path) -> None:
        target.write_bytes(b"a thumbnail")

    def recognizer(self) -> Recognizer:
        return ObedientRecognizer()

    def warm(self, queue: str) -> None: ...


def workshop(settings: Settings) -> StandIns:
    return StandIns()


WORKSHOP = "tests.jobs.stand_ins:workshop"
