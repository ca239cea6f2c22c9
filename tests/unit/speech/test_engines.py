from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

from app.engines.speech.common.loudness import true_peak
from app.engines.speech.hibari.engine import Hibari
from app.engines.speech.hibari.options import HibariOptions
from app.engines.speech.kokoro.card import CARD as KOKORO
from app.engines.speech.kokoro.engine import Kokoro
from app.engines.speech.kokoro.options import KokoroOptions
from app.errors import (
    Cancelled,
    ConfigError,
    EngineUnavailable,
    LanguageError,
    LectureTextError,
)
from app.ports.speech import Speech, SpeechEngine
from tests.unit.speech.conftest import Switch, loudness_of

TEXT = (
    "In 1974, two people — both engineers — described TCP/IP (see Fig. 3).\n\n"
    "About 95% of all traffic still depends on it!"
)
SENTENCES = {
    "en": "Packets travel from one machine to another.",
    "es": "Los paquetes viajan de una máquina a otra.",
    "fr": "Les paquets voyagent d'une machine à l'autre.",
    "it": "I pacchetti viaggiano da una macchina all'altra.",
    "ru": "Пакеты передаются от одной машины к другой.",
}


def say(engine: SpeechEngine, text: str, sample: Path) -> Speech:
    return engine.synthesize(text, engine.voice(sample), "en", Switch())


def loudness_between(speech: Speech, start: float, end: float) -> float:
    part = speech.samples[int(start * speech.rate) : int(end * speech.rate)]
    return float(10 * np.log10(np.mean(part.astype(np.float64) ** 2) + 1e-12))


@pytest.fixture(scope="session")
def lecture(hibari: Hibari, woman: Path) -> Speech:
    return say(hibari, TEXT, woman)


def test_both_engines_are_speech_engines(kokoro: Kokoro, hibari: Hibari) -> None:
    assert isinstance(kokoro, SpeechEngine)
    assert isinstance(hibari, SpeechEngine)


def test_the_words_are_those_of_the_text(lecture: Speech) -> None:
    assert " ".join(word.text for word in lecture.words) == " ".join(TEXT.split())


def test_words_are_in_time_order_within_the_sound(lecture: Speech) -> None:
    times = [time for word in lecture.words for time in (word.start, word.end)]
    assert times == sorted(times)
    assert times[0] > 0
    assert times[-1] < lecture.samples.size / lecture.rate


def test_visemes_last_as_long_as_the_sound_and_rest_at_both_ends(lecture: Speech) -> None:
    first, last = lecture.visemes[0], lecture.visemes[-1]
    assert (first.name, first.start, last.name) == ("sil", 0.0, "sil")
    assert last.end == pytest.approx(lecture.samples.size / lecture.rate)
    assert first.end >= 0.1
    assert last.end - last.start >= 0.25


def test_the_mouth_rests_where_it_is_quiet(lecture: Speech) -> None:
    rests = [v for v in lecture.visemes if v.name == "sil" and v.end - v.start > 0.1][1:-1]
    assert rests
    for rest in rests:
        middle = (rest.start + rest.end) / 2
        assert loudness_between(lecture, middle - 0.03, middle + 0.03) < -50


def test_vowels_are_louder_than_the_closed_lips_between_them(lecture: Speech) -> None:
    def mean(names: set[str]) -> float:
        chosen = [v for v in lecture.visemes if v.name in names]
        return float(np.mean([loudness_between(lecture, v.start, v.end) for v in chosen]))

    assert mean({"aa", "ae", "E", "O", "V", "I"}) > mean({"PP", "DD", "kk"}) + 6


def test_a_fragment_has_the_usual_loudness(lecture: Speech) -> None:
    assert loudness_of(lecture.samples, 24000) == pytest.approx(-16, abs=0.5)
    assert true_peak(lecture.samples) <= -0.99


def test_a_single_short_word_is_spoken(hibari: Hibari, woman: Path) -> None:
    speech = say(hibari, "Yes.", woman)
    assert [word.text for word in speech.words] == ["Yes."]
    assert 0.5 < speech.samples.size / speech.rate < 2.0


def test_a_line_of_asterisks_is_a_pause(hibari: Hibari, woman: Path) -> None:
    speech = say(hibari, "* * *", woman)
    assert not speech.samples.any()
    assert [word.text for word in speech.words] == ["*", "*", "*"]
    assert [viseme.name for viseme in speech.visemes] == ["sil"]


def test_a_text_in_another_script_is_not_passed_over_in_silence(
    hibari: Hibari, woman: Path
) -> None:
    with pytest.raises(LectureTextError, match="none of 2 words"):
        say(hibari, "你好 世界", woman)


def test_a_sentence_longer_than_the_model_takes_is_spoken_whole(
    hibari: Hibari, woman: Path
) -> None:
    text = " ".join(f"item number {number}" for number in range(100, 140))
    speech = say(hibari, text, woman)
    assert " ".join(word.text for word in speech.words) == text
    lengths = [word.end - word.start for word in speech.words if word.text.isdigit()]
    assert min(lengths) > 0.4, "each number of three digits is really said"


def test_the_same_text_and_voice_give_the_same_samples(
    hibari: Hibari, models_dir: Path, woman: Path
) -> None:
    other = Hibari(HibariOptions(models_dir=models_dir))
    first, again, anew = (say(engine, "Again.", woman) for engine in (hibari, hibari, other))
    np.testing.assert_array_equal(first.samples, again.samples)
    np.testing.assert_array_equal(first.samples, anew.samples)


@pytest.mark.slow
def test_kokoro_repeats_itself_exactly(kokoro: Kokoro, woman: Path) -> None:
    first, again = (say(kokoro, "Again.", woman) for _ in range(2))
    np.testing.assert_array_equal(first.samples, again.samples)


def test_a_sample_of_a_built_in_voice_is_answered_in_it(kokoro: Kokoro, woman: Path) -> None:
    used = say(kokoro, "Hello.", woman).voice
    assert (used.fidelity, used.preset) == ("preset_matched", "af_heart")
    assert used.similarity is not None
    assert used.similarity > 0.85


@pytest.mark.slow
def test_a_man_is_answered_by_a_man(kokoro: Kokoro, man: Path) -> None:
    assert say(kokoro, "Hello.", man).voice.preset[1] == "m"


@pytest.mark.slow
@pytest.mark.parametrize("language", sorted(KOKORO.languages))
def test_kokoro_speaks_each_of_its_languages(kokoro: Kokoro, woman: Path, language: str) -> None:
    text = SENTENCES[language]
    speech = kokoro.synthesize(text, kokoro.voice(woman), language, Switch())
    assert " ".join(word.text for word in speech.words) == text
    assert 1.5 < speech.samples.size / speech.rate < 6.0
    assert all(word.end > word.start for word in speech.words if len(word.text) > 2)


@pytest.mark.parametrize("language", ["de", "ru"])
def test_a_language_that_hibari_does_not_speak_is_named(
    hibari: Hibari, woman: Path, language: str
) -> None:
    with pytest.raises(LanguageError, match=f"hibari speaks en, not '{language}'"):
        hibari.synthesize("Hallo.", hibari.voice(woman), language, Switch())


def test_kokoro_lists_its_languages_when_asked_for_another(kokoro: Kokoro, woman: Path) -> None:
    with pytest.raises(LanguageError, match="kokoro speaks en, es, fr, it, ru, not 'de'"):
        kokoro.synthesize("Hallo.", kokoro.voice(woman), "de", Switch())


def test_missing_models_are_explained_on_load(tmp_path: Path) -> None:
    for engine in (
        Kokoro(KokoroOptions(models_dir=tmp_path)),
        Hibari(HibariOptions(models_dir=tmp_path)),
    ):
        with pytest.raises(EngineUnavailable, match="python -m app setup"):
            engine.load()


def test_a_cancelled_fragment_stops_before_its_next_sentence(hibari: Hibari, woman: Path) -> None:
    with pytest.raises(Cancelled):
        hibari.synthesize("One. Two.", hibari.voice(woman), "en", Switch(after=0.0))


def test_a_larger_length_scale_speaks_slower(models_dir: Path, hibari: Hibari, woman: Path) -> None:
    slow = Hibari(HibariOptions(models_dir=models_dir, length_scale=1.5))
    text = "Packets travel from one machine to another."
    usual, longer = (say(engine, text, woman).words[-1].end for engine in (hibari, slow))
    assert longer / usual == pytest.approx(1.5, abs=0.15)


def test_a_higher_speed_speaks_faster(models_dir: Path, hibari: Hibari, woman: Path) -> None:
    fast = Hibari(HibariOptions(models_dir=models_dir, speed=1.5))
    text = "Packets travel from one machine to another."
    usual, shorter = (say(engine, text, woman).words[-1].end for engine in (hibari, fast))
    assert usual / shorter == pytest.approx(1.5, abs=0.15)


@pytest.mark.parametrize("text", ["Yes.", "No!", "A", "Why not?", "Two. One."])
def test_a_very_short_fragment_is_as_loud_as_a_long_one(
    hibari: Hibari, woman: Path, text: str
) -> None:
    speech = say(hibari, text, woman)
    assert loudness_of(speech.samples, 24000) == pytest.approx(-16, abs=1.0)
    assert true_peak(speech.samples) <= -0.99


def test_a_closed_engine_can_be_closed_again_and_used_again(models_dir: Path, woman: Path) -> None:
    engine = Hibari(HibariOptions(models_dir=models_dir))
    engine.close()
    engine.load()
    engine.close()
    assert say(engine, "Back.", woman).words


def test_a_misspelt_option_is_refused(models_dir: Path) -> None:
    with pytest.raises(ValidationError, match="lenght_scale"):
        KokoroOptions.model_validate({"models_dir": models_dir, "lenght_scale": 1.2})


def test_a_fixed_voice_that_does_not_exist_is_a_wrong_setting(models_dir: Path) -> None:
    with pytest.raises(ConfigError, match="af_nobody"):
        Kokoro(KokoroOptions(models_dir=models_dir, voice="af_nobody"))
