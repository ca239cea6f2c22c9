from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from app.process import tree
from tests.process.family import wait_until


def test_a_birth_tells_two_processes_apart_and_stays_the_same() -> None:
    with subprocess.Popen(["sleep", "60"]) as child:
        try:
            assert tree.birth(child.pid) == tree.birth(child.pid)
            assert tree.birth(child.pid) != tree.birth(os.getpid())
        finally:
            child.kill()


def test_a_dead_process_has_no_birth_even_before_it_is_buried() -> None:
    with subprocess.Popen(["true"]) as child:
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        assert tree.birth(child.pid) is None
    assert tree.birth(child.pid) is None


def test_only_processes_with_the_tag_are_killed() -> None:
    with (
        _sleeper(tree.TAG, "w/1") as mine,
        _sleeper(tree.TAG, "w2/1") as other,
        _sleeper("OTHER", "w/1") as untagged,
    ):
        assert tree.kill_tagged("w/") == 1
        alive = [tree.birth(each.pid) is not None for each in (mine, other, untagged)]
        assert alive == [False, True, True]


def test_the_tenth_child_outlives_the_first() -> None:
    with _sleeper(tree.TAG, "w/1") as first, _sleeper(tree.TAG, "w/10") as tenth:
        assert tree.kill_tagged("w/1") == 1
        alive = [tree.birth(each.pid) is not None for each in (first, tenth)]
        assert alive == [False, True]


@contextmanager
def _sleeper(variable: str, value: str) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(["sleep", "60"], env={**os.environ, variable: value}) as process:
        try:
            # Until it has the new environment it still has ours.
            wait_until(lambda: "sleep" in psutil.Process(process.pid).name())
            yield process
        finally:
            process.kill()
