"""``python -m app clean``."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import config
from tests.e2e.conftest import environment_of

pytestmark = pytest.mark.slow


def clean(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app", "clean", *arguments],
        cwd=config.ROOT,
        env=environment_of(place, place / "models"),
        capture_output=True,
        text=True,
        check=False,
    )


def an_old_artifact(place: Path) -> Path:
    home = place / "data" / "artifacts" / "ab" / ("ab" * 32)
    home.mkdir(parents=True)
    (home / "clip.mp4").write_bytes(bytes(2_000_000))
    then = time.time() - 31 * 86_400
    os.utime(home, (then, then))
    return home


def test_clean_tells_and_then_removes_what_is_old(tmp_path: Path) -> None:
    home = an_old_artifact(tmp_path)
    told = clean(tmp_path, "--older-than", "30d", "--dry-run")
    assert told.returncode == 0, told.stderr
    assert told.stdout.splitlines()[0] == "artifacts        1 would be removed, 2.0 MB"
    assert home.exists()
    assert "removed, 2.0 MB" in clean(tmp_path, "--older-than", "30d").stdout
    assert not home.exists()


def test_clean_removes_what_a_killed_process_was_receiving(tmp_path: Path) -> None:
    received = tmp_path / "data" / "library" / "staging" / "dead" / "part-0"
    received.parent.mkdir(parents=True)
    received.write_bytes(bytes(2_000_000))
    told = clean(tmp_path, "--older-than", "30d", "--dry-run")
    assert "library          1 would be removed, 2.0 MB" in told.stdout
    assert received.exists()
    clean(tmp_path, "--older-than", "30d")
    assert not received.parent.exists()


@pytest.mark.parametrize("age", ["30", "d", "-1d", "1y"])
def test_an_age_that_cannot_be_understood_is_refused(tmp_path: Path, age: str) -> None:
    done = clean(tmp_path, f"--older-than={age}")
    assert done.returncode == 2
    assert "30d" in done.stderr
