"""One sentence of a long lecture is edited; the engines are real, those of the configuration."""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import psutil

from app import bootstrap, ids
from app.access.keys import DEFAULT_TENANT
from app.jobs.store.store import JobState
from app.library.items import Kind, New
from benchmarks.chaos import family
from benchmarks.chaos.findings import Findings
from benchmarks.chaos.place import SAMPLES, Place, wait_until
from benchmarks.chaos.posts import body
from benchmarks.chaos.web import Web, start_web

SLIDES = 6
FRAGMENTS_PER_SLIDE = 10
SENTENCES_PER_FRAGMENT = 5
EDITED = 133
"""Number of the sentence that is edited, from 0."""

EDITED_SLIDE = 30

ASK_SECONDS = 0.5

NOUNS = (
    *("Packets", "Bridges", "Letters", "Rivers", "Signals", "Engines", "Numbers", "Students"),
    *("Planets", "Teachers", "Copies", "Ships", "Wires", "Oceans", "Networks", "Clocks", "Maps"),
)
VERBS = (
    *("travel", "arrive", "wait", "return", "change", "grow", "work", "help", "answer", "move"),
    *("stop", "begin", "remain"),
)
"""As many as nouns have no common divisor with, so that pairs come again late."""

WARM_SECONDS = 120.0
RENDER_SECONDS = 500.0

WARM_ID, LECTURE_ID = 1, 2


def run(place: Place) -> Findings:
    """Make a lecture of 60 fragments, and then the same with one other sentence."""
    web = start_web(place, workers=1)
    place.start([sys.executable, "-m", "app", "worker"], place.environment())
    # Whatever is loaded once is no part of either figure.
    _make(place, web, WARM_ID, ["Engines are loaded. Every model is warm."], WARM_SECONDS)
    sentences = _sentences(SLIDES * FRAGMENTS_PER_SLIDE * SENTENCES_PER_FRAGMENT)
    full_wall, full_cpu = _make(place, web, LECTURE_ID, _slides(sentences), RENDER_SECONDS)
    findings = Findings()
    findings.note("fragments", place.ledger.rendered(LECTURE_ID).get("speech", 0))
    findings.note("full_wall_seconds", round(full_wall, 2))
    findings.note("full_cpu_seconds", _rounded(full_cpu))
    sentences[EDITED] = "Nobody waits."
    wall, cpu = _make(place, web, LECTURE_ID, _slides(sentences), RENDER_SECONDS)
    rendered = place.ledger.rendered(LECTURE_ID)
    alone = place.ledger.seconds_rendering(LECTURE_ID, ("speech", "face"))
    findings.note("rendered", rendered)
    findings.exactly("speech_steps", rendered.get("speech", 0), 1)
    findings.exactly("face_steps", rendered.get("face", 0), 1)
    findings.note("fragment_seconds", round(alone, 2))
    findings.at_most("edit_wall_seconds", round(wall, 2), round(alone + 2.0, 2))
    findings.note("edit_cpu_seconds", _rounded(cpu))
    findings.at_least("cpu_ratio", round(sum(full_cpu.values()) / sum(cpu.values()), 1), 40.0)
    return findings


def _sentences(number: int) -> list[str]:
    """Short ones; no five in a row come twice where a fragment could begin."""
    return [f"{NOUNS[at % len(NOUNS)]} {VERBS[at % len(VERBS)]}." for at in range(number)]


def _rounded(seconds: dict[str, float]) -> dict[str, float]:
    return {
        name: round(value, 2) for name, value in (*seconds.items(), ("all", sum(seconds.values())))
    }


def _slides(sentences: Sequence[str]) -> list[str]:
    """The text of each slide."""
    step = FRAGMENTS_PER_SLIDE * SENTENCES_PER_FRAGMENT
    return [" ".join(sentences[at : at + step]) for at in range(0, len(sentences), step)]


def run_by_api(place: Place) -> Findings:
    """Make a lecture of 60 slides by the API, and then another text of one of them by PATCH."""
    web = start_web(place, workers=1)
    place.start([sys.executable, "-m", "app", "worker"], place.environment())
    named = _stored(place)
    warm = {**named, "text": "Engines are loaded."}
    _called(place, web, "POST", "/lectures", warm, seconds=WARM_SECONDS)
    sentences = _sentences(SLIDES * FRAGMENTS_PER_SLIDE * SENTENCES_PER_FRAGMENT)
    step = SENTENCES_PER_FRAGMENT
    slides = [
        {"text": " ".join(sentences[at : at + step])} for at in range(0, len(sentences), step)
    ]
    full_wall, full_cpu, made = _called(
        place, web, "POST", "/lectures", {**named, "slides": slides}, seconds=RENDER_SECONDS
    )
    findings = Findings()
    findings.note("slides", len(slides))
    findings.note("full_wall_seconds", round(full_wall, 2))
    findings.note("full_cpu_seconds", _rounded(full_cpu))
    change = {"slides": [{"number": EDITED_SLIDE, "text": "Nobody waits for this one."}]}
    wall, cpu, edited = _called(
        place, web, "PATCH", f"/lectures/{made['id']}", change, seconds=RENDER_SECONDS
    )
    findings.exactly("steps_made", edited["steps_total"] - edited["steps_reused"], 4)
    findings.note("edit_wall_seconds", round(wall, 2))
    findings.note("edit_cpu_seconds", _rounded(cpu))
    findings.at_least("cpu_ratio", round(sum(full_cpu.values()) / sum(cpu.values()), 1), 40.0)
    return findings


def _stored(place: Place) -> dict[str, str]:
    """A face and a voice of the library, without a look at them."""
    library = bootstrap.library(place.settings, place.store)
    named = {"language": "en"}
    for kind, file in ((Kind.AVATAR, "lecturer-woman.jpg"), (Kind.VOICE, "voice.wav")):
        with library.staging() as folder:
            writer = folder.writer("sent", 10_000_000)
            writer.write((SAMPLES / file).read_bytes())
            item = library.add(New(kind, DEFAULT_TENANT, file, [], {}), writer.finish())
        named[kind.value] = ids.told(kind.prefix, item.id)
    return named


def _called(
    place: Place, web: Web, method: str, path: str, body: dict[str, Any], *, seconds: float
) -> tuple[float, dict[str, float], dict[str, Any]]:
    """Have a lecture made by the API; wall and CPU seconds, and what is told of it in the end."""
    before, started = _cpu_seconds(place), time.monotonic()
    status, told = web.call(method, path, body)
    assert status == 202, told

    def ended() -> bool:
        time.sleep(ASK_SECONDS)  # each question is a call of the API, and counts as one
        told.update(web.call("GET", f"/lectures/{told['id']}")[1])
        return told["state"] in ("done", "failed", "cancelled")

    wait_until(ended, seconds, f"lecture {told['id']}")
    wall = time.monotonic() - started
    assert told["state"] == "done", told["error"]
    after = _cpu_seconds(place)
    return wall, {name: after[name] - before[name] for name in after}, told


def _make(
    place: Place, web: Web, lecture_id: int, slides: Sequence[str], seconds: float
) -> tuple[float, dict[str, float]]:
    """Post a lecture and wait for its end; wall and CPU seconds, the web process's included."""
    before, started = _cpu_seconds(place), time.monotonic()
    status, envelope = web.post(body(place.folder, "_;".join(slides), lecture_id=lecture_id))
    assert status == 200, envelope
    wait_until(lambda: place.ended(lecture_id), seconds, f"lecture {lecture_id}")
    wall = time.monotonic() - started
    job = place.job(lecture_id)
    assert job.state is JobState.DONE, job.error_message
    after = _cpu_seconds(place)
    return wall, {name: after[name] - before[name] for name in after}


def _cpu_seconds(place: Place) -> dict[str, float]:
    """What the processes of a place have used, those that have ended included, by their task."""
    used: dict[str, float] = defaultdict(float)
    for process in family.marked(place.mark):
        try:
            used[_task(process.cmdline())] += sum(process.cpu_times()[:4])
        except psutil.NoSuchProcess:
            continue
    return used


def _task(command: Sequence[str]) -> str:
    """The queue of a worker's child; ``worker``, or ``web`` with the examiner."""
    if "--warm" in command:
        return command[command.index("--warm") + 1]
    return "worker" if "worker" in command else "web"
