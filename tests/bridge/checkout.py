"""A stand-in checkout with an interpreter of its own, made in a folder of the test's choice."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

_SOURCE = Path(__file__).parent / "stand_in_checkout"
_WEIGHTS = (
    "checkpoints/SadTalker_V0.0.2_256.safetensors",
    "checkpoints/SadTalker_V0.0.2_512.safetensors",
    "checkpoints/mapping_00109-model.pth.tar",
    "checkpoints/mapping_00229-model.pth.tar",
    "gfpgan/weights/alignment_WFLW_4HG.pth",
    "gfpgan/weights/detection_Resnet50_Final.pth",
)


@pytest.fixture(scope="session")
def interpreter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment of Python 3.8 whose only packages are the stand-in's."""
    python = python38()
    if python is None:
        pytest.skip("no Python 3.8 here: set SAD_TALKER_TEST_PYTHON")
    folder = tmp_path_factory.mktemp("interpreter") / "venv"
    subprocess.run([python, "-m", "venv", "--without-pip", folder], check=True)
    packages = folder / "lib" / "python3.8" / "site-packages"
    shutil.copytree(_SOURCE / "interpreter", packages, dirs_exist_ok=True)
    return folder


@dataclass(frozen=True)
class Checkout:
    """A checkout that does what a test wants of it."""

    folder: Path

    @property
    def record(self) -> Path:
        """File in which it notes what it does, a word per line."""
        return self.folder.with_name(self.folder.name + ".record")

    @property
    def arguments(self) -> Path:
        """JSON file with the arguments of its program's last run."""
        return self.record.with_suffix(".arguments")

    def behave(self, **wanted: Any) -> None:
        """From now on; see ``stand_in_checkout/src/behaviour.py``."""
        text = json.dumps({"record": str(self.record), **wanted})
        part = self.record.with_suffix(".part")
        part.write_text(text, encoding="utf-8")
        part.replace(self.folder / "behaviour.json")

    def times(self, place: str) -> int:
        """How often it reached a place: ``load``, ``analysis``, ``render``."""
        return self.record.read_text(encoding="utf-8").split().count(place)

    def files(self) -> set[str]:
        """All files below it but its interpreter's."""
        found = set()
        for folder, _, names in os.walk(self.folder):
            found |= {os.path.relpath(Path(folder) / name, self.folder) for name in names}
        return found


def python38() -> Path | None:
    """A Python 3.8 of this machine: the variable's, that on PATH, one of pyenv's."""
    candidates = [os.environ.get("SAD_TALKER_TEST_PYTHON"), shutil.which("python3.8")]
    if pyenv := shutil.which("pyenv"):
        root = subprocess.run([pyenv, "root"], capture_output=True, text=True, check=True)
        versions = Path(root.stdout.strip()) / "versions"
        candidates += map(str, sorted(versions.glob("3.8.*/bin/python")))
    for candidate in candidates:
        if candidate and _is_38(candidate):
            return Path(candidate)
    return None


def _is_38(program: str) -> bool:
    try:
        told = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.SubprocessError):
        return False
    return told.stdout.startswith("Python 3.8.")


def make_checkout(folder: Path, interpreter: Path) -> Checkout:
    """A checkout with small weights; its interpreter is where the service looks for it."""
    shutil.copytree(_SOURCE, folder, ignore=shutil.ignore_patterns("interpreter", "__pycache__"))
    for name in _WEIGHTS:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"no weights")
    (folder / "venv").symlink_to(interpreter)
    checkout = Checkout(folder)
    checkout.record.touch()
    checkout.behave()
    return checkout
