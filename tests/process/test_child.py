"""Whatever ends, and however: nothing of a child is left."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import config
from app.process import tree
from app.process.child import Child
from app.process.reaper import NOT_FOUND, NOT_STARTED
from tests.process.family import family_of, gone, wait_until, wait_until_gone

SLEEP = "import time; time.sleep(60)"

TWICE_FORKED = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(60)
    os._exit(0)
time.sleep({seconds})
"""

DEAF = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); {SLEEP}"
POLITE = (
    "import signal, sys; signal.signal(signal.SIGTERM, lambda *_: sys.exit(3));"
    f" print(flush=True); {SLEEP}"
)

CALLER = """
import sys, time
from app.process.child import Child
Child([sys.executable, "-S", "-c", {code!r}], name="it", grace={grace})
time.sleep(60)
"""


def child_of(code: str, **more: Any) -> Child:
    return Child([sys.executable, "-S", "-c", code], name="the program", **more)


@pytest.mark.parametrize("seconds", [0.3, 60])
def test_what_left_its_family_by_forking_twice_ends_too(seconds: float) -> None:
    with child_of(TWICE_FORKED.format(seconds=seconds)) as child:
        wait_until(lambda: len(family_of(child.pid)) >= 2)
        family = family_of(child.pid)
        if seconds < 1:
            assert child.wait(5) == 0
    assert gone(family)


@pytest.mark.parametrize(
    ("code", "status", "ending"),
    [
        ("pass", 0, "ended with status 0"),
        ("raise SystemExit(7)", 7, "ended with status 7"),
        ("import os; os.kill(os.getpid(), 9)", 137, "died of SIGKILL"),
        ("import os; os.abort()", 134, "died of SIGABRT"),
    ],
)
def test_a_child_ends_as_its_program_did(code: str, status: int, ending: str) -> None:
    with child_of(code) as child:
        assert child.wait(10) == status
        assert child.ending() == ending


def test_the_program_dies_with_a_killed_reaper() -> None:
    with child_of(SLEEP) as child:
        wait_until(lambda: bool(family_of(child.pid)))
        family = family_of(child.pid)
        os.kill(child.pid, signal.SIGKILL)
        wait_until_gone(family)
        assert child.ending() == "died of SIGKILL"


def test_a_reaper_that_hangs_is_done_without() -> None:
    with child_of(TWICE_FORKED.format(seconds=60)) as child:
        wait_until(lambda: len(family_of(child.pid)) >= 2)
        family = family_of(child.pid)
        os.kill(child.pid, signal.SIGSTOP)
        started = time.monotonic()
        child.kill()
        assert time.monotonic() - started < 1.0
    wait_until_gone(family)


@pytest.mark.parametrize("grace", [0.0, 0.5])
@pytest.mark.parametrize("code", [SLEEP, DEAF])
def test_the_program_dies_with_a_killed_caller(code: str, grace: float) -> None:
    caller = subprocess.Popen(
        [sys.executable, "-c", CALLER.format(code=code, grace=grace)], cwd=config.ROOT
    )
    try:
        wait_until(lambda: len(family_of(caller.pid)) == 2)
        family = family_of(caller.pid)
    finally:
        caller.kill()
        caller.wait()
    wait_until_gone(family)


@pytest.mark.parametrize("how", ["stop", "a signal to the reaper"])
def test_a_child_with_grace_may_end_by_itself(how: str) -> None:
    with child_of(POLITE, grace=20.0) as child:
        assert child.stdout.readline() == b"\n"
        if how == "stop":
            child.stop()
        else:
            os.kill(child.pid, signal.SIGTERM)
        assert child.wait(10) == 3


def test_a_child_that_is_told_to_end_before_it_has_begun_uses_no_grace() -> None:
    started = time.monotonic()
    child_of(POLITE, grace=20.0).kill()
    assert time.monotonic() - started < 10.0


def test_a_child_that_does_not_use_its_grace_is_killed() -> None:
    with child_of(DEAF, grace=0.2) as child:
        assert child.stdout.readline() == b"\n"
        started = time.monotonic()
        child.kill()
        assert child.ending() == "died of SIGKILL"
        assert 0.2 <= time.monotonic() - started < 2.0


def test_a_child_without_grace_is_not_asked() -> None:
    with child_of(POLITE) as child:
        assert child.stdout.readline() == b"\n"
        child.kill()
        assert child.ending() == "died of SIGKILL"


def test_a_program_that_cannot_be_started_is_told_by_its_status(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no program", encoding="utf-8")
    for name, status in (("absent", NOT_FOUND), ("text", NOT_STARTED)):
        with Child([tmp_path / name], name="it") as child:
            assert child.wait(10) == status


def test_a_wait_ends_with_the_child() -> None:
    child = child_of("raise SystemExit(4)")
    assert child.finish(20) == 4


def test_a_wait_past_its_time_ends_the_child() -> None:
    child = child_of(SLEEP)
    assert child.finish(0.2) is None
    assert not child.is_alive()


def test_a_wait_that_is_broken_off_ends_the_child() -> None:
    child = child_of(SLEEP)

    def check() -> None:
        raise KeyError("enough")

    with pytest.raises(KeyError, match="enough"):
        child.finish(20, check)
    assert not child.is_alive()


def test_the_kernel_ends_a_program_that_computes_for_too_long() -> None:
    with child_of("while True: pass", cpu_seconds=1) as child:
        assert child.wait(60) == 128 + signal.SIGKILL


def test_a_family_gives_way_with_all_its_members_and_not_their_reaper() -> None:
    starts = f"import subprocess, sys; subprocess.run([sys.executable, '-S', '-c', {SLEEP!r}])"
    with child_of(starts) as child:
        wait_until(lambda: len(tree.family(child.pid)) == 2)
        tree.lower(process.pid for process in tree.family(child.pid))
        assert {each.nice() for each in family_of(child.pid)} == {min(19, os.nice(0) + 5)}
        assert os.getpriority(os.PRIO_PROCESS, child.pid) == os.nice(0), "the reaper stays quick"


@pytest.mark.skipif(not Path("/proc/self/autogroup").exists(), reason="this kernel has no sessions")
def test_a_program_is_as_nice_as_its_caller_also_among_sessions() -> None:
    look = "import os; print(os.nice(0), open('/proc/self/autogroup').read().split()[-1])"
    code = f"""
import os, sys
from app.process.child import Child
os.nice(3)
with Child([sys.executable, "-c", {look!r}], name="it", stdout=None) as child:
    child.wait(20)
"""
    asked = [sys.executable, "-c", code]
    said = subprocess.run(asked, cwd=config.ROOT, capture_output=True, text=True, check=True).stdout
    niceness = str(os.nice(0) + 3)
    assert said.split() == [niceness, niceness]


def test_the_error_output_is_logged_a_record_per_line(caplog: pytest.LogCaptureFixture) -> None:
    code = "import sys; sys.stderr.write('one\\n\\n  two\\n' + 'x' * 5000)"
    with caplog.at_level(logging.INFO, "app.process.child"), child_of(code) as child:
        assert child.wait(10) == 0
    lines = [record.getMessage() for record in caplog.records]
    assert lines[:2] == [f"child pid={child.pid} one", f"child pid={child.pid}   two"]
    assert [line.count("x") for line in lines[2:]] == [2000, 2000, 1000]


def test_the_error_output_goes_to_whoever_asks_for_it() -> None:
    heard: list[str] = []
    with child_of("import sys; sys.stderr.write('one\\ntwo')", errors=heard.append) as child:
        child.wait(10)
    assert heard == ["one", "two"]


def test_a_program_has_the_signals_and_files_of_a_fresh_one() -> None:
    # Not Python, which changes what it was given; and `ls` needs the descriptor 3 itself.
    shell = "grep -E '^(SigIgn|SigBlk)' /proc/self/status; ls /proc/self/fd"
    with Child(["/bin/sh", "-c", shell], name="it") as child:
        said = child.stdout.read().decode().split()
    # The C library keeps signals 32 and 33 to itself: nobody can set back what it inherited there.
    its_own = 0b11 << 31
    assert [int(mask, 16) & ~its_own for mask in said[1:4:2]] == [0, 0]
    assert said[4:] == ["0", "1", "2", "3"]


def test_a_child_that_has_ended_is_buried_though_nobody_asks_for_it() -> None:
    with Child([sys.executable, "-c", ""], name="a child") as child:
        wait_until(lambda: not Path(f"/proc/{child.pid}").exists(), 5)
        assert child.wait(5) == 0
