"""Engines of coqui-tts with fabricated weights; run in the environment of ``make setup-xtts``."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import config
from app.engines.speech.common.coqui.preflight import lacks_packages
from app.engines.speech.xtts.options import XttsOptions
from app.engines.speech.yourtts.options import YourTtsOptions
from app.errors import Cancelled

if TYPE_CHECKING:
    from app.engines.speech.xtts.engine import Xtts
    from app.engines.speech.yourtts.engine import YourTts

VOICE = config.ROOT / "samples" / "voice.wav"


class GoOn:
    """Nobody asks to stop."""

    def check(self) -> None: ...


class StopAt:
    """Somebody asks to stop at the check of that number; counts them in any case."""

    def __init__(self, number: int | None = None) -> None:
        self.number = number
        self.checks = 0

    def check(self) -> None:
        self.checks += 1
        if self.checks == self.number:
            raise Cancelled


class StopLater:
    """Somebody asks to stop after some seconds."""

    def __init__(self, seconds: float) -> None:
        self._asked = threading.Event()
        threading.Timer(seconds, self._asked.set).start()

    def check(self) -> None:
        if self._asked.is_set():
            raise Cancelled


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # What coqui-tts, transformers and librosa warn of while they are imported is theirs.
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.filterwarnings("ignore::DeprecationWarning"))
            item.add_marker(pytest.mark.filterwarnings("ignore::FutureWarning"))
            item.add_marker(pytest.mark.filterwarnings("ignore::UserWarning"))


@pytest.fixture(scope="session", autouse=True)
def coqui() -> None:
    if lacking := lacks_packages("xtts"):
        pytest.skip(lacking)


@pytest.fixture(scope="session")
def xtts_folder(coqui: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small XTTS that speaks for about a second, two at most."""
    from tests.coqui.fabricate import tiny_xtts

    return tiny_xtts(tmp_path_factory.mktemp("weights") / "xtts")


@pytest.fixture(scope="session")
def endless_folder(coqui: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A larger XTTS that never stops by itself."""
    from tests.coqui.fabricate import tiny_xtts

    folder = tmp_path_factory.mktemp("weights") / "endless"
    return tiny_xtts(folder, most_steps=605, ending=-50.0, width=256, layers=12)


@pytest.fixture(scope="session")
def yourtts_folder(coqui: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.coqui.fabricate import tiny_yourtts

    return tiny_yourtts(tmp_path_factory.mktemp("weights") / "yourtts")


def xtts_options(folder: Path, place: Path, **more: Any) -> XttsOptions:
    given = {
        "models_dir": place,
        "cache_dir": place / "cache",
        "checkpoint_dir": folder,
        "device": "cpu",
        "retries": 0,
        "threads": 1,
        "word_times": "proportional",
        **more,
    }
    return XttsOptions(**given)


@pytest.fixture
def make_xtts(xtts_folder: Path, tmp_path: Path) -> Iterator[Callable[..., Xtts]]:
    """Creates engines; options and the folder of weights may be given."""
    from app.engines.speech.xtts.engine import Xtts

    made: list[Xtts] = []

    def make(folder: Path = xtts_folder, **more: Any) -> Xtts:
        made.append(Xtts(xtts_options(folder, tmp_path, **more)))
        return made[-1]

    yield make
    for engine in made:
        engine.close()


@pytest.fixture(scope="session")
def xtts(xtts_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Xtts]:
    """One engine for the tests that only speak."""
    from app.engines.speech.xtts.engine import Xtts

    engine = Xtts(xtts_options(xtts_folder, tmp_path_factory.mktemp("place")))
    engine.load()
    yield engine
    engine.close()
    engine.close()


@pytest.fixture(scope="session")
def yourtts(yourtts_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[YourTts]:
    from app.engines.speech.yourtts.engine import YourTts

    place = tmp_path_factory.mktemp("place")
    options = YourTtsOptions(
        models_dir=place,
        cache_dir=place / "cache",
        checkpoint_dir=yourtts_folder,
        device="cpu",
        threads=1,
        word_times="proportional",
    )
    engine = YourTts(options)
    engine.load()
    yield engine
    engine.close()
    engine.close()


@pytest.fixture
def received(coqui: None, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that the real tokenizer of XTTS is given."""
    from TTS.tts.layers.xtts.tokenizer import VoiceBpeTokenizer

    texts: list[str] = []
    encode = VoiceBpeTokenizer.encode

    def recording(self: Any, txt: str, lang: str) -> Any:
        texts.append(txt)
        return encode(self, txt, lang)

    monkeypatch.setattr(VoiceBpeTokenizer, "encode", recording)
    return texts
