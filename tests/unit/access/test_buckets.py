"""Token buckets: what was taken comes back with time."""

from __future__ import annotations

from app.access.buckets import Buckets, Left


class Clock:
    """A stand-in for time, which passes when a test says so."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_full_bucket_can_be_emptied_at_once() -> None:
    buckets = Buckets(clock=Clock())
    taken = [buckets.take("acme", 3) for _ in range(4)]
    assert [left.granted for left in taken] == [True, True, True, False]
    assert [left.remaining for left in taken] == [2, 1, 0, 0]


def test_who_is_refused_is_told_when_one_is_back() -> None:
    clock = Clock()
    buckets = Buckets(clock=clock)
    for _ in range(3):
        buckets.take("acme", 3)
    refused = buckets.take("acme", 3)
    assert refused == Left(quota=3, remaining=0, reset_seconds=20, granted=False)
    clock.now += 19.9
    assert not buckets.take("acme", 3).granted
    clock.now += 0.2
    assert buckets.take("acme", 3).granted


def test_refusals_cost_nothing() -> None:
    clock = Clock()
    buckets = Buckets(clock=clock)
    for _ in range(100):
        buckets.take("acme", 3)
    clock.now += 60
    assert buckets.take("acme", 3).remaining == 2


def test_who_is_served_is_told_when_all_is_back() -> None:
    buckets = Buckets(clock=Clock())
    buckets.take("acme", 60)
    assert buckets.take("acme", 60).reset_seconds == 2


def test_each_name_has_a_bucket_of_its_own() -> None:
    buckets = Buckets(clock=Clock())
    assert buckets.take("acme", 1).granted
    assert not buckets.take("acme", 1).granted
    assert buckets.take("other", 1).granted


def test_a_look_takes_nothing() -> None:
    buckets = Buckets(clock=Clock())
    assert [buckets.look("acme", 1).granted for _ in range(3)] == [True] * 3


def test_a_full_table_forgets_whom_it_has_not_seen_for_longest() -> None:
    buckets = Buckets(most=2, clock=Clock())
    for name in ("first", "second", "first", "third"):
        buckets.take(name, 2)
    assert not buckets.take("first", 2).granted
    assert buckets.take("second", 2).remaining == 1
