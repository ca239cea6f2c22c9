"""What tests of all kinds share."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import config
from app.engines import registry


@pytest.fixture(scope="session")
def models() -> Path:
    """The models folder with the weights of the embedded engines, fetched when absent."""
    folder = config.ROOT / "models"
    if any(entry.lacks(folder) for entry in registry.BUILTIN["speech"].values()):
        from app.engines.speech.weights import fetch_kokoro

        fetch_kokoro(folder, report=lambda line: print(line, file=sys.stderr))
    return folder
