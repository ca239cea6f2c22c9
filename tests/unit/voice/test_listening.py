"""How much of a long recording is listened to, and what is found in it all the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from app.media.blocks import Block
from app.voice import listening
from app.voice.activity import FRAME, Frames, Levels, Spoken
from app.voice.listening import Budget, Heard, listen
from app.voice.sample import BUDGET
from benchmarks.recordings.sounds import RATE, Sound, noise

if TYPE_CHECKING:
    from app.ports.sound import Samples

SECONDS_OF_BLOCK = 960 * FRAME / RATE
HOUR = round(3600 / SECONDS_OF_BLOCK)
TEN_MINUTES = 20
LOUD = -40.0

Listen = Callable[..., tuple[Heard, float]]


class LoudIsSpeech:
    """Stands in for the detector: takes what is loud for speech, and counts what it is given."""

    seconds = 0.0

    def __call__(self, samples: Samples, levels: Levels, frames: Frames | None = None) -> Spoken:
        given = levels if frames is None else levels[frames]
        self.seconds += given.size * FRAME / RATE
        return np.asarray(given > LOUD)


@pytest.fixture
def hear(monkeypatch: pytest.MonkeyPatch) -> Listen:
    """Listens to blocks as if a file held them; also tells the seconds that the detector got."""

    def heard(*blocks: Sound, track: int = 0, budget: Budget = BUDGET) -> tuple[Heard, float]:
        def decoded(*_: object, **__: object) -> Iterator[Block]:
            yield from (block.reshape(960 * FRAME, -1).astype(np.float32) for block in blocks)

        detector = LoudIsSpeech()
        monkeypatch.setattr(listening, "sound_blocks", decoded)
        monkeypatch.setattr(listening, "spoken_frames", detector)
        return listen(Path("voice.wav"), track, budget=budget, ffmpeg=None), detector.seconds

    return heard


@pytest.fixture(scope="module")
def hiss() -> Sound:
    """A block without anybody."""
    return 0.002 * noise(SECONDS_OF_BLOCK)


@pytest.fixture
def sentence(hiss: Sound, voice: Sound) -> Sound:
    """A block with 5 s of speech."""
    block = hiss.copy()
    block[10 * RATE : 15 * RATE] += voice[: 5 * RATE]
    return block


def test_ten_minutes_are_heard_to_the_last_frame(hear: Listen, hiss: Sound) -> None:
    heard, detected = hear(*[hiss] * TEN_MINUTES)
    assert detected == pytest.approx(TEN_MINUTES * SECONDS_OF_BLOCK)
    assert heard.left.listened == pytest.approx(BUDGET.listened - detected)


def test_an_hour_of_noise_costs_twice_as_much_as_ten_minutes(hear: Listen, hiss: Sound) -> None:
    heard, detected = hear(*[hiss] * HOUR)
    assert heard.whole and heard.best is None
    assert detected < 1250


def test_silence_costs_nothing_and_hides_nothing(
    hear: Listen, hiss: Sound, sentence: Sound
) -> None:
    assert hear(*[np.zeros_like(hiss)] * HOUR)[1] == 0.0
    heard, detected = hear(*[np.zeros_like(hiss)] * (HOUR - 2), sentence)
    assert heard.best is not None
    assert detected < 2 * SECONDS_OF_BLOCK


def test_a_sentence_that_comes_late_is_found_after_noise(
    hear: Listen, hiss: Sound, sentence: Sound
) -> None:
    blocks = [hiss] * (HOUR - 2)
    blocks[-5] = sentence
    heard, _ = hear(*blocks)
    assert heard.best is not None
    began = (HOUR - 7) * SECONDS_OF_BLOCK + 10
    assert heard.best.spans[0][0] == pytest.approx(began, abs=0.5)
    assert heard.best.is_usable


def test_a_late_sentence_on_one_of_two_channels_is_found(
    hear: Listen, hiss: Sound, voice: Sound
) -> None:
    talk = hiss + np.resize(voice, hiss.size)
    blocks = [np.stack([hiss, hiss[::-1]], axis=1)] * (TEN_MINUTES + 5)
    blocks[-1] = np.stack([hiss, talk], axis=1)
    heard, _ = hear(*blocks)
    assert heard.best is not None
    assert heard.best.channel == 1


def test_many_channels_cost_no_more_than_two(hear: Listen, hiss: Sound) -> None:
    channels = np.stack([np.roll(hiss, 999 * each) for each in range(8)], axis=1)
    heard, detected = hear(*[channels] * 36)
    assert not heard.whole
    assert detected < 1700
    assert heard.seconds * 8 < BUDGET.decoded + 8 * SECONDS_OF_BLOCK


def test_who_speaks_in_noise_for_an_hour_is_not_heard_to_the_end(
    hear: Listen, hiss: Sound, voice: Sound
) -> None:
    talk = 10 * hiss + np.resize(voice, hiss.size)
    heard, detected = hear(*[talk] * HOUR)
    assert heard.best is not None
    assert detected < BUDGET.listened + 40


def test_ten_minutes_of_a_further_track_are_followed(hear: Listen, hiss: Sound) -> None:
    heard, _ = hear(*[np.zeros_like(hiss)] * HOUR, track=1)
    assert heard.seconds == pytest.approx(600, abs=SECONDS_OF_BLOCK)
