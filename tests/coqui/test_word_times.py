"""Word times heard by Whisper, against the durations of an engine that knows them."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest

from app.engines.speech.common.coqui.hearing import Listener
from app.engines.speech.common.coqui.install import LISTENING
from app.engines.speech.common.coqui.pieces import WordPart
from app.engines.speech.common.coqui.preflight import lacks_language
from app.engines.speech.common.coqui.word_times import as_heard, by_letters
from app.engines.speech.kokoro.engine import Kokoro
from app.engines.speech.kokoro.options import KokoroOptions
from app.errors import Cancelled
from app.ports.speech import Speech, WordSpan
from tests.coqui.conftest import VOICE, GoOn, StopLater
from tests.sounds import read_sound

TEXTS = {
    "en": "In 1974, a small team of engineers sent the first packets through a network, and "
    "nobody noticed, although it changed everything that people did afterwards.",
    "ru": "В 1974 году небольшая группа инженеров отправила первые пакеты по сети, и никто этого "
    "не заметил, хотя это изменило всё, что люди делали потом.",
}


@pytest.fixture(scope="module")
def listener(tmp_path_factory: pytest.TempPathFactory) -> Listener:
    if absent := lacks_language(tuple((name, name) for name in LISTENING)):
        pytest.skip(f"not installed: {', '.join(absent)}")
    return Listener(tmp_path_factory.mktemp("cache"), threads=1)


@pytest.fixture(scope="module")
def kokoro(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kokoro]:
    engine = Kokoro(KokoroOptions(models_dir=models, cache_dir=tmp_path_factory.mktemp("cache")))
    yield engine
    engine.close()


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_heard_words_are_nearer_the_truth_than_shared_out_ones(
    kokoro: Kokoro, listener: Listener, language: str
) -> None:
    text = TEXTS[language]
    said = kokoro.synthesize(text, kokoro.voice(VOICE), language, GoOn())
    words = text.split()
    parts = [WordPart(number, word) for number, word in enumerate(words)]
    start, end = said.words[0].start, said.words[-1].end
    # Timed as a piece is that starts and ends with the speech.
    shared = tuple(_from(start - 0.03, by_letters(parts, end - start + 0.08)))
    heard = listener.words(said.samples, said.rate, language, GoOn())
    listened = as_heard(shared, words, heard)
    print(f"{language}: {error(listened, said):.3f} s heard, {error(shared, said):.3f} s shared")
    assert error(listened, said) < 0.75 * error(shared, said)
    assert error(listened, said) < 0.15
    times = [moment for word in listened for moment in (word.start, word.end)]
    assert times == sorted(times)


def _from(start: float, spans: Iterable[WordSpan]) -> Iterator[WordSpan]:
    """The same words, later."""
    for span in spans:
        yield WordSpan(span.word, start + span.start, start + span.end)


def error(words: tuple[WordSpan, ...], said: Speech) -> float:
    """Mean distance of the words' middles, in seconds."""
    middles = [(word.start + word.end) / 2 for word in words]
    true = [(word.start + word.end) / 2 for word in said.words]
    return float(np.mean(np.abs(np.subtract(middles, true))))


def test_listening_is_left_at_once_when_asked(listener: Listener) -> None:
    minute = np.resize(read_sound(VOICE, 16000), 60 * 16000)
    listener.words(minute[:16000], 16000, "en", GoOn())
    started = time.monotonic()
    with pytest.raises(Cancelled):
        listener.words(minute, 16000, "en", StopLater(0.3))
    # 0.3 s until it is asked; the whole minute takes twenty.
    assert time.monotonic() - started < 5
