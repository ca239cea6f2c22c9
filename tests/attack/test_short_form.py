"""The hostile battery with a part of its requests; ``make attack`` sends all of them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

import config
from benchmarks.attack.battery import run
from benchmarks.attack.kinds import KINDS
from benchmarks.attack.ledger import TIMED, Tally

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def tallies() -> Mapping[str, Tally]:
    return {tally.kind: tally for tally in run(list(KINDS), short=True, checkout=config.ROOT)}


@pytest.mark.parametrize("kind", KINDS)
def test_no_promise_is_broken_by_an_attacker(kind: str, tallies: Mapping[str, Tally]) -> None:
    tally = tallies[kind]
    assert tally.requests > 0
    # How fast it was is for ``make attack``: others use this machine as well.
    assert [told for promise, told in tally.examples if promise not in TIMED] == []
