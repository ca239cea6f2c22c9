"""Whose look is the next."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from app.errors import Busy
from app.examiner.turns import Seat, Turns
from tests.process.family import wait_until


def turns(places: int = 1, long_places: int = 1, most_waiting: int = 10) -> Turns:
    return Turns(places, long_places=long_places, most_waiting=most_waiting)


@contextmanager
def waiting(turns: Turns, *tenants: str) -> Iterator[list[Seat]]:
    """The places that tenants get which begin to wait one after the other."""
    got: list[Seat] = []
    threads = []
    for tenant in tenants:
        before = _number(turns)
        thread = threading.Thread(target=lambda name=tenant: got.append(turns.take(name, 20)))
        thread.start()
        threads.append(thread)
        wait_until(lambda before=before: _number(turns) > before)  # type: ignore[misc]  # bool
    yield got
    for thread in threads:
        thread.join(20)


def _number(turns: Turns) -> int:
    return sum(map(len, turns._waiting.values()))


def served(turns: Turns, first: Seat, got: list[Seat], number: int) -> list[str]:
    """Whose turn it is, one after the other, as each leaves its place to the next."""
    turns.leave(first)
    for count in range(number):
        wait_until(lambda count=count: len(got) > count)  # type: ignore[misc]  # bool
        turns.leave(got[count])
    return [seat.tenant for seat in got]


def test_who_came_first_is_served_first() -> None:
    places = turns()
    first = places.take("a", 1)
    with waiting(places, "a", "a") as got:
        assert served(places, first, got, 2) == ["a", "a"]


def test_a_tenant_with_one_wish_does_not_wait_for_all_of_anothers() -> None:
    places = turns()
    first = places.take("a", 1)
    with waiting(places, "a", "a", "a", "b", "c") as got:
        assert served(places, first, got, 5) == ["a", "b", "c", "a", "a"]


def test_a_tenant_that_looks_already_comes_after_one_that_does_not() -> None:
    places = turns(places=2)
    seats = [places.take("a", 1), places.take("b", 1)]
    with waiting(places, "a", "c", "b") as got:
        places.leave(seats[1])
        wait_until(lambda: len(got) == 1)
        assert got[0].tenant == "c"
        for seat in (seats[0], got[0]):
            places.leave(seat)
        wait_until(lambda: len(got) == 3)


def test_a_tenant_that_waits_too_often_is_told_when_to_ask_again() -> None:
    places = turns(most_waiting=1)
    first = places.take("a", 1)
    with waiting(places, "a") as got:
        with pytest.raises(Busy) as refusal:
            places.take("a", 1)
        assert refusal.value.retry_after
        served(places, first, got, 1)


def test_who_waits_too_long_is_told_so_and_takes_no_place() -> None:
    places = turns()
    first = places.take("a", 1)
    with pytest.raises(Busy):
        places.take("b", 0.01)
    assert not places.is_crowded()
    places.leave(first)
    assert places.take("c", 1).admitted


def test_looks_that_take_long_leave_their_places_as_long_as_they_are_few() -> None:
    places = turns(places=1, long_places=1)
    first = places.take("a", 1)
    assert places.lengthen(first)
    second = places.take("b", 1)
    assert not places.lengthen(second)
    places.leave(first)
    assert places.lengthen(second)


def test_nobody_begins_once_they_are_closed() -> None:
    places = turns()
    places.take("a", 1)
    told: list[BaseException] = []

    def wait() -> None:
        try:
            places.take("b", 20)
        except Busy as error:
            told.append(error)

    thread = threading.Thread(target=wait)
    thread.start()
    wait_until(places.is_crowded)
    places.close(0.01)
    thread.join(20)
    assert "being stopped" in str(told[0])
    with pytest.raises(Busy, match="being stopped"):
        places.take("c", 1)
