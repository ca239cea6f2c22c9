"""Lectures whose steps are done, with files of stand-in content in their places."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from app.access.keys import DEFAULT_TENANT
from app.disk.folder import open_folder
from app.jobs.store.job import Claim
from app.jobs.store.store import Store
from tests.unit.jobs.lectures import a_lecture_in, claim, submission_of

MANIFEST = {
    "duration": 3.5,
    "slides": [{"number": 1, "duration": 3.5}],
    "fragments": [{"number": 1, "duration": 1.5}, {"number": 2, "duration": 2.0}],
}

PROFILE = {
    "engine": "kokoro",
    "language": "en",
    "fidelity": "preset_matched",
    "nearest": "af_heart",
    "similarity": 0.9,
    "seconds": 2.5,
}


def submit(
    store: Store, folder: Path, *texts: str, number: int = 7, tenant: str = DEFAULT_TENANT
) -> Path:
    """A lecture whose results go into ``out`` in a folder, which is returned."""
    from dataclasses import replace

    output = folder / "out"
    output.mkdir(exist_ok=True)
    lecture = a_lecture_in(folder, *texts, lecture_id=number)
    submission = submission_of(lecture, tenant=tenant, restart=False)
    with open_folder(output.resolve()) as opened:
        store.submit(replace(submission, output_identity=opened.identity))
    return output


def content(name: str) -> bytes:
    """What stands in for a file of that name in an artifact."""
    known = {"manifest.json": MANIFEST, "profile.json": PROFILE}
    return json.dumps(known[name]).encode() if name in known else f"{name} ".encode() * 5000


def finish(store: Store, *queues: str) -> Claim | None:
    """Do a step that is ready; ``None`` when none is."""
    taken = claim(store, *queues)
    if taken is None:
        return None
    made = {path: content(name) for name, path in taken.step.places.items()}
    sums = {path: hashlib.sha256(some).hexdigest() for path, some in made.items()}
    store.publishing(taken, sums)
    for path, some in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(some)
    named = {name: sums[path] for name, path in taken.step.places.items()}
    store.finish(taken, named)
    return taken


def finish_all(store: Store) -> None:
    while finish(store):
        pass
