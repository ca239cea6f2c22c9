"""An engine that clones, with a stand-in for its network and for whoever listens to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

from app.engines.speech.common.coqui.cloning import Cloning, Model, say_pieces
from app.engines.speech.common.coqui.hearing import Listener
from app.engines.speech.common.coqui.options import CoquiOptions
from app.engines.speech.common.coqui.pieces import cut
from app.engines.speech.common.coqui.word_times import HeardWord
from app.engines.speech.common.joining import HEAD_SECONDS
from app.engines.speech.common.phrases import SENTENCE_PAUSE
from app.errors import Cancelled, LectureTextError
from tests.unit.speech.conftest import Switch

if TYPE_CHECKING:
    from app.engines.speech.common.speaking import Speaking
    from app.ports.sound import Samples
    from app.ports.work import Cancel, Progress

RATE = 16000


class Ear:
    """Stand-in for a recognizer that hears one word, and how long it listened."""

    def __init__(self, *heard: HeardWord) -> None:
        self.heard = list(heard)
        self.seconds: list[float] = []

    def words(self, samples: Samples, rate: int, language: str, cancel: Cancel) -> list[HeardWord]:
        self.seconds.append(samples.size / rate)
        return self.heard


class Humming(Cloning[CoquiOptions, Model]):
    """Hums a second for every piece, and tells when half of it is done."""

    sample_rate = RATE

    def __init__(self, ear: Ear | None, place: Path) -> None:
        options = CoquiOptions(models_dir=place, model_name="none", word_times="proportional")
        super().__init__(options)
        self._listener = cast("Listener | None", ear)
        self.said: list[str] = []

    def _open(self, folder: Path) -> tuple[Model, str]:
        raise NotImplementedError

    def _begin(
        self, text: str, voice: object, language: str, cancel: Cancel, progress: Progress
    ) -> Speaking:
        def say(piece: str, progress: Progress) -> Samples:
            self.said.append(piece)
            progress(0.5)
            return (0.1 * np.sin(np.arange(RATE))).astype(np.float32)

        pieces = cut(text, language, prepare=str.strip, fits=lambda piece: len(piece) < 40)
        return say_pieces(
            text, language, pieces, say=say, rate=RATE, cancel=cancel, progress=progress
        )


def test_a_piece_is_said_when_it_is_asked_for_and_tells_how_far_it_is(tmp_path: Path) -> None:
    engine, told, cancel = Humming(None, tmp_path), list[float](), Switch()
    phrases = engine.phrases("One. Two three four.", None, "en", cancel, told.append)
    assert engine.said == []
    first = next(phrases)
    assert (engine.said, told) == (["One."], [1 / 8, 1 / 4])
    assert (first.rate, first.pause, first.visemes) == (RATE, SENTENCE_PAUSE, ())
    cancel.asked_at = 0.0
    with pytest.raises(Cancelled):
        next(phrases)
    assert engine.said == ["One."]


def test_progress_of_a_later_piece_goes_on_from_the_one_before(tmp_path: Path) -> None:
    told: list[float] = []
    Humming(None, tmp_path).synthesize("One. Two three four.", None, "en", Switch(), told.append)
    assert told == [1 / 8, 1 / 4, 5 / 8, 1.0]


def test_progress_never_goes_back_where_one_word_becomes_several_pieces(tmp_path: Path) -> None:
    engine, told = Humming(None, tmp_path), list[float]()
    engine.synthesize("今天我们学习网络。明白吗？", None, "zh", Switch(), told.append)
    assert len(engine.said) == 2
    assert told == sorted(told)


def test_words_are_timed_where_they_were_heard_in_the_whole_sound(tmp_path: Path) -> None:
    second_piece = HEAD_SECONDS + 1.0 + SENTENCE_PAUSE
    ear = Ear(HeardWord(" three", second_piece + 0.5, second_piece + 0.6))
    speech = Humming(ear, tmp_path).synthesize("One. Two three four.", None, "en", Switch())
    assert [word.text for word in speech.words] == ["One.", "Two", "three", "four."]
    three = speech.words[2]
    assert (three.start, three.end) == pytest.approx((second_piece + 0.5, second_piece + 0.6))
    assert speech.words[1].end == pytest.approx(three.start)
    assert ear.seconds == [speech.samples.size / RATE]


def test_nobody_listens_to_a_language_without_spaces_or_to_a_pause(tmp_path: Path) -> None:
    ear = Ear()
    engine = Humming(ear, tmp_path)
    engine.synthesize("今天我们学习网络。", None, "zh", Switch())
    assert not engine.synthesize("* * *", None, "en", Switch()).samples.any()
    assert ear.seconds == []


def test_a_text_of_which_nothing_can_be_said_is_refused(tmp_path: Path) -> None:
    class Mute(Humming):
        def _begin(
            self, text: str, voice: object, language: str, cancel: Cancel, progress: Progress
        ) -> Speaking:
            return say_pieces(
                text, language, [], say=lambda *_: np.zeros(1, np.float32), rate=RATE,
                cancel=cancel, progress=progress,
            )  # fmt: skip

    with pytest.raises(LectureTextError, match="none of 2 words") as error:
        Mute(None, tmp_path).synthesize("One two", None, "en", Switch())
    assert "One" not in str(error.value)
