"""The host's end of the line protocol, as small as a test needs it."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

import config

Frames = npt.NDArray[np.uint8]


@dataclass
class Clip:
    """What one ``animate`` gave."""

    closing: dict[str, Any]
    events: list[dict[str, Any]]
    frames: Frames | None = None


@dataclass
class Bridge:
    """A running bridge."""

    process: subprocess.Popen[str]
    place: Path
    log: Path
    events: list[dict[str, Any]] = field(default_factory=list)

    def send(self, **request: Any) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()

    def next(self) -> dict[str, Any]:
        """The next event; fails when the bridge has ended."""
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, f"the bridge has ended: {self.log.read_text(encoding='utf-8')[-2000:]}"
        event: dict[str, Any] = json.loads(line)
        self.events.append(event)
        return event

    def until(self, *names: str) -> dict[str, Any]:
        """The next event of one of these names, or the error instead of it."""
        while True:
            event = self.next()
            if event["event"] in (*names, "error"):
                return event

    def ask(self, do: str, closing: str, **request: Any) -> dict[str, Any]:
        """One request without frames."""
        self.send(do=do, **request)
        return self.until(closing, "cancelled")

    def animate(
        self,
        job: str,
        image: Path,
        sound: Path,
        n_frames: int,
        *,
        seed: int = 7,
        keep: bool = True,
        cancel_after: float | None = None,
        folder: Path | None = None,
        **options: Any,
    ) -> Clip:
        """One clip, its frames read from the pipe."""
        pipe = self.place / f"frames-{job}"
        os.mkfifo(pipe)
        reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        seen = len(self.events)
        self.send(
            do="animate",
            job=job,
            image=str(image),
            folder=str(folder or self.place / "analysis"),
            sound=str(sound),
            frames=str(pipe),
            n_frames=n_frames,
            seed=seed,
            options=options,
        )
        if cancel_after is not None:
            threading.Timer(cancel_after, lambda: self.send(do="cancel", job=job)).start()
        event = self.until("picture", "animated", "cancelled")
        frames = None
        if event["event"] == "picture":
            os.set_blocking(reading, True)
            height, width = event["height"], event["width"]
            data = _read(reading, keep=keep)
            event = self.until("animated", "cancelled")
            if keep and event["event"] == "animated":
                frames = np.frombuffer(data, np.uint8).reshape(-1, height, width, 3)
        os.close(reading)
        return Clip(event, self.events[seen:], frames)

    def close(self) -> int:
        """End of requests; the exit status."""
        assert self.process.stdin
        self.process.stdin.close()
        return self.process.wait(timeout=60)


def _read(file: int, *, keep: bool) -> bytes:
    pieces = []
    while piece := os.read(file, 1 << 20):
        if keep:
            pieces.append(piece)
    return b"".join(pieces)


@contextlib.contextmanager
def bridge(
    python: Path, checkout: Path, weights: Path, place: Path, **environment: str
) -> Iterator[Bridge]:
    """A bridge in the private folder ``place``, with the shim."""
    work = place / "work"
    work.mkdir(parents=True)
    for name, home in (("checkpoints", weights), ("gfpgan", weights), ("src", checkout)):
        (work / name).symlink_to(home / name)
    log = place / "log.txt"
    with log.open("w", encoding="utf-8") as opened:
        process = subprocess.Popen(
            [python, "-m", "sadtalker_bridge", "sadtalker", "--checkout", checkout],
            cwd=work,
            env=surroundings(place, **environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=opened,
            text=True,
            start_new_session=True,
        )
    try:
        yield Bridge(process, place, log)
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            with contextlib.suppress(BrokenPipeError):
                assert stream
                stream.close()


def surroundings(place: Path, **more: str) -> dict[str, str]:
    """Environment of SadTalker's interpreter: nothing is written beside its files."""
    cache = place / "cache"
    shim = config.ROOT / "tests" / "sadtalker_real" / "shim"
    known = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {
        **known,
        "PYTHONPATH": os.pathsep.join([str(shim), str(config.ROOT)]),
        "PYTHONUNBUFFERED": "1",
        "PYTHONPYCACHEPREFIX": str(cache / "pycache"),
        "MPLCONFIGDIR": str(cache / "matplotlib"),
        "NUMBA_CACHE_DIR": str(cache / "numba"),
        "TORCH_HOME": str(cache / "torch"),
        "OMP_NUM_THREADS": "2",
        **more,
    }
