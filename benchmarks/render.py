"""Speech, face and whole lectures: what a second of video costs, and how it grows.

``speech`` and ``frames`` measure the two stages by themselves, in this process and what it
starts; ``first`` and ``again`` run ``python -m app render`` with an empty folder of its own,
so that nothing is reused, then once more, so that everything is; ``growth`` does so for
longer and longer lectures.  CPU seconds count every process.
"""

from __future__ import annotations

import tempfile
import time
import wave
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

import config
from app.engines import registry
from app.engines.configured import places
from app.engines.face.meshwarp.engine import MeshWarp
from app.engines.face.meshwarp.options import MeshWarpOptions
from app.portrait import read_picture
from app.ports.face import FRAMES_PER_SECOND
from app.ports.speech import Speech
from app.ports.work import untold
from benchmarks.rendering import PORTRAIT, SAMPLES, Used, cpu_seconds, lecture_of, render

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


class _NeverCancelled:
    def check(self) -> None:
        """Go on."""


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
            yield {"case": "first", "size": size, **render(place, size, text).figures()}
            if size == 512:
                again = render(place, size, text, "--restart")
                yield {"case": "again", "size": size, **again.figures()}
    yield from _growth()


def _speech() -> tuple[Speech, dict[str, object]]:
    """A paragraph in the voice nearest to the sample."""
    engine = registry.create("speech", "kokoro", {}, places(config.load()))
    engine.load()
    voice = engine.voice(SAMPLES / "voice.wav")
    engine.synthesize(SPOKEN, voice, "en", _NeverCancelled(), untold)
    before, started = cpu_seconds(), time.perf_counter()
    speech: Speech = engine.synthesize(SPOKEN, voice, "en", _NeverCancelled(), untold)
    wall, cpu = time.perf_counter() - started, cpu_seconds() - before
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
            before, started = cpu_seconds(), time.perf_counter()
            engine.animate(
                face,
                sound,
                speech.visemes,
                folder / "clip.mp4",
                cancel=_NeverCancelled(),
                progress=untold,
            )
            runs.append((cpu_seconds() - before, time.perf_counter() - started))
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
    lengths: list[Used] = []
    for minutes in MINUTES:
        with tempfile.TemporaryDirectory() as folder:
            lengths.append(render(Path(folder), 512, lecture_of(minutes)))
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
