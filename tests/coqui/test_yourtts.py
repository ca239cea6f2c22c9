"""YourTTS through the real coqui-tts, with random weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from app.errors import Cancelled, LanguageError
from app.ports.speech import Speech, SpeechEngine
from tests.coqui.conftest import VOICE, GoOn, StopAt

if TYPE_CHECKING:
    from app.engines.speech.yourtts.engine import YourTts

SENTENCES = {
    "en": "In 1974, Dr. Smith sent 3 packets. They travelled alone.",
    "fr": "En 1974, l'ingénieur envoya 3 paquets. Ils voyageaient seuls.",
    "pt": "Em 1974 o engenheiro enviou 3 pacotes. Eles viajaram sozinhos.",
}


def spoken(engine: YourTts, text: str, language: str) -> Speech:
    return engine.synthesize(text, engine.voice(VOICE), language, GoOn())


def test_it_has_the_methods_of_its_port(yourtts: YourTts) -> None:
    assert isinstance(yourtts, SpeechEngine)


@pytest.mark.parametrize("language", sorted(SENTENCES))
def test_each_of_three_languages_is_spoken(yourtts: YourTts, language: str) -> None:
    text = SENTENCES[language]
    said = spoken(yourtts, text, language)
    assert said.rate == 16000 and said.samples.dtype == np.float32
    assert 0.01 < float(np.abs(said.samples).max()) <= 1.0
    assert said.voice.fidelity == "cloned"
    assert [word.text for word in said.words] == text.split()
    times = [moment for word in said.words for moment in (word.start, word.end)]
    assert times == sorted(times) and times[-1] <= said.samples.size / said.rate


def test_another_language_is_refused(yourtts: YourTts) -> None:
    with pytest.raises(LanguageError, match="'ru'"):
        spoken(yourtts, "Добрый день.", "ru")


def test_the_same_words_sound_the_same_again(yourtts: YourTts) -> None:
    first, second = (spoken(yourtts, "The same words.", "en") for _ in range(2))
    assert np.array_equal(first.samples, second.samples)


def test_the_voice_decides_the_sound(yourtts: YourTts) -> None:
    from app.engines.speech.common.coqui.latents import Latents

    mine = yourtts.voice(VOICE)
    other = Latents(mine.sha256, {"speaker": -mine.tensors["speaker"]})
    one, two = (yourtts.synthesize("Hello.", voice, "en", GoOn()) for voice in (mine, other))
    assert not np.array_equal(one.samples, two.samples)


def test_cancelling_ends_it_within_the_network(yourtts: YourTts) -> None:
    voice = yourtts.voice(VOICE)
    whole = StopAt()
    before = yourtts.synthesize("Hello there.", voice, "en", whole)
    for number in (1, whole.checks // 2, whole.checks):
        with pytest.raises(Cancelled):
            yourtts.synthesize("Hello there.", voice, "en", StopAt(number))
    after = yourtts.synthesize("Hello there.", voice, "en", GoOn())
    assert np.array_equal(before.samples, after.samples)


def test_the_lectures_text_is_never_logged(
    yourtts: YourTts, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"):
        spoken(yourtts, "Zanzibar costs ¥ and Ж.", "en")
    assert "anzibar" not in caplog.text
