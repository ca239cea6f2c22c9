"""Every speech engine hands out a fragment phrase by phrase; joined, they are what it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.engines.speech.common.joining import joined
from app.errors import Cancelled, LanguageError
from app.ports.speech import PhraseEngine
from tests.contract.speech_engines import SENTENCES, VOICE, languages, made, names
from tests.unit.speech.conftest import Switch

pytestmark = pytest.mark.slow


@pytest.fixture(params=names(), scope="module")
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def engine(
    name: str, models: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PhraseEngine]:
    opened = made(name, models, tmp_path_factory.mktemp("cache"))
    yield opened
    opened.close()


def test_it_has_the_methods_of_the_port(engine: PhraseEngine) -> None:
    assert isinstance(engine, PhraseEngine)


def test_the_first_phrase_comes_before_the_last_is_made(engine: PhraseEngine, name: str) -> None:
    language = languages(name)[0]
    text, told, cancel = " ".join([SENTENCES[language]] * 3), list[float](), Switch()
    phrases = engine.phrases(text, engine.voice(VOICE), language, cancel, told.append)
    first = next(phrases)
    assert first.samples.size > 0.5 * first.rate
    assert told[-1] == pytest.approx(1 / 3)
    cancel.asked_at = 0.0
    with pytest.raises(Cancelled):
        next(phrases)


def test_its_phrases_joined_are_what_it_says(engine: PhraseEngine, name: str) -> None:
    language = languages(name)[-1]
    text = f"— {SENTENCES[language]} * {SENTENCES[language]}\n\n{SENTENCES[language]}"
    voice, cancel = engine.voice(VOICE), Switch()
    whole = engine.synthesize(text, voice, language, cancel)
    phrases = engine.phrases(text, voice, language, cancel)
    again = joined(text, phrases, rate=whole.rate, voice=whole.voice)
    np.testing.assert_array_equal(again.samples, whole.samples)
    assert (again.words, again.visemes) == (whole.words, whole.visemes)


def test_times_of_a_phrase_lie_within_its_sound(engine: PhraseEngine, name: str) -> None:
    language = languages(name)[0]
    text = " ".join([SENTENCES[language]] * 2)
    for phrase in engine.phrases(text, engine.voice(VOICE), language, Switch()):
        times = [time for span in phrase.words for time in (span.start, span.end)]
        times += [time for shape in phrase.visemes for time in (shape.start, shape.end)]
        assert 0.0 <= min(times) <= max(times) <= phrase.samples.size / phrase.rate


def test_a_pause_has_no_phrase(engine: PhraseEngine, name: str) -> None:
    language = languages(name)[0]
    assert list(engine.phrases("* * *", engine.voice(VOICE), language, Switch())) == []


def test_a_language_is_refused_before_the_first_phrase(engine: PhraseEngine) -> None:
    with pytest.raises(LanguageError, match="'xx'"):
        engine.phrases("Hello.", engine.voice(VOICE), "xx", Switch())
