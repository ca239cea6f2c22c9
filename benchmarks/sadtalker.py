"""What SadTalker costs beside rendering: five fragments of one lecture, three ways.

``former``: SadTalker's program per fragment, as the former service ran it; ``oneshot``: the
same through this service's engine, which also encodes the clip with the original sound;
``warm``: models and face kept in memory.  The generator is replaced by a copy of the
picture, so that the fixed cost shows: on a CPU the generator takes 9 CPU seconds for each
frame, on a GPU next to nothing.  Needs ``SADTALKER_DIR`` and ``SAD_TALKER_PYTHON``.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from app.engines import registry
from app.ports.face import FaceEngine
from tests.sadtalker_real import place

FRAGMENTS = 5
SECONDS = 3.2
FACE = place.SAMPLES / "lecturer-woman.jpg"


class _GoOn:
    def check(self) -> None: ...


def measure() -> Iterator[dict[str, object]]:
    """A line for each way."""
    found = place.find()
    if found is None:
        yield {"skipped": place.UNSET}
        return
    os.environ["SHIM_RENDER"] = "stub"
    os.environ["OMP_NUM_THREADS"] = "2"
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder)
        found.fabricate()
        checkout = found.furnished(there / "checkout")
        python = found.interpreter(there)
        sounds = [
            place.speech(there / f"{number}.wav", SECONDS, start=SECONDS * number)
            for number in range(FRAGMENTS)
        ]
        path = found.path_with_ffmpeg(there)
        ways: dict[str, Callable[[list[Path]], None]] = {
            "former": lambda some: _former(python, checkout, some, path),
            "oneshot": lambda some: _engine("oneshot", python, checkout, some, there),
            "warm": lambda some: _engine("warm", python, checkout, some, there),
        }
        for way in ways.values():
            way(sounds[:1])  # compiled modules and files in memory, for all alike
        figures = {name: _cost(way, sounds) for name, way in ways.items()}
    former = figures["former"]["cpu_seconds"]
    for name, cost in figures.items():
        less = round(former / cost["cpu_seconds"], 2)
        yield {"case": name, "fragments": FRAGMENTS, **cost, "times_less_cpu_than_former": less}


def _former(python: Path, checkout: Path, sounds: list[Path], path: str) -> None:
    surroundings = dict(os.environ)
    # As where it is installed: compiled once.  Not beside the code, which stays as it is.
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    surroundings["PYTHONPYCACHEPREFIX"] = str(checkout.parent / "compiled")
    for sound in sounds:
        results = sound.with_suffix(".results")
        command: list[str | Path] = [python, checkout / "inference.py", "--driven_audio", sound]
        command += ["--source_image", FACE, "--result_dir", results]
        subprocess.run(
            command,
            cwd=checkout,
            env={**surroundings, "PYTHONPATH": str(checkout), "PATH": path},
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def _engine(mode: str, python: Path, checkout: Path, sounds: list[Path], there: Path) -> None:
    cache = there / "cache"
    shutil.rmtree(cache / "sadtalker" / "faces", ignore_errors=True)
    options = {
        "mode": mode,
        "sad_talker_dir_path": checkout,
        "sad_talker_python_path": python,
        "cache_dir": cache,
        "device": "cpu",
    }
    engine: FaceEngine = registry.create("face", "sadtalker", options, {"models_dir": there})
    try:
        engine.load()
        face = engine.prepare(FACE)
        for number, sound in enumerate(sounds):
            target = there / f"{mode}-{number}.mp4"
            engine.animate(face, sound, (), target, cancel=_GoOn(), progress=lambda _: None)
    finally:
        engine.close()


def _cost(way: Callable[[list[Path]], None], sounds: list[Path]) -> dict[str, float]:
    """Of all processes together; files mapped into memory are not among the bytes read."""
    started, cpu, read = time.perf_counter(), _cpu_seconds(), _bytes_read()
    way(sounds)
    return {
        "wall_seconds": round(time.perf_counter() - started, 2),
        "cpu_seconds": round(_cpu_seconds() - cpu, 2),
        "gigabytes_read": round((_bytes_read() - read) / 1e9, 2),
    }


def _cpu_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def _bytes_read() -> int:
    """By this process and, as the kernel adds them, by its children that have ended."""
    lines = Path("/proc/self/io").read_text(encoding="ascii").splitlines()
    return int(dict(line.split(": ") for line in lines)["rchar"])
