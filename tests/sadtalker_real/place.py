"""The real checkout and its interpreter, as the environment names them, with made-up weights."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
import wave
from dataclasses import dataclass
from pathlib import Path

import config
from app.media.ffmpeg import locate

HERE = Path(__file__).parent
SAMPLES = config.ROOT / "samples"

UNSET = "SADTALKER_DIR and SAD_TALKER_PYTHON are not set"

LINKED = ("src", "inference.py")


@dataclass(frozen=True)
class Place:
    """Where SadTalker lies."""

    checkout: Path
    python: Path
    weights: Path
    """Folder of ``checkpoints`` and ``gfpgan`` with random weights, kept between runs."""

    def fabricate(self, *more: str) -> None:
        """Make the weights that are not there yet."""
        subprocess.run(
            [self.python, HERE / "fabricate.py", self.checkout, self.weights, *more],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def furnished(self, folder: Path) -> Path:
        """A checkout made of links: the real code, the random weights."""
        folder.mkdir(parents=True)
        for name in LINKED:
            (folder / name).symlink_to(self.checkout / name)
        for name in ("checkpoints", "gfpgan"):
            (folder / name).symlink_to(self.weights / name)
        return folder

    def interpreter(self, folder: Path) -> Path:
        """Its interpreter with the shim, whatever else is on the path for modules."""
        script = folder / "python"
        shim, python = shlex.quote(str(HERE / "shim")), shlex.quote(str(self.python))
        script.write_text(
            f'#!/bin/sh\nPYTHONPATH={shim}:"$PYTHONPATH" exec {python} "$@"\n', encoding="utf-8"
        )
        script.chmod(0o755)
        return script

    def path_with_ffmpeg(self, folder: Path) -> str:
        """``PATH`` on which SadTalker finds the service's own ffmpeg."""
        programs = folder / "programs"
        programs.mkdir(exist_ok=True)
        if not (programs / "ffmpeg").exists():
            (programs / "ffmpeg").symlink_to(locate(None).absolute())
        return os.pathsep.join([str(programs), os.environ.get("PATH", os.defpath)])


def find() -> Place | None:
    """What ``SADTALKER_DIR`` and ``SAD_TALKER_PYTHON`` name, or None."""
    checkout, python = os.environ.get("SADTALKER_DIR"), os.environ.get("SAD_TALKER_PYTHON")
    if not checkout or not python:
        return None
    cache = os.environ.get("SADTALKER_WEIGHTS") or Path(tempfile.gettempdir()) / "sadtalker-weights"
    return Place(Path(checkout).absolute(), Path(python).absolute(), Path(cache).absolute())


def speech(target: Path, seconds: float, *, start: float = 0.0) -> Path:
    """A piece of the sample voice, repeated when it is too short; 24 kHz mono WAV."""
    with wave.open(str(SAMPLES / "voice.wav"), "rb") as opened:
        parameters, data = opened.getparams(), opened.readframes(opened.getnframes())
    width = parameters.sampwidth * parameters.nchannels
    offset = round(start * parameters.framerate) * width % len(data)
    wanted = round(seconds * parameters.framerate) * width
    endless = data[offset:] + data * (wanted // len(data) + 1)
    with wave.open(str(target), "wb") as written:
        written.setparams(parameters)
        written.writeframes(endless[:wanted])
    return target
