"""Whole lectures made by ``python -m app render``, and what they cost."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

import config
from benchmarks.quality.texts.drill import drill

SAMPLES = config.ROOT / "samples"
PORTRAIT = SAMPLES / "lecturer-woman.jpg"

BETWEEN_LOOKS = 0.1
"""Seconds between two looks at the memory of a render."""

WORDS_PER_MINUTE = 150
"""Of Kokoro's English, about."""

PARAGRAPHS_PER_SLIDE = 3


@dataclass(frozen=True, slots=True)
class Memory:
    """At one moment of a render."""

    seconds: float
    """Since it began."""
    largest: float
    """MB, of the largest process."""
    together: float
    """MB, of all processes; what they share counts several times."""


@dataclass(frozen=True, slots=True)
class Used:
    """By a lecture that was rendered."""

    seconds: float
    """Of video."""
    wall: float
    cpu: float
    memory: Sequence[Memory]

    @property
    def peak_rss(self) -> float:
        """MB, of the largest process."""
        return max(moment.largest for moment in self.memory)

    def figures(self) -> dict[str, object]:
        return {
            "video_seconds": self.seconds,
            "wall_seconds": round(self.wall, 2),
            "cpu_seconds": round(self.cpu, 2),
            "real_time_factor": round(self.wall / self.seconds, 3),
            "cpu_seconds_per_second": round(self.cpu / self.seconds, 3),
            "peak_rss_mb": round(self.peak_rss),
            "peak_rss_together_mb": round(max(moment.together for moment in self.memory)),
        }


def lecture_of(minutes: int) -> str:
    """Made-up paragraphs of about so many minutes, on slides; no fragment is like another.

    Equal fragments would be made once and used again.
    """
    wanted = minutes * WORDS_PER_MINUTE
    paragraphs: list[str] = []
    for paragraph in drill("en", wanted):
        if sum(len(said.split()) for said in paragraphs) >= wanted:
            break
        paragraphs.append(paragraph)
    slides = [
        "\n\n".join(paragraphs[start : start + PARAGRAPHS_PER_SLIDE])
        for start in range(0, len(paragraphs), PARAGRAPHS_PER_SLIDE)
    ]
    return "\n_;\n".join(slides)


def render(place: Path, size: int, text: str, *more: str) -> Used:
    """Render a text in an empty folder with the sample's face and voice.

    Args:
        place: Holds everything, so that only what is rendered there again is reused.
        size: Of the crop, pixels.
        more: Further arguments of the command.

    Raises:
        RuntimeError: It failed; with what it said.
    """
    out, script = place / "out", place / "lecture.txt"
    script.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "app", "render", "--id", "1", "--out", str(out)]
    command += ["--face", str(PORTRAIT), "--voice", str(SAMPLES / "voice.wav")]
    command += ["--text", str(script), "--size", str(size), *more]
    environment = os.environ | {
        "VIDEOLECTURE_PATHS__DATA": str(place / "data"),
        "VIDEOLECTURE_PATHS__LOGS": str(place / "logs"),
        "VIDEOLECTURE_JOBS__DATABASE_URL": f"sqlite:///{place / 'data' / 'jobs.db'}",
    }
    before, started = cpu_seconds(), time.perf_counter()
    complaints = place / "complaints.txt"
    with (
        complaints.open("wb") as heard,
        subprocess.Popen(
            command, cwd=config.ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=heard
        ) as child,
    ):
        memory = _watched(child)
    if child.returncode != 0:
        said = complaints.read_text(encoding="utf-8", errors="replace")
        raise RuntimeError(f"render ended with status {child.returncode}: {said[-2000:]}")
    wall, cpu = time.perf_counter() - started, cpu_seconds() - before
    manifest = json.loads((out / "final" / "manifest_1.json").read_text(encoding="utf-8"))
    return Used(manifest["duration"], wall, cpu, memory)


def cpu_seconds() -> float:
    """Of this process and of all that it started and that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _watched(child: subprocess.Popen[bytes]) -> list[Memory]:
    """Wait for the end, and look at the memory meanwhile."""
    begun = time.perf_counter()
    moments: list[Memory] = []
    root = psutil.Process(child.pid)
    while child.poll() is None:
        sizes = [_rss(process) for process in (root, *_family(root))]
        moments.append(Memory(time.perf_counter() - begun, max(sizes), sum(sizes)))
        time.sleep(BETWEEN_LOOKS)
    return moments


def _family(root: psutil.Process) -> list[psutil.Process]:
    try:
        return list(root.children(recursive=True))
    except psutil.NoSuchProcess:
        return []


def _rss(process: psutil.Process) -> float:
    try:
        return float(process.memory_info().rss) / 1e6
    except psutil.NoSuchProcess:
        return 0.0
