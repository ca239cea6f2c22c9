"""Folders that a caller may name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.intake.files import Bounds
from tests.nobody import open_folder


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that every user can reach, unlike pytest's own."""
    with open_folder() as folder:
        yield folder.resolve()


@pytest.fixture
def open_bounds(shared: Path) -> Bounds:
    return Bounds([shared], shared / "private")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    folder.mkdir()
    return folder
