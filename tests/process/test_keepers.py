"""A ``SIGKILL`` of a process ends what it has started, whatever part of the service it is.

The workers' children are killed in ``tests/jobs``, SadTalker's in ``tests/bridge``, the
service as a whole in ``tests/e2e``.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psutil
import pytest

import config
from tests.process.family import family_of, runs, wait_until, wait_until_gone

CALLERS = {
    "a speech program": """
from app.engines.speech.common.program.running import run
from tests.unit.speech.conftest import Switch
run([program], given="", result=folder / "result", timeout=60, cancel=Switch())
""",
    "ffmpeg": """
from app.media.ffmpeg import run
run([], purpose="sleeping", timeout=60, ffmpeg=program)
""",
    "the examiner and its ffmpeg": """
from app.examiner import Examiner
Examiner(ffmpeg=program).check_voice(folder / "program", "0" * 64)
""",
}


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program that starts another one, which leaves the family, and tells that it did."""
    path = tmp_path / "program"
    path.write_text(f"#!/bin/sh\nsetsid sleep 60 &\ntouch '{tmp_path}/begun'\nwait\n")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("keeper", CALLERS)
def test_nothing_outlives_a_killed_caller(keeper: str, program: Path) -> None:
    places = f"from pathlib import Path; program = Path({str(program)!r}); folder = program.parent"
    caller = subprocess.Popen(
        [sys.executable, "-c", places + CALLERS[keeper]], cwd=config.ROOT, stderr=subprocess.DEVNULL
    )
    try:
        wait_until((program.parent / "begun").exists)
        wait_until(lambda: any(p.name() == "sleep" for p in family_of(caller.pid)))
        family = family_of(caller.pid)
    finally:
        caller.kill()
        caller.wait()
    wait_until_gone(family)
    assert not [p for p in psutil.process_iter() if str(program) in _words(p) and runs(p)]


def _words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []
