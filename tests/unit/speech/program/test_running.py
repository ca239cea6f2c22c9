from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from app.engines.speech.common.program.running import run
from app.errors import Cancelled, EngineCrashed, EngineStalled, EngineUnavailable
from tests.unit.speech.conftest import Switch

Program = Callable[[str], Path]


def do(path: Path, folder: Path, *, timeout: float = 20.0, cancel: Switch | None = None) -> Path:
    result = folder / "result"
    run([path], given="тайна", result=result, timeout=timeout, cancel=cancel or Switch())
    return result


def ended(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_a_program_reads_the_text_and_writes_its_result(program: Program, tmp_path: Path) -> None:
    assert do(program("cat >result"), tmp_path).read_text(encoding="utf-8") == "тайна"


def test_a_cancelled_program_is_dead_at_once_with_what_it_started(
    program: Program, tmp_path: Path
) -> None:
    path = program(
        f"sleep 60 & echo $! >{tmp_path}/pid.part\nmv {tmp_path}/pid.part {tmp_path}/pid\nwait"
    )
    begun = time.monotonic()
    with pytest.raises(Cancelled):
        do(path, tmp_path, cancel=Switch(after=0.5))
    # Half a second until it is asked; the program itself would take a minute.
    assert time.monotonic() - begun < 10
    child = int((tmp_path / "pid").read_text())
    deadline = time.monotonic() + 5
    while not ended(child) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert ended(child)


def test_a_program_that_hangs_is_ended_after_its_time(program: Program, tmp_path: Path) -> None:
    with pytest.raises(EngineStalled, match=r"took longer than 0\.2 s"):
        do(program("sleep 60"), tmp_path, timeout=0.2)


@pytest.mark.parametrize("lines", ["exit 0", "echo тайна >&2; exit 3", ": >result", "kill -9 $$"])
def test_a_program_without_a_result_has_crashed_and_nothing_is_quoted(
    program: Program, tmp_path: Path, lines: str
) -> None:
    with pytest.raises(EngineCrashed, match="spoke nothing: exit status") as error:
        do(program(lines), tmp_path)
    assert "тайна" not in str(error.value)


def test_success_is_the_result_and_not_the_exit_status(program: Program, tmp_path: Path) -> None:
    assert do(program("echo sound >result; exit 1"), tmp_path).is_file()


def test_a_program_that_is_missing_or_none_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no program", encoding="utf-8")
    for path in (tmp_path / "absent", tmp_path / "text"):
        with pytest.raises(EngineUnavailable, match=f"cannot start {path}"):
            do(path, tmp_path)


def test_a_program_does_not_see_the_settings_of_the_service(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROKER_PASSWORD", "hush")
    seen = do(program("env >result; pwd >>result"), tmp_path).read_text(encoding="utf-8")
    assert "hush" not in seen
    assert f"HOME={tmp_path}" in seen
    assert os.environ["PATH"] in seen
