"""Looks side by side, by real processes in which a stand-in looks."""

from __future__ import annotations

import errno
import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from app.errors import Busy, LectureError, VoiceSampleError
from app.examiner import Examiner, pool
from tests.process.family import wait_until

SLEEPS = "sleep"
COMPUTES = "compute"


@pytest.fixture
def start() -> Iterator[Callable[..., Examiner]]:
    started: list[Examiner] = []

    def examiner(processes: int = 2, seconds: float = 20.0) -> Examiner:
        module = "tests.unit.examiner.looks"
        started.append(
            Examiner(processes=processes, seconds=seconds, own_seconds=1.0, module=module)
        )
        return started[-1]

    yield examiner
    for each in started:
        each.close()


def look(examiner: Examiner, folder: Path, said: str, name: str = "a", tenant: str = "") -> str:
    path = folder / name
    path.write_text(said)
    return examiner.check_voice(path, name, tenant=tenant)


def looks(folder: Path) -> list[str]:
    """The names of the files that were looked at."""
    place = folder / "looks"
    return [line.split()[0] for line in place.read_text().splitlines()] if place.exists() else []


def examiners() -> list[psutil.Process]:
    """Children of this process that are examiners, or what is left of one."""
    return [child for child in psutil.Process(os.getpid()).children() if _is_examiner(child)]


def _is_examiner(child: psutil.Process) -> bool:
    try:
        return "tests.unit.examiner.looks" in child.cmdline()
    except psutil.ZombieProcess:
        return True
    except psutil.NoSuchProcess:
        return False


def in_the_background(task: Callable[[], object]) -> threading.Thread:
    def run() -> None:
        try:
            task()
        except LectureError:
            return

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_looks_go_on_side_by_side(start: Callable[..., Examiner], tmp_path: Path) -> None:
    examiner = start(processes=2)
    with ThreadPoolExecutor() as threads:
        met = [
            threads.submit(look, examiner, tmp_path, "meet m 2", name) for name in ("one", "two")
        ]
        assert [each.result(20) for each in met] == ["meet", "meet"]


def test_while_a_look_is_taken_another_process_is_made_ready(
    start: Callable[..., Examiner], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    examiner = start()
    sleeping = in_the_background(lambda: look(examiner, tmp_path, SLEEPS, "long"))
    wait_until(lambda: len(examiners()) == 2)
    monkeypatch.setattr(pool.Pool, "prepare", lambda _pool: None)
    ready = {each.pid for each in examiners()}
    assert look(examiner, tmp_path, "ok", "short") == "ok"
    assert {each.pid for each in examiners()} == ready
    examiner.close()
    sleeping.join()


def test_a_process_that_was_made_ready_takes_the_first_look(
    start: Callable[..., Examiner], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    examiner = start()
    examiner.prepare()
    examiner.prepare()
    wait_until(lambda: len(examiners()) == 1)
    monkeypatch.setattr(pool.Pool, "prepare", lambda _pool: None)
    ready = {each.pid for each in examiners()}
    assert look(examiner, tmp_path, "ok") == "ok"
    assert {each.pid for each in examiners()} == ready


def test_two_processes_are_enough_for_one_look_after_the_other(
    start: Callable[..., Examiner], tmp_path: Path
) -> None:
    examiner = start()
    for name in ("one", "two", "three"):
        look(examiner, tmp_path, "ok", name)
    assert len(examiners()) <= 2


def test_a_look_that_takes_too_long_is_ended_and_not_tried_again(
    start: Callable[..., Examiner], tmp_path: Path
) -> None:
    examiner = start(seconds=5.0)
    look(examiner, tmp_path, "ok", "first")  # a process is there now, so only the look takes time
    for _ in range(2):
        with pytest.raises(VoiceSampleError, match="takes too long to examine"):
            look(examiner, tmp_path, COMPUTES)
    assert looks(tmp_path) == ["first", "a"]
    wait_until(lambda: len(examiners()) <= 1)  # one that was made ready meanwhile


def test_a_look_that_the_machine_had_no_time_for_may_be_asked_for_again(
    start: Callable[..., Examiner], tmp_path: Path
) -> None:
    examiner = start(seconds=3.0)
    for _ in range(2):
        with pytest.raises(Busy):
            look(examiner, tmp_path, SLEEPS)
    assert looks(tmp_path) == ["a", "a"]


def test_a_file_that_ends_its_examiner_twice_is_to_blame(
    start: Callable[..., Examiner], tmp_path: Path
) -> None:
    examiner = start()
    for _ in range(2):
        with pytest.raises(VoiceSampleError, match="could not be examined"):
            look(examiner, tmp_path, "die")
    assert looks(tmp_path) == ["a", "a"]
    assert look(examiner, tmp_path, "ok", "another") == "ok"


def test_the_same_bytes_are_looked_at_once_by_two_who_ask_together(
    start: Callable[..., Examiner], tmp_path: Path
) -> None:
    examiner = start()
    with ThreadPoolExecutor() as threads:
        both = [threads.submit(look, examiner, tmp_path, "meet go 2") for _ in range(2)]
        wait_until(lambda: looks(tmp_path) == ["a"])
        (tmp_path / "go!").touch()
        assert [each.result(20) for each in both] == ["meet", "meet"]
    assert looks(tmp_path) == ["a"]


def test_looks_that_take_long_leave_the_others_their_place(
    start: Callable[..., Examiner], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "USUAL_SECONDS", 0.1)
    examiner = start(processes=1)
    for number in range(pool.LONG_FOR_EACH):
        name = f"long{number}"
        in_the_background(lambda name=name: look(examiner, tmp_path, SLEEPS, name))  # type: ignore[misc]  # a str
        wait_until(lambda name=name: name in looks(tmp_path))  # type: ignore[misc]  # bool
    assert look(examiner, tmp_path, "ok", "short") == "ok"


def test_of_too_many_that_take_long_the_last_ones_end(
    start: Callable[..., Examiner], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "USUAL_SECONDS", 0.1)
    monkeypatch.setattr(pool, "LONG_SECONDS", 0.5)
    examiner = start(processes=1)
    told: list[Exception] = []

    def sleeper(name: str) -> None:
        try:
            look(examiner, tmp_path, SLEEPS, name)
        except Busy as error:
            told.append(error)

    for number in range(pool.LONG_FOR_EACH + 1):
        name = f"long{number}"
        in_the_background(lambda name=name: sleeper(name))  # type: ignore[misc]  # a str
        wait_until(lambda name=name: name in looks(tmp_path))  # type: ignore[misc]  # bool
    assert look(examiner, tmp_path, "ok", "short") == "ok"
    assert len(told) == 1


def test_a_long_look_gets_less_of_the_cores_and_its_process_ends_with_it(
    start: Callable[..., Examiner], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "USUAL_SECONDS", 0.1)
    monkeypatch.setattr(pool.Pool, "prepare", lambda _pool: None)
    examiner = start()
    with ThreadPoolExecutor() as threads:
        met = threads.submit(look, examiner, tmp_path, "meet go 3")
        wait_until(lambda: looks(tmp_path) == ["a"])
        [reaper] = examiners()
        [looking] = reaper.children()
        time.sleep(0.3)
        assert looking.nice() == os.nice(0), "there is nobody to give way to"
        other = threads.submit(look, examiner, tmp_path, "meet go 3", "other")
        wait_until(lambda: looking.nice() > os.nice(0))
        (tmp_path / "go!").touch()
        assert [each.result(20) for each in (met, other)] == ["meet", "meet"]
    wait_until(lambda: reaper not in examiners())


def test_processes_that_nobody_needs_end_and_leave_nothing(
    start: Callable[..., Examiner], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "SPARE_SECONDS", 0.1)
    monkeypatch.setattr(pool, "_TENDED_EVERY", 0.05)
    examiner = start()
    with ThreadPoolExecutor() as threads:
        list(threads.map(lambda n: look(examiner, tmp_path, "meet m 2", n), ("one", "two")))
    wait_until(lambda: len(examiners()) == 1)
    time.sleep(0.3)
    assert len(examiners()) == 1, "the last one stays for a while"
    monkeypatch.setattr(pool, "IDLE_SECONDS", 0.1)
    wait_until(lambda: examiners() == [])


def test_an_idle_process_that_was_killed_is_buried(
    start: Callable[..., Examiner], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "_TENDED_EVERY", 0.05)
    monkeypatch.setattr(pool.Pool, "prepare", lambda _pool: None)
    examiner = start()
    look(examiner, tmp_path, "ok")
    examiners()[0].kill()
    wait_until(lambda: examiners() == [])
    assert look(examiner, tmp_path, "ok", "b") == "ok"


def test_closing_ends_the_looks_and_tells_who_waits(
    start: Callable[..., Examiner], tmp_path: Path
) -> None:
    examiner = start()
    with ThreadPoolExecutor() as threads:
        asleep = threads.submit(look, examiner, tmp_path, SLEEPS)
        wait_until(lambda: looks(tmp_path) == ["a"])
        begun = time.monotonic()
        examiner.close()
        with pytest.raises(Busy, match="being stopped"):
            asleep.result(20)
    assert time.monotonic() - begun < 5.0
    wait_until(lambda: examiners() == [])
    with pytest.raises(Busy, match="being stopped"):
        look(examiner, tmp_path, "ok", "later")


def test_when_no_process_can_be_started_a_caller_may_ask_again(
    start: Callable[..., Examiner], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    examiner = start()

    def cannot(*_: object) -> None:
        raise OSError(errno.EAGAIN, "Resource temporarily unavailable")

    with monkeypatch.context() as patched, pytest.raises(Busy):
        patched.setattr(pool, "Child", lambda *_, **__: cannot())
        look(examiner, tmp_path, "ok")
    assert look(examiner, tmp_path, "ok") == "ok"
