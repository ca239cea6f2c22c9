"""The speech part: every paragraph is spoken by an engine, and the sound is judged."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import soundfile

import config
from app.engines import registry
from app.ports.speech import Speech, SpeechEngine
from benchmarks.quality import texts
from benchmarks.quality.driving import GoOn
from benchmarks.quality.judges.again import sentence_by_sentence
from benchmarks.quality.judges.hearing import Listener
from benchmarks.quality.judges.level import WANTED, in_a_row, judge_level
from benchmarks.quality.judges.naturalness import Critic
from benchmarks.quality.judges.voice import judge_voice, of_sample
from benchmarks.quality.judges.words import Understood, judge_words, together
from benchmarks.quality.keeping import Place, identity_of, sources

SAMPLE = config.ROOT / "samples" / "voice.wav"


@dataclass(frozen=True, slots=True)
class Case:
    """An engine that speaks a language."""

    engine: str
    language: str

    @property
    def name(self) -> str:
        return f"{self.engine}/{self.language}"


@dataclass(frozen=True, slots=True)
class Jury:
    """What is loaded once for all paragraphs."""

    listener: Listener
    critic: Critic


def say(place: Place, cases: list[Case], most: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Speak and judge, unless that is done; name of each case and what was found.

    Args:
        place: Where everything is kept; each paragraph by itself.
        cases: Whoever cannot run here is reported as skipped.
        most: Paragraphs of each language.
    """
    jury = Jury(Listener(), Critic())
    program = sources("app/engines/speech", "benchmarks/quality/judges")
    for case in cases:
        paragraphs = texts.paragraphs(case.language)[:most]
        identity = identity_of(SAMPLE, more=f"{case.name} {paragraphs} {program}")
        found = place.kept("speech", case.name, identity)
        if found is None:
            found = _one(place, case, paragraphs, jury)
            place.keep("speech", case.name, identity, found)
        yield case.name, found


def _one(place: Place, case: Case, paragraphs: list[str], jury: Jury) -> dict[str, Any]:
    places = {"models_dir": config.ROOT / "models", "cache_dir": place.of("cache")}
    if lacks := registry.card("speech", case.engine).lacks({}, places):
        return {"skipped": lacks}
    engine: SpeechEngine = registry.create("speech", case.engine, {}, places)
    engine.load()
    voice = engine.voice(SAMPLE)
    spoken, understood, rows = [], [], []
    begun = time.process_time()
    for text in paragraphs:
        spoken.append(engine.synthesize(text, voice, case.language, GoOn()))
    cpu = time.process_time() - begun
    engine.close()
    for number, (text, speech) in enumerate(zip(paragraphs, spoken, strict=True), start=1):
        heard = jury.listener.write_down(speech, case.language)
        understood.append(_judged(text, heard, speech, case.language, jury.listener))
        row = {"number": number, "text": text, "heard": heard}
        rows.append({**row, **_understood(understood[-1]), **_heard(speech, jury)})
    _keep_sound(place, case, spoken)
    figures = _figures(understood, rows, spoken)
    figures["cpu_seconds_per_second"] = cpu / float(figures["seconds"])
    return {
        "figures": {name: round(value, 4) for name, value in figures.items()},
        "voice": asdict(spoken[0].voice),
        "paragraphs": rows,
    }


def _judged(text: str, heard: str, speech: Speech, language: str, listener: Listener) -> Understood:
    """Error rates of what was heard; a sentence that seems lost gets a second hearing."""
    judged = judge_words(text, heard, language)
    if not (judged.dropped or judged.cut):
        return judged
    again = sentence_by_sentence(text, speech, language, listener.write_down)
    second = judge_words(text, again, language)
    return replace(judged, dropped=second.dropped, cut=second.cut)


def _understood(understood: Understood) -> dict[str, Any]:
    return {
        "wer": round(understood.wer, 2),
        "cer": round(understood.cer, 2),
        "dropped": understood.dropped,
        "cut": understood.cut,
    }


def _heard(speech: Speech, jury: Jury) -> dict[str, Any]:
    level, opinion = judge_level(speech), jury.critic.judge(speech)
    return {
        "loudness": round(level.loudness, 2),
        "true_peak": round(level.true_peak, 2),
        "mos": round(opinion.overall, 3),
        "mos_speech": round(opinion.speech, 3),
        "seconds": round(speech.samples.size / speech.rate, 2),
    }


def _figures(
    understood: list[Understood], rows: list[dict[str, object]], spoken: list[Speech]
) -> dict[str, float]:
    whole = in_a_row(spoken)
    sums, level = together(understood), judge_level(whole)
    likeness = judge_voice(whole, of_sample(SAMPLE))

    def column(name: str) -> list[float]:
        return [float(str(row[name])) for row in rows]

    return {
        "wer": sums.wer,
        "cer": sums.cer,
        "words": sums.words,
        "sentences": sums.sentences,
        "sentences_dropped": sums.dropped,
        "sentences_cut": sums.cut,
        "loudness_error": max(abs(value - WANTED) for value in column("loudness")),
        "lecture_loudness": level.loudness,
        "lecture_loudness_error": abs(level.loudness - WANTED),
        "true_peak": max(column("true_peak")),
        "mos": float(np.mean(column("mos"))),
        "mos_speech": float(np.mean(column("mos_speech"))),
        "similarity": likeness.similarity,
        "similarity_floor": likeness.floor,
        "similarity_overstated": likeness.overstated,
        "seconds": whole.samples.size / whole.rate,
    }


def _keep_sound(place: Place, case: Case, spoken: list[Speech]) -> None:
    """Each paragraph as FLAC, for listening, and when its mouth shapes are seen."""
    folder = place.of("sounds", case.engine, case.language)
    for number, speech in enumerate(spoken, start=1):
        soundfile.write(folder / f"{number:03}.flac", speech.samples, speech.rate)
        visemes = json.dumps([asdict(viseme) for viseme in speech.visemes])
        (folder / f"{number:03}.json").write_text(visemes, encoding="utf-8")
