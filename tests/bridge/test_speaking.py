"""Speech over the bridge: the real protocol at both ends, an engine of the tests behind it."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
import traceback
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest

import config
from app.engines.bridge import Bridge, Event, Progressed, Spoken
from app.errors import Cancelled, EngineCrashed, EngineError, EngineUnavailable, MediaError
from app.ports.speech import Word
from tests.bridge.checkout import python38
from tests.bridge.conftest import GoOn, StopAfter

TEXT = "Erstens zwei Äpfel"

MakeSpeaker = Callable[..., Bridge]


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder with a ``sadtalker_bridge`` that holds one engine more."""
    without_caches = shutil.ignore_patterns("__pycache__")
    package = tmp_path / "programs" / "sadtalker_bridge"
    shutil.copytree(config.ROOT / "sadtalker_bridge", package, ignore=without_caches)
    shutil.copytree(Path(__file__).parent / "speaker", package / "speaker", ignore=without_caches)
    return package.parent


@pytest.fixture
def make_speaker(tmp_path: Path, programs: Path) -> Iterator[MakeSpeaker]:
    """Bridges to the speaker in Python 3.8, where there is one; ended and looked for afterwards."""
    made: list[Bridge] = []

    def make(*arguments: str, engine: str = "speaker") -> Bridge:
        python = python38() or Path(sys.executable)
        command: list[str | Path] = [python, "-m", "sadtalker_bridge", engine, *arguments]
        env = {**os.environ, "PYTHONPATH": str(programs), "PYTHONDONTWRITEBYTECODE": "1"}
        made.append(Bridge(command, cwd=tmp_path, env=env, name="the speaker"))
        return made[-1]

    yield make
    for bridge in made:
        bridge.close()
    assert psutil.Process().children(recursive=True) == []


@pytest.fixture
def speaker(make_speaker: MakeSpeaker) -> Bridge:
    return started(make_speaker())


def started(bridge: Bridge, engine: str = "speaker") -> Bridge:
    python = "3.8" if python38() else f"{sys.version_info.major}.{sys.version_info.minor}"
    bridge.start(engine=engine, python=python, patience=20, cancel=GoOn())
    return bridge


def speak(bridge: Bridge, sound: Path, job: str = "1", **more: Any) -> Event:
    request = {"do": "speak", "job": job, "text": TEXT, "sound": str(sound)}
    return bridge.ask(request, **{"patience": 20, "cancel": GoOn(), **more})


def test_speech_is_written_to_the_named_wav_and_its_words_are_told(
    speaker: Bridge, tmp_path: Path
) -> None:
    heard: list[Event] = []
    answer = speak(speaker, tmp_path / "speech.wav", hear=heard.append)
    assert isinstance(answer, Spoken)
    assert (answer.job, answer.rate, answer.samples) == ("1", 16000, 4800)
    assert answer.rss > 1e6
    assert [word.text for word in answer.words] == TEXT.split()
    assert answer.words[1] == Word("zwei", 0.1, 0.2)
    with wave.open(str(tmp_path / "speech.wav"), "rb") as opened:
        assert (opened.getframerate(), opened.getnchannels()) == (16000, 1)
        samples = np.frombuffer(opened.readframes(opened.getnframes()), "<i2")
    assert samples.size == answer.samples
    assert np.abs(samples).max() > 8000
    assert Progressed("1", "speech", 3, 3) in heard


def test_an_engine_need_not_know_when_its_words_are_heard(
    make_speaker: MakeSpeaker, tmp_path: Path
) -> None:
    answer = speak(started(make_speaker("--wordless")), tmp_path / "speech.wav")
    assert isinstance(answer, Spoken)
    assert answer.words == ()


def test_speech_that_is_cancelled_leaves_the_engine_for_the_next(
    make_speaker: MakeSpeaker, tmp_path: Path
) -> None:
    bridge = started(make_speaker("--word-seconds", "0.3"))
    with pytest.raises(Cancelled):
        speak(bridge, tmp_path / "first.wav", cancel=StopAfter(3))
    assert bridge.is_running
    assert isinstance(speak(bridge, tmp_path / "second.wav", "2"), Spoken)


def test_a_failure_has_the_code_that_the_engine_gives_it(speaker: Bridge, tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="no folder for it"):
        speak(speaker, tmp_path / "nowhere" / "speech.wav")
    assert isinstance(speak(speaker, tmp_path / "speech.wav"), Spoken)


def test_an_engine_is_asked_only_for_what_it_can_do(speaker: Bridge) -> None:
    for do in ("animate", "load", ["speak"]):
        with pytest.raises(EngineError, match="cannot do"):
            speaker.ask({"do": do, "job": "1"}, patience=20, cancel=GoOn())
    assert speaker.is_running


def test_words_of_the_lecture_are_in_no_log_when_the_protocol_is_broken(
    make_speaker: MakeSpeaker, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    bridge = started(make_speaker("--mumbling"))
    with caplog.at_level(logging.DEBUG), pytest.raises(EngineCrashed) as caught:
        speak(bridge, tmp_path / "speech.wav")
    told = caplog.text + "".join(traceback.format_exception(caught.value))
    assert "broke the line protocol" in told
    assert "kinds=missing" in told
    assert not any(word in told for word in TEXT.split())


def test_a_bridge_that_answers_as_another_engine_is_refused(make_speaker: MakeSpeaker) -> None:
    bridge = make_speaker()
    with pytest.raises(EngineUnavailable, match=r"the engine 'speaker', not 'sadtalker'"):
        started(bridge, "sadtalker")
    assert not bridge.is_running


def test_an_engine_that_there_is_not_ends_with_the_names_of_those_that_there_are(
    programs: Path,
) -> None:
    python = python38() or Path(sys.executable)
    done = subprocess.run(
        [python, "-m", "sadtalker_bridge", "nobody"],
        check=False,
        cwd=programs,
        env={**os.environ, "PYTHONPATH": str(programs), "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "sadtalker" in done.stderr and "speaker" in done.stderr
    assert done.stdout == ""
