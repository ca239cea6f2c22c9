"""One lecture posted by many at the same moment."""

from __future__ import annotations

import http
import threading
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks.chaos.findings import Findings
from benchmarks.chaos.place import SAMPLES, Place
from benchmarks.chaos.web import Web, start_web

WORKERS = 2

LECTURE_ID = 7


def run(place: Place, *, posts: int) -> Findings:
    """Post the same id so often in parallel, and then other input; no worker runs."""
    web = start_web(place, workers=WORKERS)
    same = Counter(_at_once(web, posts, body(place.folder, "The lecture.")))
    other = Counter(_at_once(web, posts // 10, body(place.folder, "Another lecture.")))
    findings = Findings()
    findings.note("posts", posts)
    findings.note("answers", {f"{status} {message}": n for (status, message), n in same.items()})
    findings.exactly("accepted", sum(n for (status, _), n in same.items() if status == 200), posts)
    findings.exactly("started", same[200, "Generation started"], 1)
    findings.exactly("generations", place.job(LECTURE_ID).generation, 1)
    refused = sum(n for (status, _), n in other.items() if status == http.HTTPStatus.CONFLICT)
    findings.exactly("other_input_refused", refused, posts // 10)
    findings.at_least("processes_that_answered", len(web.pids("POST")), WORKERS)
    return findings


def body(folder: Path, text: str, *, lecture_id: int = LECTURE_ID) -> dict[str, Any]:
    """A request that the examiner accepts."""
    name = f"lecture-{lecture_id}-{len(text)}.txt"
    (folder / name).write_text(text, encoding="utf-8")
    return {
        "id": lecture_id,
        "face_path": str(SAMPLES / "lecturer-woman.jpg"),
        "voice_path": str(SAMPLES / "voice.wav"),
        "lecture_text_path": str(folder / name),
        "generated_dir_path": str(folder / f"out-{lecture_id}"),
        "language": "en",
    }


def _at_once(web: Web, number: int, asked: Mapping[str, Any]) -> list[tuple[int, str]]:
    """Status and sentence (without its detail) of every answer."""
    together = threading.Barrier(number)

    def post(_number: int) -> tuple[int, str]:
        together.wait()
        status, envelope = web.post(asked)
        return status, str(envelope["message"]).partition(":")[0]

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(post, range(number)))
