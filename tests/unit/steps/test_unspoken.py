"""A fragment that the engine cannot speak: its number and words are told, and no log has them."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.errors import Cancelled, FragmentNotSpoken, LanguageError, LectureTextError
from app.lecture.lexicon import Entry
from app.ports.speech import Speech
from app.ports.work import Cancel
from app.steps import unspoken
from tests.unit.steps.test_speaking import Reader, spoken

LECTURE = (
    "The first sentence is long but harmless. The second one names the river Ǥuovža as well. "
    "The third one is fine."
)


@dataclass
class Stumbler(Reader):
    """An engine that fails on one string, and counts the words it was asked for."""

    stumbles: str = ""
    error: Exception = field(default_factory=lambda: KeyError("Ǥ"))
    asked: int = 0

    def said(self, text: str, sample: Path, cancel: Cancel) -> Speech:
        self.asked += 1
        if self.stumbles in text:
            raise self.error
        return super().said(text, sample, cancel)


def refused(folder: Path, engine: Stumbler, text: str, *entries: Entry) -> str:
    with pytest.raises(FragmentNotSpoken) as refusal:
        spoken(folder, engine, text, *entries)
    assert refusal.value.code == "fragment_not_spoken"
    assert not refusal.value.retryable
    return str(refusal.value)


@pytest.mark.parametrize("error", [KeyError("Ǥ"), IndexError(), ValueError("x"), TypeError()])
def test_the_word_is_found(tmp_path: Path, error: Exception) -> None:
    engine = Stumbler(stumbles="Ǥ", error=error)
    told = refused(tmp_path, engine, LECTURE)
    assert told.startswith('fragment 1 cannot be spoken by reader, because of "Ǥuovža";')
    assert engine.asked < 15


def test_words_that_only_fail_together_are_told_together(tmp_path: Path) -> None:
    assert '"river Ǥuovža"' in refused(tmp_path, Stumbler(stumbles="river Ǥ"), LECTURE)


def test_at_most_a_few_words_are_told(tmp_path: Path) -> None:
    told = refused(tmp_path, Stumbler(stumbles="The second one names the river"), LECTURE)
    assert '"The second one";' in told


def test_the_lectures_own_word_is_told_for_one_that_a_lexicon_respells(tmp_path: Path) -> None:
    engine = Stumbler(stumbles="cue")
    told = refused(tmp_path, engine, "We ask SQL today.", Entry("en", "SQL", "ess cue ell"))
    assert '"SQL"' in told and "cue" not in told


def test_a_fragment_of_one_word_is_told(tmp_path: Path) -> None:
    assert '"Ǥuovža"' in refused(tmp_path, Stumbler(stumbles="Ǥ"), "Ǥuovža")


def test_an_error_that_no_sentence_alone_has_is_told_by_the_fragment(tmp_path: Path) -> None:
    told = refused(tmp_path, Stumbler(stumbles="harmless. The"), LECTURE)
    assert told == "fragment 1 cannot be spoken by reader"


def test_what_the_engine_says_of_the_text_is_told(tmp_path: Path) -> None:
    error = LectureTextError("none of 3 words can be read")
    assert "none of 3 words" in refused(tmp_path, Stumbler(stumbles="", error=error), LECTURE)


def test_a_language_that_is_not_spoken_is_no_fault_of_a_word(tmp_path: Path) -> None:
    engine = Stumbler(stumbles="", error=LanguageError("reader does not speak 'en'"))
    with pytest.raises(LanguageError, match="does not speak"):
        spoken(tmp_path, engine, LECTURE)


def test_a_word_of_a_language_that_is_not_spoken_is_told(tmp_path: Path) -> None:
    engine = Stumbler(stumbles="Ǥ", error=LanguageError("no reader for this script"))
    assert "no reader for this script" in refused(tmp_path, engine, LECTURE)


@pytest.mark.parametrize("error", [RuntimeError("out of memory"), OSError(), Cancelled()])
def test_what_is_no_fault_of_the_text_is_not_searched(tmp_path: Path, error: BaseException) -> None:
    engine = Stumbler(stumbles="Ǥ", error=error)  # type: ignore[arg-type]  # Cancelled is none
    with pytest.raises(type(error)):
        spoken(tmp_path, engine, LECTURE)
    assert engine.asked == 1


def test_the_search_ends_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unspoken, "SEARCH_SECONDS", 0.0)
    engine = Stumbler(stumbles="Ǥ")
    assert "fragment 1 cannot" in refused(tmp_path, engine, LECTURE)
    assert engine.asked == 1


def test_no_word_reaches_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        refused(tmp_path, Stumbler(stumbles="Ǥ"), LECTURE)
    (record,) = caplog.records
    assert "fragment not spoken lecture=7 fragment=1 error=KeyError at=test_unspoken" in caplog.text
    assert "Ǥ" not in caplog.text
    assert record.exc_info is None
