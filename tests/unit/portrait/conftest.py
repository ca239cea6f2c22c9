"""The finder, loaded once, and the pictures that the tests are made of."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from app.portrait import Face, FaceFinder, read_picture

Picture = npt.NDArray[np.uint8]

SAMPLES = Path(__file__).parents[3] / "samples"


@pytest.fixture(scope="session")
def finder() -> FaceFinder:
    return FaceFinder()


@pytest.fixture(scope="session")
def woman() -> Picture:
    return read_picture(SAMPLES / "lecturer-woman.jpg")


@pytest.fixture(scope="session")
def man() -> Picture:
    return read_picture(SAMPLES / "lecturer-man.jpg")


@pytest.fixture(scope="session")
def face(finder: FaceFinder, woman: Picture) -> Face:
    """The face of the woman."""
    return finder.find(woman)
