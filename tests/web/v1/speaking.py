"""Stands in for the workers that say something: a tone for each word, by way of the real store."""

from __future__ import annotations

import math
import struct
import threading
import time
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.bootstrap import Services
from app.ports.speech import VoiceUsed, Word
from app.steps.record import SpeechRecord
from app.steps.speak import SOUND
from app.steps.utterance import utterance_of
from tests.web.v1.conftest import Place, Program
from tests.web.v1.files import A_RECORDING, a_form

WORD_SECONDS = 0.1
SILENCE_SECONDS = 0.05
"""Before and after each sentence."""

USED = VoiceUsed("preset_matched", "af_heart", 0.9)


def a_voice(program: Program, name: str = "Mine.wav", **fields: Any) -> str:
    """The id of one that is stored now."""
    answer = program.post("/voices", **a_form("sample", A_RECORDING, name, **fields))
    assert answer.status_code == 201, answer.text
    return str(answer.get_json()["id"])


@contextmanager
def impatient(place: Place, seconds: float) -> Iterator[None]:
    """Whoever wants to hear something waits no longer than that."""
    # Settings cannot be changed, and those that are defaults are shared.
    settings = place.services.settings.server.__dict__
    usual, settings["speech_seconds"] = settings["speech_seconds"], seconds
    try:
        yield
    finally:
        settings["speech_seconds"] = usual


def free_places(place: Place) -> int:
    """How many more may wait."""
    taken = 0
    while place.services.listeners.acquire(blocking=False):
        taken += 1
    for _ in range(taken):
        place.services.listeners.release()
    return taken


class Speakers:
    """Say what is ordered, as long as they may."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._stopping = threading.Event()
        self.said: list[str] = []
        """What was said, in order."""
        self.may_go_on = threading.Event()
        """Until then the first sentence is all that is said."""
        self.may_go_on.set()

    def work(self) -> None:
        while not self._stopping.is_set():
            paused = bool(self.said) and not self.may_go_on.is_set()
            if paused or not self.say_next():
                time.sleep(0.01)

    def stop(self) -> None:
        self._stopping.set()

    def say_next(self) -> bool:
        """Say a sentence; ``False`` when none is ordered."""
        store, artifacts = self._services.store, self._services.artifacts
        claim = store.claim(("speech",), owner="speakers", lease_seconds=30.0)
        if claim is None:
            return False
        kept = artifacts.find(claim.step.input_hash)
        if kept is None and claim.content.kind == "utterance":
            text = utterance_of(claim.content).fragment(claim.step.number).plain
            if "MUMBLE" in text:
                store.fail(claim, "fragment_not_spoken", "it mumbles", retryable=False)
                return True
            work = artifacts.work_dir(claim)
            say(text, work)
            self.said.append(text)  # before anybody can hear it
            kept = artifacts.keep(work, claim.step.input_hash)
        store.finish(claim, {} if kept is None else artifacts.sums(kept))
        return True


def say(text: str, folder: Path) -> None:
    """Leave there what a speech step leaves."""
    words = text.split()
    seconds = 2 * SILENCE_SECONDS + WORD_SECONDS * len(words)
    with wave.open(str(folder / SOUND), "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(24000)
        silence = bytes(round(2 * 24000 * SILENCE_SECONDS))
        wav.writeframes(silence + tone(WORD_SECONDS * len(words)) + silence)
    times = [SILENCE_SECONDS + WORD_SECONDS * number for number in range(len(words))]
    spoken = tuple(Word(word, at, at + WORD_SECONDS) for word, at in zip(words, times, strict=True))
    SpeechRecord("kokoro", USED, seconds, spoken).write(folder)


def tone(seconds: float) -> bytes:
    """440 Hz, no sample of which is silent."""
    values = (
        round(8000 * math.sin(2 * math.pi * 440 * n / 24000)) or 1
        for n in range(round(24000 * seconds))
    )
    return b"".join(struct.pack("<h", value) for value in values)


@contextmanager
def speakers(place: Place) -> Iterator[Speakers]:
    """Some that speak until the end of the block."""
    with speaking(Speakers(place.services)) as some:
        yield some


@contextmanager
def speaking(some: Speakers) -> Iterator[Speakers]:
    """These speak until the end of the block."""
    thread = threading.Thread(target=some.work)
    thread.start()
    try:
        yield some
    finally:
        some.may_go_on.set()
        some.stop()
        thread.join()
