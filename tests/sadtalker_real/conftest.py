"""The real SadTalker, once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.sadtalker_real import client, place
from tests.sadtalker_real.client import Bridge
from tests.sadtalker_real.likeness import State, state_of
from tests.sadtalker_real.place import Place

collect_ignore = ["fabricate.py", "shim"]
"""Of SadTalker's interpreter, not of the tests'."""

FACE = place.SAMPLES / "lecturer-woman.jpg"

Starter = Callable[..., AbstractContextManager[Bridge]]


@pytest.fixture(scope="session")
def sadtalker() -> Place:
    """Checkout, interpreter and made-up weights."""
    found = place.find()
    if found is None:
        pytest.skip(place.UNSET)
    found.fabricate()
    return found


@pytest.fixture(scope="session")
def before(sadtalker: Place) -> State:
    """The checkout as it was."""
    return state_of(sadtalker.checkout)


@pytest.fixture(scope="session")
def start(sadtalker: Place, tmp_path_factory: pytest.TempPathFactory) -> Starter:
    """Starts a bridge; the words given are its environment, ``weights`` the folder of these."""

    def start_one(
        python: Path = sadtalker.python, weights: Path = sadtalker.weights, **environment: str
    ) -> AbstractContextManager[Bridge]:
        folder = tmp_path_factory.mktemp("bridge")
        return client.bridge(python, sadtalker.checkout, weights, folder, **environment)

    return start_one


@pytest.fixture(scope="session")
def warm(start: Starter, before: State) -> Iterator[Bridge]:
    """A loaded bridge whose generator is a stand-in; it serves all tests."""
    with start(SHIM_RENDER="stub") as bridge:
        assert bridge.next()["event"] == "ready"
        assert bridge.ask("load", "loaded", device="cpu")["event"] == "loaded"
        yield bridge


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """3.2 s of speech, 80 frames."""
    return place.speech(tmp_path_factory.mktemp("sound") / "audio.wav", 3.2)
