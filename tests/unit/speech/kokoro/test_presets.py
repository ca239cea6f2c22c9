from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.engines.speech.common.known_voices import LEAST_SIMILARITY, gender
from app.engines.speech.common.voiceprint import VoicePrint, VoicePrints
from app.engines.speech.kokoro.card import CARD
from app.engines.speech.kokoro.engine import Kokoro
from app.engines.speech.kokoro.presets import (
    ACCENTS,
    CHARACTERS,
    PACES,
    Preset,
    choose,
    manner,
    preset_named,
    presets,
)
from app.errors import ConfigError, VoiceSampleError
from tests.unit.speech.conftest import Switch

ADULTS = [preset for preset in presets() if preset.name != "zm_yunxia"]


def sample_of(preset: Preset) -> VoicePrint:
    return VoicePrint("", preset.embedding, preset.pitch)


def stranger(pitch: float, leaning: str) -> VoicePrint:
    """Somebody unlike any built-in voice, but rather like a woman (f) or a man (m)."""
    away = np.zeros(256, np.float32)
    away[np.argmin(sum(preset.embedding for preset in presets()))] = 1.0
    towards = np.mean([p.embedding for p in presets() if p.gender == leaning], axis=0)
    mixed = away + 0.5 * towards
    return VoicePrint("", (mixed / np.linalg.norm(mixed)).astype(np.float32), pitch)


def test_the_table_holds_the_voices_of_the_model(kokoro: Kokoro) -> None:
    assert tuple(preset.name for preset in presets()) == kokoro.loaded().voices


def test_every_language_of_the_engine_has_voices_of_both_genders() -> None:
    for language in CARD.languages:
        families = ACCENTS[language]
        assert {p.gender for p in presets() if p.family in families} == {"f", "m"}


def test_the_gender_of_every_voice_is_heard() -> None:
    assert [p.name for p in ADULTS if gender(sample_of(p)) != p.gender] == []


@pytest.mark.parametrize("name", ["af_heart", "am_michael", "bf_emma", "bm_george"])
def test_an_english_sample_of_a_built_in_voice_is_matched_to_it(name: str) -> None:
    used = choose(sample_of(preset_named(name)), "en").used
    assert (used.preset, used.fidelity, used.similarity) == (name, "preset_matched", 1.0)


@pytest.mark.parametrize("language", sorted(CARD.languages))
def test_whoever_speaks_is_answered_by_a_lecturer_of_the_same_gender(language: str) -> None:
    for preset in ADULTS:
        chosen = choose(sample_of(preset), language).preset
        assert chosen.gender == preset.gender
        assert chosen.family in ACCENTS[language]
        assert chosen.name not in CHARACTERS


@pytest.mark.parametrize(
    ("language", "families"), [("fr", "f"), ("es", "e"), ("it", "i"), ("ru", "h")]
)
def test_a_sample_like_a_voice_at_home_in_the_language_is_given_that_voice(
    language: str, families: str
) -> None:
    native = next(p for p in presets() if p.family in families and p.gender == "f")
    assert choose(sample_of(native), language).preset.name == native.name


@pytest.mark.parametrize("preset", ADULTS, ids=lambda preset: preset.name)
def test_russian_takes_the_manner_of_a_voice_of_the_same_gender(preset: Preset) -> None:
    speaker = preset_named(manner(preset, "ru").speaker)
    assert (speaker.family, speaker.gender) == ("h", preset.gender)


@pytest.mark.parametrize("language", sorted(CARD.languages - {"ru"}))
def test_other_languages_are_spoken_in_the_own_manner_of_each_voice(language: str) -> None:
    for preset in ADULTS:
        own = manner(preset, language)
        assert (own.speaker, own.length_scale) == (preset.name, PACES.get(language, 1.0))


def test_the_manner_of_another_voice_is_its_rhythm_with_the_own_timbre(kokoro: Kokoro) -> None:
    model, words = kokoro.loaded(), "dˈobrɨj djˈenj."
    sara, alpha = (model.render(words, name, Switch()) for name in ("if_sara", "hf_alpha"))
    mixed = model.render(words, "if_sara", Switch(), speaks_like="hf_alpha")
    assert mixed.durations == alpha.durations != sara.durations
    assert not np.allclose(mixed.samples, alpha.samples, atol=0.01)


def test_a_stranger_is_matched_by_pitch_and_it_is_said() -> None:
    low, high = (choose(stranger(pitch, "m"), "en") for pitch in (85.0, 160.0))
    assert low.used.fidelity == high.used.fidelity == "preset"
    assert low.used.similarity is not None
    assert low.used.similarity < LEAST_SIMILARITY
    assert low.preset.pitch < 100
    assert high.preset.pitch > 140


def test_a_fixed_voice_is_used_whatever_the_sample() -> None:
    used = choose(sample_of(preset_named("am_michael")), "en", fixed=preset_named("af_heart")).used
    assert (used.preset, used.fidelity) == ("af_heart", "preset")


def test_an_unknown_voice_is_a_wrong_setting() -> None:
    with pytest.raises(ConfigError, match=r"'af_nobody'.*af_heart"):
        preset_named("af_nobody")


def test_a_sample_is_measured_once(woman: Path) -> None:
    prints = VoicePrints(None)
    assert prints.of(woman) is prints.of(woman)


def test_a_measurement_outlives_the_process(woman: Path, tmp_path: Path) -> None:
    first = VoicePrints(tmp_path / "cache").of(woman)
    (kept,) = (tmp_path / "cache").iterdir()
    written = kept.stat().st_mtime_ns
    again = VoicePrints(tmp_path / "cache").of(woman)
    np.testing.assert_array_equal(again.embedding, first.embedding)
    assert again.pitch == first.pitch
    assert kept.stat().st_mtime_ns == written


def test_another_sample_under_the_same_name_is_another_voice(
    woman: Path, man: Path, tmp_path: Path
) -> None:
    prints, path = VoicePrints(None), tmp_path / "sample.wav"
    genders = []
    for sample in (woman, man):
        path.write_bytes(sample.read_bytes())
        genders.append(gender(prints.of(path)))
    assert genders == ["f", "m"]


def test_a_missing_sample_is_told_without_the_place_of_our_copy(tmp_path: Path) -> None:
    with pytest.raises(VoiceSampleError, match="the voice sample is missing") as error:
        VoicePrints(None).of(tmp_path / "nobody.wav")
    assert str(tmp_path) not in str(error.value)
