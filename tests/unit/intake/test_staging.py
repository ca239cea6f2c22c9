"""Copies of what a caller named: private, gone again, or settled."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from app.intake.staging import staging


def test_copies_that_nobody_settles_are_gone(tmp_path: Path) -> None:
    with pytest.raises(KeyError), staging(tmp_path / "inputs") as copies:
        (copies.path / "face").write_bytes(b"a face")
        raise KeyError
    assert list((tmp_path / "inputs").iterdir()) == []


def test_nobody_else_may_look_at_copies(tmp_path: Path) -> None:
    with staging(tmp_path / "inputs") as copies:
        assert copies.path.stat().st_mode & 0o077 == 0
        assert copies.path.parent.stat().st_mode & 0o077 == 0


def test_settled_copies_stay(tmp_path: Path) -> None:
    with staging(tmp_path / "inputs") as copies:
        (copies.path / "face").write_bytes(b"a face")
        copies.settle(copies.lasting("lms-7-abc"))
    assert (tmp_path / "inputs" / "lms-7-abc" / "face").read_bytes() == b"a face"


def test_equal_copies_that_lie_there_stay_and_are_new_again(tmp_path: Path) -> None:
    lying = tmp_path / "inputs" / "lms-7-abc"
    lying.mkdir(parents=True)
    (lying / "face").write_bytes(b"the first")
    os.utime(lying, (0, 0))
    with staging(tmp_path / "inputs") as copies:
        (copies.path / "face").write_bytes(b"the second")
        copies.settle(copies.lasting("lms-7-abc"))
    assert [path.name for path in (tmp_path / "inputs").iterdir()] == ["lms-7-abc"]
    assert (lying / "face").read_bytes() == b"the first"
    assert time.time() - lying.stat().st_mtime < 60
