"""Guessing keys leads nowhere, and keeps nobody out who has one."""

from __future__ import annotations

import pytest

from app.access import guesses
from app.access.guesses import Guesses
from app.errors import TooMany


def failed(often: int, *, most: int | None = 3) -> Guesses:
    made = Guesses(most)
    for _ in range(often):
        made.failed("192.0.2.1")
    return made


def test_a_few_failures_are_borne() -> None:
    failed(2).check("192.0.2.1", "vl_x")


@pytest.mark.parametrize("secret", ["vl_x", None])
def test_after_too_many_nobody_new_is_listened_to(secret: str | None) -> None:
    with pytest.raises(TooMany) as error:
        failed(3).check("192.0.2.1", secret)
    assert error.value.retry_after


def test_other_addresses_do_not_suffer() -> None:
    failed(3).check("192.0.2.2", "vl_x")


def test_a_key_that_was_good_from_there_still_is() -> None:
    made = failed(2)
    made.succeeded("192.0.2.1", "vl_good")
    made.failed("192.0.2.1")
    made.check("192.0.2.1", "vl_good")
    with pytest.raises(TooMany):
        made.check("192.0.2.1", "vl_other")


def test_a_good_key_helps_from_its_own_address_only() -> None:
    made = failed(3)
    made.succeeded("192.0.2.2", "vl_good")
    with pytest.raises(TooMany):
        made.check("192.0.2.1", "vl_good")


def test_so_many_good_keys_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guesses, "MOST_KNOWN", 2)
    made = failed(3)
    for secret in ("vl_a", "vl_b", "vl_c"):
        made.succeeded("192.0.2.1", secret)
    made.check("192.0.2.1", "vl_c")
    with pytest.raises(TooMany):
        made.check("192.0.2.1", "vl_a")


def test_without_a_bound_anybody_may_try() -> None:
    failed(100, most=None).check("192.0.2.1", "vl_x")
