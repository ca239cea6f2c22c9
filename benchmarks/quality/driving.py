"""The speech that every portrait is made to say: two fragments whose visemes are known."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

import config
from app.engines import registry
from app.media.audio import read_wav, write_speech
from app.phonetics import Viseme
from app.ports.face import FRAMES_PER_SECOND
from app.ports.sound import SAMPLE_RATE
from app.ports.speech import Speech, SpeechEngine
from benchmarks.quality import texts
from benchmarks.quality.commanded import commanded_opening
from benchmarks.quality.judges.sighting import Floats
from benchmarks.quality.keeping import Place, identity_of

if TYPE_CHECKING:
    from app.ports.sound import Samples

VOICE = "af_heart"
PAUSE = 1.2
"""Seconds of silence between the paragraphs of a fragment: long enough to come to rest."""
_PARAGRAPHS_EACH = 2


class GoOn:
    """Nobody cancels a measurement."""

    def check(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Fragment:
    """One piece of driving sound."""

    sound: Path
    visemes: tuple[Viseme, ...]

    def samples(self) -> Samples:
        return read_wav(self.sound)[0]

    def commanded(self) -> Floats:
        samples, rate = read_wav(self.sound)
        return commanded_opening(self.visemes, samples, rate)


def driving(place: Place) -> tuple[Fragment, ...]:
    """The fragments, spoken once and kept."""
    folder = place.of("driving")
    paragraphs = texts.paragraphs("face")
    groups = [
        paragraphs[start : start + _PARAGRAPHS_EACH]
        for start in range(0, len(paragraphs), _PARAGRAPHS_EACH)
    ]
    mark = folder / "identity"
    identity = identity_of(texts.file_of("face"), more=f"{VOICE} {PAUSE}")
    if not mark.is_file() or mark.read_text() != identity:
        _speak(groups, folder)
        mark.write_text(identity)
    return tuple(_read(folder / f"{number}.wav") for number in range(len(groups)))


def _speak(groups: list[list[str]], folder: Path) -> None:
    places = {"models_dir": config.ROOT / "models"}
    engine: SpeechEngine = registry.create("speech", "kokoro", {"voice": VOICE}, places)
    engine.load()
    voice = engine.voice(config.ROOT / "samples" / "voice.wav")
    for number, group in enumerate(groups):
        spoken = [engine.synthesize(text, voice, "en", GoOn()) for text in group]
        speech = joined(spoken, PAUSE)
        target = folder / f"{number}.wav"
        write_speech(speech, target)
        visemes = json.dumps([asdict(viseme) for viseme in speech.visemes])
        target.with_suffix(".json").write_text(visemes, encoding="utf-8")
    engine.close()


def joined(spoken: list[Speech], pause: float) -> Speech:
    """Several speeches with silence between them, as one."""
    parts: list[Samples] = []
    visemes: list[Viseme] = []
    now = 0.0
    for speech in spoken:
        visemes += [Viseme(v.name, v.start + now, v.end + now) for v in speech.visemes]
        parts += [speech.samples, np.zeros(round(pause * speech.rate), np.float32)]
        now += (speech.samples.size + parts[-1].size) / speech.rate
    samples = np.concatenate(parts[:-1])
    return Speech(samples, spoken[0].rate, spoken[0].voice, visemes=tuple(visemes))


def _read(sound: Path) -> Fragment:
    noted = json.loads(sound.with_suffix(".json").read_text(encoding="utf-8"))
    return Fragment(sound, tuple(Viseme(**viseme) for viseme in noted))


def over_all(fragments: tuple[Fragment, ...]) -> tuple[Samples, tuple[Viseme, ...], list[int]]:
    """Sound and visemes of all fragments in a row, and the frames at which each begins."""
    parts, visemes, starts = [], [], []
    done = 0
    for fragment in fragments:
        samples = fragment.samples()
        now = done / SAMPLE_RATE
        starts.append(round(now * FRAMES_PER_SECOND))
        visemes += [Viseme(v.name, v.start + now, v.end + now) for v in fragment.visemes]
        parts.append(samples)
        done += samples.size
    return np.concatenate(parts), tuple(visemes), starts
