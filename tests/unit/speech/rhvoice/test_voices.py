from __future__ import annotations

import numpy as np
import pytest

from app.engines.speech.common.voiceprint import VoicePrint
from app.engines.speech.rhvoice.options import FREE_VOICES
from app.engines.speech.rhvoice.preflight import Installed
from app.engines.speech.rhvoice.voices import choose, measured, used

WOMEN, MEN = ("anna", "elena", "irina"), ("aleksandr",)
RUSSIAN = [Installed(name, "ru", "f") for name in WOMEN] + [
    Installed(name, "ru", "m") for name in MEN
]


def like(name: str) -> VoicePrint:
    voice = measured()[name]
    return VoicePrint("", voice.embedding, voice.pitch)


@pytest.mark.parametrize("name", [*WOMEN, *MEN])
def test_a_sample_of_a_voice_is_answered_in_it(name: str) -> None:
    chosen = choose(like(name), RUSSIAN)
    assert (chosen.preset, chosen.fidelity) == (name, "preset_matched")
    assert chosen.similarity == pytest.approx(1.0, abs=0.01)


def test_every_free_voice_is_measured() -> None:
    assert measured().keys() >= FREE_VOICES


def test_a_sample_like_no_voice_is_answered_by_pitch_and_said_to_be_no_match() -> None:
    nobody = np.zeros(256, np.float32)
    nobody[0] = 1.0
    women = [voice for voice in RUSSIAN if voice.gender == "f"]
    chosen = choose(VoicePrint("", nobody, 181.0), women)
    assert (chosen.preset, chosen.fidelity) == ("irina", "preset")


def test_of_voices_about_equally_high_the_clearest_speaks() -> None:
    nobody = np.zeros(256, np.float32)
    nobody[0] = 1.0
    names = {choose(VoicePrint("", nobody, pitch), RUSSIAN[:3]).preset for pitch in (185.0, 199.0)}
    assert names == {"irina"}
    assert choose(VoicePrint("", nobody, 230.0), RUSSIAN[:3]).preset == "anna"


def test_of_voices_about_equally_similar_the_clearest_speaks() -> None:
    one, other = measured()["irina"].embedding, measured()["elena"].embedding
    between = (one + 1.02 * other) / np.linalg.norm(one + 1.02 * other)
    chosen = choose(VoicePrint("", between, 200.0), [RUSSIAN[1], RUSSIAN[2]])
    assert (chosen.preset, chosen.fidelity) == ("irina", "preset_matched")


@pytest.mark.parametrize("name", ["pavel", "mikhail", "vitaliy", "yuriy", "artemiy", "alan", "bdl"])
def test_another_mans_sample_gets_a_man(name: str) -> None:
    assert choose(like(name), RUSSIAN).preset in MEN


@pytest.mark.parametrize("name", ["arina", "tatiana", "victoria", "slt", "clb", "lyubov"])
def test_another_womans_sample_gets_a_woman(name: str) -> None:
    assert choose(like(name), RUSSIAN).preset in WOMEN


def test_without_a_voice_of_the_gender_another_speaks() -> None:
    assert choose(like("aleksandr"), [Installed("anna", "ru", "f")]).preset == "anna"


def test_a_voice_that_nobody_measured_has_no_similarity() -> None:
    stranger = choose(like("anna"), [Installed("stranger", "ru", "f")])
    assert (stranger.preset, stranger.similarity) == ("stranger", None)
    assert used("stranger", like("anna")).similarity is None
