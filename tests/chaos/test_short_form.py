"""The failure suite with fewer kills; ``make chaos`` runs the long form and more cases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.chaos import family, kills
from benchmarks.chaos.__main__ import run
from benchmarks.chaos.place import TooSlow, place_in, wait_until
from benchmarks.chaos.servers import Servers
from tests.process.family import runs

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    with Servers() as running:
        yield running


@pytest.fixture(autouse=True)
def room_for_a_slow_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second is for ``make chaos``; what is not gone after five was forgotten."""
    monkeypatch.setattr(kills, "GONE_SECONDS", 5.0)


def _meets_its_bars(name: str, servers: Servers) -> None:
    findings = run(name, servers, short=True)
    if "skipped" in findings.figures:
        pytest.skip(str(findings.figures["skipped"]))
    assert findings.bars, "a case without bars shows nothing"
    # How fast it was is for ``make chaos`` too; what takes for ever is missed as "stuck".
    missed = [name for name in findings.missed if not name.endswith("_seconds")]
    assert missed == [], findings.as_dict()


@pytest.mark.parametrize("name", ["kills-sqlite", "kills-postgresql-redis"])
def test_whatever_is_killed_every_step_is_done_once_and_nothing_is_left(
    name: str, servers: Servers
) -> None:
    _meets_its_bars(name, servers)


def test_engines_that_do_not_listen_are_cancelled_in_time(servers: Servers) -> None:
    _meets_its_bars("cancels", servers)


def test_a_lecture_posted_by_many_at_once_is_started_once(servers: Servers) -> None:
    _meets_its_bars("posts", servers)


def test_a_worker_that_stood_still_publishes_nothing_late(servers: Servers) -> None:
    _meets_its_bars("stalls", servers)


def test_a_clock_that_jumps_ends_no_claim(servers: Servers) -> None:
    _meets_its_bars("clocks", servers)


@pytest.mark.parametrize("name", ["full-database", "full-artifacts"])
def test_a_full_disk_is_named_and_work_goes_on_when_there_is_space(
    name: str, servers: Servers
) -> None:
    _meets_its_bars(name, servers)


def test_a_case_that_breaks_off_leaves_no_process_behind(tmp_path: Path) -> None:
    with pytest.raises(TooSlow), place_in(tmp_path) as place:
        worker = place.start_worker()
        wait_until(lambda: place.worker_id(worker), 20, "the worker")
        wait_until(lambda: False, 0.1, "what never comes")
    assert not runs(worker)
    assert family.marked(place.mark) == []
