"""How many steps a worker does at a time when nobody said."""

from __future__ import annotations

import pytest

import config
from app import bootstrap


@pytest.mark.parametrize(
    ("cores", "each"), [(1, 1), (2, 1), (3, 1), (4, 2), (8, 4), (64, bootstrap.MOST_SLOTS)]
)
def test_embedded_engines_share_the_cores(cores: int, each: int) -> None:
    assert bootstrap.slots(config.load(), cores) == {"speech": each, "face": each, "cpu": 1}


def test_engines_that_fill_a_device_do_one_step_at_a_time() -> None:
    settings = config.load(
        face={"engine": "sadtalker"}, speech={"order": {"default": ["xtts", "kokoro"]}}
    )
    assert bootstrap.slots(settings, 64) == {"speech": 1, "face": 1, "cpu": 1}


def test_what_somebody_chose_is_kept() -> None:
    settings = config.load(jobs={"slots": {"face": 3}})
    assert bootstrap.slots(settings, 64) == {"face": 3}
