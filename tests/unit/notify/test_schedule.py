"""When a message is tried again."""

from __future__ import annotations

import pytest

from app.notify.schedule import PAUSES, pause, wish
from config import Notify


def test_there_are_at_least_eight_tries_in_about_a_day() -> None:
    assert len(PAUSES) >= 8
    assert 23 * 3600 <= sum(PAUSES) <= 25 * 3600


def test_the_settings_have_the_same() -> None:
    assert Notify().pauses == PAUSES


def test_a_pause_is_longer_by_a_tenth_at_most() -> None:
    assert pause((0, 100), 1, chance=lambda: 0.0) == 100
    assert pause((0, 100), 1, chance=lambda: 1.0) == pytest.approx(110)


def test_after_the_last_try_there_is_none() -> None:
    assert pause((0, 100), 2, wish=5.0) is None


def test_a_longer_wish_counts_and_a_shorter_one_does_not() -> None:
    assert pause((0, 100), 1, wish=600.0) == 600
    assert pause((0, 100), 1, wish=1.0, chance=lambda: 0.0) == 100


def test_nobody_has_to_wait_longer_than_a_day() -> None:
    assert pause((0, 100), 1, wish=1e9) == 86_400


@pytest.mark.parametrize(
    "told", ["", "-5", "1.5", "1e9", "9" * 400, "tomorrow", "Fri, 99 Foo 2026", "²", "0x10"]
)
def test_a_wish_that_cannot_be_read_is_none(told: str) -> None:
    assert wish(told, 0.0) is None


def test_a_date_in_the_past_is_no_wish_to_wait() -> None:
    assert wish("Thu, 01 Jan 1970 00:01:00 GMT", 100.0) == 0
