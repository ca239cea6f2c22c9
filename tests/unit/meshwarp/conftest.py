"""A loaded engine and a sample picture, shared by the tests of the face engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from app.engines.face.meshwarp.engine import MeshWarp
from app.engines.face.meshwarp.framing import frame_picture
from app.engines.face.meshwarp.options import MeshWarpOptions
from app.engines.face.meshwarp.puppet import Puppet, make_puppet
from app.portrait import Face, FaceFinder, read_picture

SAMPLES = Path(__file__).parents[3] / "samples"


@pytest.fixture(scope="session")
def portrait() -> Path:
    return SAMPLES / "lecturer-woman.jpg"


@pytest.fixture(scope="session")
def picture(portrait: Path) -> npt.NDArray[np.uint8]:
    return np.asarray(read_picture(portrait), np.uint8)


@pytest.fixture(scope="session")
def face(picture: npt.NDArray[np.uint8]) -> Face:
    return FaceFinder().find(picture)


@pytest.fixture(scope="session")
def puppet(picture: npt.NDArray[np.uint8], face: Face) -> Puppet:
    return make_puppet(frame_picture(picture, face.landmarks, "crop", 256))


@pytest.fixture(scope="session")
def engine() -> Iterator[MeshWarp]:
    engine = MeshWarp(MeshWarpOptions(size=256, preset="ultrafast"))
    engine.load()
    yield engine
    engine.close()
