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
from app.examiner import Examiner, client, fork_client, pool
from tests.process.family import wait_until

SLEEPS = "sleep"
COMPUTES = "compute"


@pytest.fixture
def start() -> Iterator[Callable[..., Examiner]]:
    started: list[Examiner] = []

    def examiner(processes: int = 2, seconds: float = 20.0, own_seconds: float = 1.0) -> Examiner:
        module = "tests.unit.examiner.looks"
        started.append(
            Examiner(processes=processes, seconds=seconds, own_seconds=own_seconds, module=module)
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


def lookers() -> list[psutil.Process]:
    """The processes that look: each examiner has a child that forks them."""
    return [
        looker
        for reaper in examiners()
        for server in reaper.children()
        for looker in server.children()
    ]


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


def test_a_look_that_takes_too_long_is_ended_and_not_tried_again(
    start: Callable[..., Examiner], tmp_path: Path
) -> None:
    examiner = start(seconds=5.0)
    look(examiner, tmp_path, "ok", "first")  # a process is there now, so only the look takes time
    for _ in range(2):
        with pytest.raises(VoiceSampleError, match="takes too long to examine"):
            look(examiner, tmp_path, COMPUTES)
    assert looks(tmp_path) == ["first", "a"]
    assert lookers() == []


def test_a_look_that_the_machine_had_no_time_for_may_be_asked_for_again(
    start: Callable[..., Examiner], tmp_path: Path
) -> None:
    examiner = start(seconds=3.0)
    for _ in range(2):
        with pytest.raises(Busy):
            look(examiner, tmp_path, SLEEPS)
    assert looks(tmp_path) == ["a", "a"]


def test_a_file_that_the_machine_had_too_little_time_for_waits_as_long_as_its_caller_was_told(
    start: Callable[..., Examiner], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "AGAIN_SECONDS", 0.5)
    examiner = start(seconds=3.0, own_seconds=60.0)
    for _ in range(2):
        with pytest.raises(Busy) as refusal:
            look(examiner, tmp_path, COMPUTES)
        assert refusal.value.retry_after
    assert looks(tmp_path) == ["a"]
    time.sleep(0.6)
    with pytest.raises(Busy):
        look(examiner, tmp_path, COMPUTES)
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


def test_a_look_has_a_process_of_its_own_which_ends_with_it(
    start: Callable[..., Examiner], tmp_path: Path
) -> None:
    examiner = start()
    for name in ("one", "two"):
        assert look(examiner, tmp_path, "ok", name) == "ok"
    pids = {line.split()[1] for line in (tmp_path / "looks").read_text().splitlines()}
    assert len(pids) == 2
    assert lookers() == []
    assert len(examiners()) == 1


def test_what_looks_need_is_loaded_before_the_first_one(start: Callable[..., Examiner]) -> None:
    examiner = start()
    examiner.prepare()
    examiner.prepare()
    assert len(examiners()) == 1


def test_a_long_look_gets_less_of_the_cores_than_others(
    start: Callable[..., Examiner], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "USUAL_SECONDS", 0.1)
    examiner = start()
    with ThreadPoolExecutor() as threads:
        met = threads.submit(look, examiner, tmp_path, "meet go 3")
        wait_until(lambda: looks(tmp_path) == ["a"])
        [looking] = lookers()
        time.sleep(0.3)
        assert looking.nice() == os.nice(0), "there is nobody to give way to"
        other = threads.submit(look, examiner, tmp_path, "meet go 3", "other")
        wait_until(lambda: looking.nice() > os.nice(0))
        [reaper] = examiners()
        [server] = reaper.children()
        assert reaper.nice() == server.nice() == os.nice(0), "the next look is not slower for it"
        (tmp_path / "go!").touch()
        assert [each.result(20) for each in (met, other)] == ["meet", "meet"]


def test_the_process_that_forks_ends_when_nobody_asks_and_leaves_nothing(
    start: Callable[..., Examiner], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fork_client, "TENDED_EVERY", 0.05)
    examiner = start()
    look(examiner, tmp_path, "ok")
    time.sleep(0.3)
    assert len(examiners()) == 1, "it stays for a while"
    monkeypatch.setattr(fork_client, "IDLE_SECONDS", 0.1)
    wait_until(lambda: examiners() == [])
    assert look(examiner, tmp_path, "ok", "b") == "ok"


def test_the_looks_of_a_process_that_was_killed_are_taken_by_another(
    start: Callable[..., Examiner], tmp_path: Path
) -> None:
    examiner = start()
    with ThreadPoolExecutor() as threads:
        met = [threads.submit(look, examiner, tmp_path, "meet go 5", name) for name in "ab"]
        wait_until(lambda: sorted(looks(tmp_path)) == ["a", "b"])
        [reaper] = examiners()
        reaper.children()[0].kill()
        wait_until(lambda: sorted(looks(tmp_path)) == ["a", "a", "b", "b"])
        (tmp_path / "go!").touch()
        assert [each.result(20) for each in met] == ["meet", "meet"]
    assert reaper not in examiners()


def test_a_process_that_hangs_is_replaced(
    start: Callable[..., Examiner], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fork_client, "HUNG_SECONDS", 0.1)
    examiner = start(seconds=1.0)
    look(examiner, tmp_path, "ok", "first")
    [reaper] = examiners()
    reaper.children()[0].suspend()
    with pytest.raises(Busy):
        look(examiner, tmp_path, "ok")
    time.sleep(0.2)
    assert look(examiner, tmp_path, "ok") == "ok"
    wait_until(lambda: reaper not in examiners())


def test_an_idle_process_that_was_killed_is_buried(
    start: Callable[..., Examiner], tmp_path: Path
) -> None:
    examiner = start()
    look(examiner, tmp_path, "ok")
    examiners()[0].kill()
    wait_until(lambda: examiners() == [])
    assert look(examiner, tmp_path, "ok", "b") == "ok"


def test_an_answer_may_be_long(start: Callable[..., Examiner], tmp_path: Path) -> None:
    assert look(start(), tmp_path, "x" * 300_000) == "x" * 300_000


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
        patched.setattr(fork_client, "Child", lambda *_, **__: cannot())
        look(examiner, tmp_path, "ok")
    assert look(examiner, tmp_path, "ok") == "ok"
