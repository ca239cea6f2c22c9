"""A speech engine for the tests of the bridge: a tone of 0.1 s for each word.

``python -m sadtalker_bridge speaker [--word-seconds SECONDS] [--wordless] [--mumbling]``, where a
copy of ``sadtalker_bridge`` holds this package; Python 3.8 reads it.
"""

from __future__ import annotations

import argparse
import math
import struct
import time
import wave
from collections.abc import Sequence
from typing import Any

from sadtalker_bridge import memory
from sadtalker_bridge.engine import Engine, Verb
from sadtalker_bridge.errors import BridgeError
from sadtalker_bridge.protocol import Job

RATE = 16000
WORD = RATE // 10


def engine(arguments: Sequence[str]) -> Engine:
    """The engine that these arguments describe."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--word-seconds", type=float, default=0.0, help="taken for a word")
    parser.add_argument("--wordless", action="store_true", help="no times of words")
    parser.add_argument("--mumbling", action="store_true", help="words without times")
    print("what a model prints is no event")
    return Engine({"speak": Verb(Speaker(parser.parse_args(arguments)).speak, "spoken")}, diagnose)


def diagnose(error: BaseException) -> BridgeError | None:
    """One failure has a code; all others are told by their kind."""
    return BridgeError("bad_sound", "no folder for it") if isinstance(error, OSError) else None


class Speaker:
    """Answers ``speak``: ``job``, ``text``, ``sound``."""

    def __init__(self, wanted: Any) -> None:
        self._wanted = wanted

    def speak(self, message: dict[str, Any], job: Job) -> dict[str, Any]:
        """Write the sound of a text."""
        words = message["text"].split()
        with wave.open(message["sound"], "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(RATE)
            for number in range(len(words)):
                self._pronounce(number, len(words), job)
                tone = (round(9000 * math.sin(n * 0.1)) for n in range(WORD))
                sound.writeframes(struct.pack(f"<{WORD}h", *tone))
        told: dict[str, Any] = {
            "rate": RATE,
            "samples": len(words) * WORD,
            "rss": memory.resident_bytes(),
        }
        if not self._wanted.wordless:
            told["words"] = [self._timed(word, number) for number, word in enumerate(words)]
        return told

    def _timed(self, word: str, number: int) -> dict[str, Any]:
        if self._wanted.mumbling:
            return {"text": word}
        return {"text": word, "start": number * 0.1, "end": (number + 1) * 0.1}

    def _pronounce(self, number: int, total: int, job: Job) -> None:
        end = time.monotonic() + self._wanted.word_seconds
        job.check()
        while time.monotonic() < end:
            time.sleep(0.01)
            job.check()
        job.progress("speech", number + 1, total)
