"""The whole way of the sample lecture, cold and warm.

Runs ``python -m app render`` with an empty folder of its own, so that nothing is reused,
then once more, so that everything is.  CPU seconds count every process of it.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import config

SAMPLES = config.ROOT / "samples"
SIZES = (256, 512, 1080)


def measure() -> Iterator[dict[str, object]]:
    """One line per size for a first render, one for a repeated one."""
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            yield {"case": "first", "size": size, **_render(place, size)}
            if size == 512:
                yield {"case": "again", "size": size, **_render(place, size, "--restart")}


def _render(place: Path, size: int, *more: str) -> dict[str, object]:
    out = place / "out"
    command = [sys.executable, "-m", "app", "render", "--id", "1", "--out", str(out)]
    command += ["--face", str(SAMPLES / "lecturer-woman.jpg")]
    command += ["--voice", str(SAMPLES / "voice.wav"), "--text", str(SAMPLES / "lecture-en.txt")]
    environment = os.environ | {
        "VIDEOLECTURE_PATHS__DATA": str(place / "data"),
        "VIDEOLECTURE_PATHS__LOGS": str(place / "logs"),
        "VIDEOLECTURE_JOBS__DATABASE_URL": f"sqlite:///{place / 'data' / 'jobs.db'}",
    }
    before, started = _children_cpu(), time.perf_counter()
    subprocess.run(
        [*command, "--size", str(size), *more],
        cwd=config.ROOT,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wall, cpu = time.perf_counter() - started, _children_cpu() - before
    manifest = json.loads((out / "final" / "manifest_1.json").read_text(encoding="utf-8"))
    seconds = manifest["duration"]
    return {
        "video_seconds": seconds,
        "wall_seconds": round(wall, 2),
        "cpu_seconds": round(cpu, 2),
        "real_time_factor": round(wall / seconds, 3),
        "cpu_seconds_per_second": round(cpu / seconds, 3),
    }


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
