"""The drill: hundreds of paragraphs, only to see whether a sentence is ever lost.

Takes about half the time that they take to speak, so what is done is kept every 20 paragraphs.
A sentence that Whisper did not hear need not be missing in the sound: such a paragraph is heard
again sentence by sentence.  What is still not heard is noted, so that a person can listen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import config
from app.engines import registry
from app.ports.speech import SpeechEngine
from benchmarks.quality.driving import GoOn
from benchmarks.quality.judges.again import sentence_by_sentence
from benchmarks.quality.judges.hearing import Listener
from benchmarks.quality.judges.words import Understood, judge_words, together
from benchmarks.quality.keeping import Place, identity_of, sources
from benchmarks.quality.saying import SAMPLE, Case
from benchmarks.quality.texts.drill import TABLES, drill

_KEPT_EVERY = 20


@dataclass(frozen=True, slots=True)
class Drill:
    """One case and what it needs."""

    place: Place
    case: Case
    identity: str
    listener: Listener


def drill_all(place: Place, cases: list[Case], count: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Speak so many paragraphs with every case; go on where an earlier run stopped."""
    listener = Listener()
    program = sources("app/engines/speech", "benchmarks/quality/texts")
    for case in cases:
        identity = identity_of(SAMPLE, TABLES, more=f"{case.name} {program}")
        found = place.kept("drill", case.name, identity) or _nothing(place, case)
        if "figures" in found:
            found = _go_on(Drill(place, case, identity, listener), found, count)
        else:
            place.keep("drill", case.name, identity, found)
        yield case.name, found


def _nothing(place: Place, case: Case) -> dict[str, Any]:
    lacks = registry.card("speech", case.engine).lacks({}, _places(place))
    return {"skipped": lacks} if lacks else _found([], [])


def _go_on(drilled: Drill, found: dict[str, Any], count: int) -> dict[str, Any]:
    place, case = drilled.place, drilled.case
    done = found["figures"]["paragraphs"]
    if done >= count:
        return found
    engine: SpeechEngine = registry.create("speech", case.engine, {}, _places(place))
    engine.load()
    voice = engine.voice(SAMPLE)
    sums, lost = [Understood(**found["sums"])], list(found["lost"])
    heard_twice = found["figures"]["heard_twice"]
    paragraphs = islice(drill(case.language, count), done, None)
    for number, text in enumerate(paragraphs, start=done + 1):
        speech = engine.synthesize(text, voice, case.language, GoOn())
        heard = drilled.listener.write_down(speech, case.language)
        judged = judge_words(text, heard, case.language)
        if judged.dropped or judged.cut:
            again = sentence_by_sentence(text, speech, case.language, drilled.listener.write_down)
            judged, heard = judge_words(text, again, case.language), f"{heard} | {again}"
            heard_twice += 1
        sums.append(judged)
        if judged.dropped or judged.cut:
            lost.append({"number": number, "text": text, "heard": heard})
        if number % _KEPT_EVERY == 0 or number == count:
            found = _found(sums, lost, number, heard_twice)
            place.keep("drill", case.name, drilled.identity, found)
    engine.close()
    return found


def _found(
    sums: list[Understood],
    lost: list[dict[str, Any]],
    paragraphs: int = 0,
    heard_twice: int = 0,
) -> dict[str, Any]:
    whole = together(sums)
    return {
        "figures": {
            "paragraphs": paragraphs,
            "heard_twice": heard_twice,
            "sentences": whole.sentences,
            "sentences_dropped": whole.dropped,
            "sentences_cut": whole.cut,
        },
        "sums": asdict(whole),
        "lost": lost,
    }


def _places(place: Place) -> dict[str, Path]:
    return {"models_dir": config.ROOT / "models", "cache_dir": place.of("cache")}
