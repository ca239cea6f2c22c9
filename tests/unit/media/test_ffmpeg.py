from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from app.errors import Cancelled, DiskFull, EngineUnavailable, MediaError
from app.media.ffmpeg import Ffmpeg, locate, run
from tests.process.family import gone
from tests.unit.media.conftest import After

ENDLESS = ["-re", "-f", "lavfi", "-i", "anullsrc", "-f", "null", "-"]
"""Arguments that keep ffmpeg busy until somebody kills it."""


def script(path: Path, text: str) -> Path:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def test_a_given_program_is_preferred(tmp_path: Path) -> None:
    program = script(tmp_path / "my-ffmpeg", "exit 0")
    assert locate(program) == program


def test_a_given_path_that_is_no_program_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailable, match=r"no ffmpeg program at .*/nothing"):
        locate(tmp_path / "nothing")


@pytest.mark.parametrize("installed", [True, False])
def test_the_systems_program_comes_before_the_wheels(tmp_path: Path, installed: bool) -> None:
    if installed:
        script(tmp_path / "ffmpeg", "exit 0")
    code = "from app.media.ffmpeg import locate; print(locate())"
    found = subprocess.run(
        [sys.executable, "-c", code],
        env={"PATH": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    assert (found == str(tmp_path / "ffmpeg")) is installed
    assert "imageio_ffmpeg" in found or installed


def test_importing_the_package_loads_no_numpy() -> None:
    code = "import app.media, app.media.ffmpeg, sys; print('numpy' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "False"


def test_a_command_is_started_without_a_shell(tmp_path: Path) -> None:
    hostile = tmp_path / "$(touch owned).wav"
    with pytest.raises(MediaError):
        run(["-i", f"file:{hostile}", "-f", "null", "-"], purpose="reading it", timeout=10)
    assert list(tmp_path.iterdir()) == []


def test_standard_output_is_returned() -> None:
    arguments = ["-f", "lavfi", "-i", "anullsrc=r=8000:cl=mono", "-t", "1", "-f", "s16le", "-"]
    assert run(arguments, purpose="making silence", timeout=10) == bytes(16000)


def test_a_failure_names_its_purpose_and_nothing_that_ffmpeg_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    secret = tmp_path / "secret-place.wav"
    with caplog.at_level(logging.WARNING), pytest.raises(MediaError) as caught:
        run(["-i", str(secret), "-f", "null", "-"], purpose="reading the sample", timeout=10)
    assert "reading the sample" in str(caught.value)
    assert "secret-place" not in str(caught.value)
    assert "No such file" in caplog.text


def test_what_ffmpeg_says_is_kept_within_bounds(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    chatty = script(tmp_path / "ffmpeg", "yes complaint | head -c 3000000 >&2; exit 1")
    with caplog.at_level(logging.WARNING), pytest.raises(MediaError):
        run([], purpose="talking", timeout=20, ffmpeg=chatty)
    assert 0 < len(caplog.records) <= 40


def test_a_full_disk_is_told_as_such() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no device that is always full")
    arguments = ["-f", "lavfi", "-i", "anullsrc", "-t", "9", "-f", "s16le", "-y", "file:/dev/full"]
    with pytest.raises(DiskFull, match="writing the sound"):
        run(arguments, purpose="writing the sound", timeout=10)


def test_a_cancelled_run_ends_within_half_a_second() -> None:
    started = time.monotonic()
    with Ffmpeg(ENDLESS, purpose="waiting") as child:
        with pytest.raises(Cancelled):
            child.wait(timeout=30, cancel=After(0.1))
        assert not psutil.pid_exists(child.pid)
    assert time.monotonic() - started < 0.6 + 1.0  # the second for a busy machine


def test_a_run_past_its_deadline_is_killed() -> None:
    with Ffmpeg(ENDLESS, purpose="waiting for nothing") as child:
        with pytest.raises(MediaError, match=r"longer than 0.2 s at waiting for nothing"):
            child.wait(timeout=0.2)
        assert not psutil.pid_exists(child.pid)


def test_descendants_are_killed_too(tmp_path: Path) -> None:
    if shutil.which("sleep") is None:
        pytest.skip("no sleep program")
    note = tmp_path / "pid"
    parent = script(tmp_path / "ffmpeg", f"sleep 60 >/dev/null 2>&1 & echo $! > '{note}'; wait")
    with Ffmpeg([], purpose="sleeping", ffmpeg=parent) as child, pytest.raises(Cancelled):
        while not (note.exists() and note.read_text().strip()):
            time.sleep(0.01)
        descendant = psutil.Process(int(note.read_text()))
        child.wait(timeout=20, cancel=After(0.0))
    assert gone([descendant])
