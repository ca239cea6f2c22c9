"""What is told to whom of a lecture that several follow."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from app.jobs.report.following import Followed, Standing
from app.jobs.store.job import JobKey, JobState
from app.web.v1 import topics
from app.web.v1.event_text import Line
from app.web.v1.topics import Listener, Topic


@dataclass
class StandInReceiver:
    """Notes what it is sent; takes all of it, or nothing."""

    got: bytes = b""
    waiting: int = 0
    takes: bool = True
    closed: bool = False
    sent: list[int] = field(default_factory=list)

    def send(self, data: bytes) -> bool:
        self.got += data
        self.waiting += 0 if self.takes else len(data)
        return True

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def topic() -> Topic:
    return Topic(Followed(JobKey("default", 7), generation=1))


def listen(topic: Topic, after: int | None = None, *, takes: bool = True) -> StandInReceiver:
    receiver = StandInReceiver(takes=takes)
    topic.add_listener(Listener(receiver, after))
    return receiver


def happen(topic: Topic, *seqs: int, generation: int = 1, ends: bool = False) -> None:
    """Events that a look found; the last may be the end."""
    for seq in seqs:
        topic.add(generation, Line(seq, b"%d;" % seq, is_end=ends and seq == seqs[-1]))
    topic.followed.is_read = True
    topic.tell()


def test_each_is_told_what_it_has_not(topic: Topic) -> None:
    first = listen(topic)
    happen(topic, 3, 4)
    late, knowing = listen(topic), listen(topic, after=3)
    happen(topic, 5)
    assert (first.got, late.got, knowing.got) == (b"3;4;5;", b"3;4;5;", b"4;5;")


def test_a_number_that_the_lecture_does_not_know_means_all(topic: Topic) -> None:
    unknown, older = listen(topic, after=99), listen(topic, after=1)
    happen(topic, 3, 4)
    assert (unknown.got, older.got) == (b"3;4;", b"3;4;")


def test_nobody_new_is_told_anything_before_a_look_that_came_after_it(topic: Topic) -> None:
    listen(topic)
    happen(topic, 3)
    knowing_more = listen(topic, after=4)
    topic.tell()
    assert len(knowing_more.got) == 0
    happen(topic, 4, 5)
    assert knowing_more.got == b"5;"


def test_after_the_end_all_are_let_go(topic: Topic) -> None:
    receiver = listen(topic)
    happen(topic, 1, 2, ends=True)
    assert (receiver.got, receiver.closed) == (b"1;2;", True)
    topic.tell()
    assert not topic.listeners


def test_who_takes_nothing_is_sent_no_more_than_it_may_leave(
    topic: Topic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topics, "_AHEAD_BYTES", 10)
    monkeypatch.setattr(topics, "_BATCH", 2)
    slow, quick = listen(topic, takes=False), listen(topic)
    happen(topic, *range(10, 30))
    assert slow.got == b"10;11;12;13;"
    assert len(quick.got) == 20 * 3
    slow.waiting = 0
    topic.tell()
    assert slow.got == b"10;11;12;13;14;15;16;17;"


def test_a_new_generation_is_told_after_all_of_the_former(
    topic: Topic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topics, "_AHEAD_BYTES", 1)
    monkeypatch.setattr(topics, "_BATCH", 1)
    slow, quick = listen(topic, takes=False), listen(topic)
    happen(topic, 1, 2)
    happen(topic, 3, 4, generation=2)
    assert (slow.got, quick.got) == (b"1;", b"1;2;3;4;")
    slow.takes, slow.waiting = True, 0
    topic.tell()
    assert slow.got == b"1;2;3;4;"
    assert listen(topic).got == b""


def test_a_comment_comes_when_nothing_happens(
    topic: Topic, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver = listen(topic)
    happen(topic, 1)
    monkeypatch.setattr(topics, "COMMENT_SECONDS", 0.0)
    topic.tell()
    assert receiver.got == b"1;: still here\n\n"


def test_who_has_left_is_forgotten(topic: Topic) -> None:
    receiver = listen(topic)
    happen(topic, 1)
    receiver.closed = True
    happen(topic, 2)
    assert receiver.got == b"1;" and not topic.listeners


@pytest.mark.parametrize(
    ("standing", "told"),
    [
        (None, b""),
        (Standing("lecture", 1, JobState.DONE, 0), b"event: done\n"),
        (Standing("lecture", 1, JobState.FAILED, 0), b"event: failed\n"),
    ],
)
def test_what_is_gone_or_ended_without_a_trace_lets_all_go(
    topic: Topic, standing: Standing | None, told: bytes
) -> None:
    receiver = listen(topic)
    topic.end_without_events(standing)
    assert receiver.closed and receiver.got.startswith(told)


@pytest.mark.parametrize(
    "standing",
    [Standing("lecture", 1, JobState.RUNNING, 0), Standing("lecture", 1, JobState.DONE, 9)],
)
def test_what_still_tells_something_keeps_all(topic: Topic, standing: Standing) -> None:
    receiver = listen(topic)
    topic.end_without_events(standing)
    assert not receiver.closed and not receiver.got
