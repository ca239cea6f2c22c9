from __future__ import annotations

import argparse

import pytest

from app.cli.service import slots


def test_queues_are_named_with_their_slots() -> None:
    assert slots("face:1, cpu:2") == {"face": 1, "cpu": 2}


@pytest.mark.parametrize("text", ["", "face", "face:", "face:0", "face:x", "gpu:1", "face:1,,"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="speech, face, cpu"):
        slots(text)
