from __future__ import annotations

import threading
import time

import pytest

from app.jobs.store.turns import Turns


def test_turns_come_in_the_order_of_asking() -> None:
    turns, order = Turns(), list[int]()

    def take(number: int) -> None:
        with turns.turn(5.0):
            order.append(number)

    with turns.turn(0.0):
        threads = []
        for number in range(5):
            threads.append(threading.Thread(target=take, args=(number,)))
            threads[-1].start()
            while len(turns._waiting) <= number:
                time.sleep(0.001)
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2, 3, 4]


def test_who_writes_again_and_again_does_not_keep_others_out() -> None:
    turns, done = Turns(), threading.Event()

    def again_and_again() -> None:
        while not done.is_set():
            with turns.turn(5.0):
                time.sleep(0.001)

    thread = threading.Thread(target=again_and_again)
    thread.start()
    for _ in range(20):
        with turns.turn(1.0):
            pass
    done.set()
    thread.join()


def test_a_turn_that_does_not_come_is_given_up() -> None:
    turns = Turns()
    with turns.turn(0.0), pytest.raises(TimeoutError), turns.turn(0.01):
        pass
    with turns.turn(0.0):
        pass
