from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

import config
from app.process.lines import LONGEST_LINE, Lines, LinesEnded


class Ends:
    """Lines, and the far ends of their pipes."""

    def __init__(self) -> None:
        come, self.say = os.pipe()
        self.hear, go = os.pipe()
        self._mine = os.fdopen(come, "rb", 0), os.fdopen(go, "wb", 0)
        self.lines = Lines(*self._mine)
        self._open = {self.say, self.hear}

    def close(self, end: int) -> None:
        self._open.remove(end)
        os.close(end)

    def close_all(self) -> None:
        for end in list(self._open):
            self.close(end)
        for pipe in self._mine:
            pipe.close()


@pytest.fixture
def ends() -> Iterator[Ends]:
    made = Ends()
    yield made
    made.close_all()


def test_lines_come_whole_and_in_order_however_they_are_cut(ends: Ends) -> None:
    for part in (b"o", b"ne\ntwo\nthr", b"ee\n"):
        os.write(ends.say, part)
    assert [ends.lines.read(5) for _ in range(3)] == [b"one", b"two", b"three"]


def test_half_a_line_is_none_in_time(ends: Ends) -> None:
    os.write(ends.say, b"hal")
    started = time.monotonic()
    assert ends.lines.read(0.1) is None
    assert 0.1 <= time.monotonic() - started < 2.0
    os.write(ends.say, b"f\n")
    assert ends.lines.read(5) == b"half"


def test_what_was_said_before_the_end_is_heard_and_then_the_end(ends: Ends) -> None:
    os.write(ends.say, b"last\nno line")
    ends.close(ends.say)
    assert ends.lines.read() == b"last"
    for _ in range(2):
        with pytest.raises(LinesEnded):
            ends.lines.read()


def test_writing_to_nobody_is_told(ends: Ends) -> None:
    ends.close(ends.hear)
    with pytest.raises(LinesEnded):
        ends.lines.write(b"hello")


def test_a_line_without_an_end_is_refused(ends: Ends) -> None:
    def flood() -> None:
        left = LONGEST_LINE + 2
        while left > 0:
            left -= os.write(ends.say, b"x" * min(left, 1 << 16))

    thread = threading.Thread(target=flood)
    thread.start()
    with pytest.raises(ValueError, match="longer than"):
        ends.lines.read(20)
    thread.join()


def test_lines_of_several_threads_do_not_mix(ends: Ends) -> None:
    long = [bytes([letter]) * 50_000 for letter in b"abcd"]
    threads = [threading.Thread(target=ends.lines.write, args=(line,)) for line in long]
    for thread in threads:
        thread.start()
    heard = b""
    while heard.count(b"\n") < len(long):
        heard += os.read(ends.hear, 1 << 16)
    for thread in threads:
        thread.join()
    assert sorted(heard.splitlines()) == long


TALKER = """
import subprocess, sys
from app.process.lines import standard_lines
lines = standard_lines()
print("a library prints")
subprocess.run(["cat"], check=True)
lines.write(b"heard " + lines.read())
"""


def test_what_prints_or_reads_in_a_child_does_not_disturb_its_lines() -> None:
    done = subprocess.run(
        [sys.executable, "-c", TALKER],
        cwd=config.ROOT,
        input=b"hello\n",
        capture_output=True,
        check=True,
        timeout=30,
    )
    assert (done.stdout, done.stderr) == (b"heard hello\n", b"a library prints\n")
