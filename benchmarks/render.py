"""Speech, face and whole lectures: what a second of video costs, and how it grows.

``speech`` and ``frames`` measure the two stages by themselves, in this process and what it
starts; ``first`` and ``again`` run ``python -m app render`` with an empty folder of its own,
so that nothing is reused, then once more, so that everything is; ``growth`` does so for
longer and longer lectures.  CPU seconds count every process.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import wave
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import psutil

import config
from app.bootstrap import places
from app.engines import registry
from app.engines.face.meshwarp.engine import MeshWarp
from app.engines.face.meshwarp.options import MeshWarpOptions
from app.portrait import read_picture
from app.ports import FRAMES_PER_SECOND, Speech, untold

SAMPLES = config.ROOT / "samples"
PORTRAIT = SAMPLES / "lecturer-woman.jpg"
SIZES = (256, 512, 1080)
MINUTES = (1, 10)
"""Lengths of lectures that are made; the hour is reckoned from them."""

HOUR = 60
REPEATS = 5
"""Of each clip; the fastest counts, for other programs can only add."""

SPOKEN = (
    "Good morning, and welcome. Today we ask a simple question. "
    "How can a message cross an ocean of unreliable machines, and still arrive whole?"
)
BETWEEN_LOOKS = 0.1
"""Seconds between two looks at the memory of a render."""


class _NeverCancelled:
    def check(self) -> None:
        """Go on."""


@dataclass(frozen=True, slots=True)
class _Used:
    """By a lecture that was rendered."""

    seconds: float
    """Of video."""
    wall: float
    cpu: float
    peak_rss: float
    """MB, of the largest process."""
    peak_rss_together: float
    """MB, of all processes at one moment."""

    def figures(self) -> dict[str, object]:
        return {
            "video_seconds": self.seconds,
            "wall_seconds": round(self.wall, 2),
            "cpu_seconds": round(self.cpu, 2),
            "real_time_factor": round(self.wall / self.seconds, 3),
            "cpu_seconds_per_second": round(self.cpu / self.seconds, 3),
            "peak_rss_mb": round(self.peak_rss),
            "peak_rss_together_mb": round(self.peak_rss_together),
        }


def measure() -> Iterator[dict[str, object]]:
    """The stages by themselves, then whole lectures, then longer ones."""
    with tempfile.TemporaryDirectory() as folder:
        speech, figures = _speech()
        yield figures
        yield from _frames(speech, Path(folder))
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            text = (SAMPLES / "lecture-en.txt").read_text(encoding="utf-8")
            yield {"case": "first", "size": size, **_render(place, size, text).figures()}
            if size == 512:
                again = _render(place, size, text, "--restart")
                yield {"case": "again", "size": size, **again.figures()}
    yield from _growth()


def _speech() -> tuple[Speech, dict[str, object]]:
    """A paragraph in the voice nearest to the sample."""
    engine = registry.create("speech", "kokoro", {}, places(config.load()))
    engine.load()
    voice = engine.voice(SAMPLES / "voice.wav")
    engine.synthesize(SPOKEN, voice, "en", _NeverCancelled(), untold)
    before, started = _cpu(), time.perf_counter()
    speech: Speech = engine.synthesize(SPOKEN, voice, "en", _NeverCancelled(), untold)
    wall, cpu = time.perf_counter() - started, _cpu() - before
    engine.close()
    seconds = len(speech.samples) / speech.rate
    return speech, {
        "case": "speech",
        "engine": "kokoro",
        "speech_seconds": round(seconds, 2),
        "real_time_factor": round(wall / seconds, 3),
        "cpu_seconds_per_second": round(cpu / seconds, 3),
    }


def _frames(speech: Speech, folder: Path) -> Iterator[dict[str, object]]:
    """What a frame costs by size, from the mouth's movement to the finished MP4."""
    sound = _written(speech, folder / "speech.wav")
    wide = _wide_picture(folder / "wide.png")
    cases = [(f"crop {size}", PORTRAIT, MeshWarpOptions(size=size)) for size in SIZES]
    cases.append(("full 1920x1080", wide, MeshWarpOptions(preprocess="full")))
    for name, picture, options in cases:
        engine = MeshWarp(options)
        engine.load()
        started = time.perf_counter()
        face = engine.prepare(picture)
        prepared = time.perf_counter() - started
        runs = []
        for _ in range(REPEATS):
            before, started = _cpu(), time.perf_counter()
            engine.animate(
                face,
                sound,
                speech.visemes,
                folder / "clip.mp4",
                cancel=_NeverCancelled(),
                progress=untold,
            )
            runs.append((_cpu() - before, time.perf_counter() - started))
        engine.close()
        seconds = len(speech.samples) / speech.rate
        n_frames = -(-len(speech.samples) * FRAMES_PER_SECOND // speech.rate)
        yield {
            "case": "frames",
            "picture": name,
            "cpu_ms_per_frame": round(min(cpu for cpu, _ in runs) / n_frames * 1e3, 2),
            "real_time_factor": round(min(wall for _, wall in runs) / seconds, 3),
            "prepare_seconds": round(prepared, 2),
        }


def _growth() -> Iterator[dict[str, object]]:
    """Cost and memory of longer lectures, and of an hour by the straight line through them."""
    lengths: list[_Used] = []
    for minutes in MINUTES:
        with tempfile.TemporaryDirectory() as folder:
            lengths.append(_render(Path(folder), 512, _long_text(minutes)))
        yield {"case": "growth", "size": 512, "minutes": minutes, **lengths[-1].figures()}
    short, long = lengths[0], lengths[-1]
    apart = (long.seconds - short.seconds) / 60.0
    left = HOUR - long.seconds / 60.0
    cpu_slope = (long.cpu - short.cpu) / apart
    memory_slope = (long.peak_rss - short.peak_rss) / apart
    yield {
        "case": "growth",
        "size": 512,
        "minutes": HOUR,
        "reckoned_from_minutes": list(MINUTES),
        "cpu_seconds": round(long.cpu + left * cpu_slope),
        "cpu_seconds_per_minute": round(cpu_slope, 2),
        "peak_rss_mb": round(long.peak_rss + left * memory_slope),
        "rss_mb_per_minute": round(memory_slope, 2),
    }


def _long_text(minutes: int) -> str:
    """The sample lecture, a minute long, so many times; no part is like another.

    Equal fragments would be made once and used again.
    """
    slides = (SAMPLES / "lecture-en.txt").read_text(encoding="utf-8").split("_;")
    parts = [
        f"\nThis is part {number + 1}.\n{slide.strip()}\n"
        for number, slide in enumerate(s for _ in range(minutes) for s in slides if s.strip())
    ]
    return "_;".join(parts)


def _render(place: Path, size: int, text: str, *more: str) -> _Used:
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
    before, started = _cpu(), time.perf_counter()
    complaints = place / "complaints.txt"
    with (
        complaints.open("wb") as heard,
        subprocess.Popen(
            command, cwd=config.ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=heard
        ) as child,
    ):
        largest, together = _watched(child)
    if child.returncode != 0:
        said = complaints.read_text(encoding="utf-8", errors="replace")
        raise RuntimeError(f"render ended with status {child.returncode}: {said[-2000:]}")
    wall, cpu = time.perf_counter() - started, _cpu() - before
    manifest = json.loads((out / "final" / "manifest_1.json").read_text(encoding="utf-8"))
    return _Used(manifest["duration"], wall, cpu, largest, together)


def _watched(child: subprocess.Popen[bytes]) -> tuple[float, float]:
    """Wait for the end; peak memory of the largest process and of all at once, MB."""
    largest = together = 0.0
    root = psutil.Process(child.pid)
    while child.poll() is None:
        sizes = [_rss(process) for process in (root, *_family(root))]
        largest, together = max(largest, *sizes), max(together, sum(sizes))
        time.sleep(BETWEEN_LOOKS)
    return largest, together


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


def _wide_picture(target: Path) -> Path:
    """The sample before a blurred background, 1920 by 1080, its face about 420 pixels high."""
    picture = read_picture(PORTRAIT)[..., ::-1]
    large = cv2.resize(picture, (1300, 1300), interpolation=cv2.INTER_CUBIC)[110:1190]
    wide = cv2.GaussianBlur(cv2.resize(picture, (1920, 1080)), (0, 0), 30.0)
    wide[:, 310:1610] = large
    cv2.imwrite(str(target), wide)
    return target


def _written(speech: Speech, target: Path) -> Path:
    with wave.open(str(target), "wb") as opened:
        opened.setnchannels(1)
        opened.setsampwidth(2)
        opened.setframerate(speech.rate)
        opened.writeframes((np.clip(speech.samples, -1, 1) * 32767.0).astype("<i2").tobytes())
    return target


def _cpu() -> float:
    """CPU seconds of this process and of all that it started and that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)
