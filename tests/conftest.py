"""What tests of all kinds share."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import config
from app.engines import registry
from tests.services.brokers import rabbitmq, redis
from tests.services.postgresql import postgresql
from tests.small_disk import SmallDisk, mounted

__all__ = ["postgresql", "rabbitmq", "redis"]


@pytest.fixture(scope="session")
def models() -> Path:
    """The models folder with the weights of the embedded engines, fetched when absent."""
    folder = config.ROOT / "models"
    if any(entry.lacks(folder) for entry in registry.BUILTIN["speech"].values()):
        from app.engines.speech.weights import fetch_kokoro

        fetch_kokoro(folder, report=lambda line: print(line, file=sys.stderr))
    return folder


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """A disk of three megabytes, empty."""
    with mounted(tmp_path / "disk") as disk:
        yield disk
