"""How many connections the system bears."""

from __future__ import annotations

import resource

import pytest

from app.web.server import bounds

NO_LIMIT = resource.RLIM_INFINITY


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[int, int]]:
    """A stand-in for the system's limit of open files; ``set`` is what was asked for."""
    kept: dict[str, tuple[int, int]] = {}
    monkeypatch.setattr(resource, "getrlimit", lambda _: kept["now"])
    monkeypatch.setattr(resource, "setrlimit", lambda _, pair: kept.update(set=pair))
    return kept


def test_the_limit_of_files_is_raised_as_far_as_it_takes(
    limits: dict[str, tuple[int, int]],
) -> None:
    limits["now"] = (1024, NO_LIMIT)
    assert bounds.allow_files(1000) == 1000
    assert limits["set"] == (2256, NO_LIMIT)


@pytest.mark.parametrize("now", [(20_000, 20_000), (NO_LIMIT, NO_LIMIT)])
def test_a_limit_that_is_high_enough_is_left_alone(
    limits: dict[str, tuple[int, int]], now: tuple[int, int]
) -> None:
    limits["now"] = now
    assert bounds.allow_files(1000) == 1000
    assert "set" not in limits


def test_where_the_system_allows_fewer_files_there_are_fewer_connections(
    limits: dict[str, tuple[int, int]],
) -> None:
    limits["now"] = (512, 1024)
    assert bounds.allow_files(1000) == (1024 - 256) // 2
    assert limits["set"] == (1024, 1024)
