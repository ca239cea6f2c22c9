"""What every speech engine must keep: each one of the registry, with a stand-in of its outside
part where that is a program or a network, and as it is where it can run here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

import config
from app.engines import registry
from app.errors import Cancelled, LanguageError, VoiceSampleError
from app.phonetics import VISEMES
from app.ports.speech import Speech, SpeechEngine
from tests.services.programs import skip_without
from tests.stand_ins import engines

pytestmark = pytest.mark.slow

SAMPLES = config.ROOT / "samples"

WORDS = {
    "ar": "أرسل المهندس ثلاث رسائل اليوم.",
    "cs": "Inženýr dnes poslal tři balíky.",
    "de": "1974 schickte Dr. Schmidt drei Pakete.",
    "en": "In 1974, Dr. Smith sent 3 packets.",
    "es": "En 1974 el doctor envió 3 paquetes.",
    "fr": "En 1974, le docteur envoya 3 paquets.",
    "hi": "इंजीनियर ने आज तीन पैकेट भेजे।",
    "hu": "A mérnök ma három csomagot küldött.",
    "it": "Nel 1974 il dottore inviò 3 pacchetti.",
    "ja": "技師は今日荷物を三つ送りました。",
    "ko": "기술자는 오늘 소포 세 개를 보냈다.",
    "pt": "Em 1974 o doutor enviou 3 pacotes.",
    "ru": "В 1974 году инженер отправил 3 пакета.",
    "zh": "工程师今天寄出了三个包裹。",
}
OTHERWISE = "Do re mi fa sol la si do re."
"""For languages whose text is not above: it is spoken somehow."""


class GoOn:
    """Nobody asks to stop."""

    def check(self) -> None: ...


class Stop:
    """Somebody asked to stop already."""

    def check(self) -> None:
        raise Cancelled


@dataclass(frozen=True)
class Case:
    """An engine, real or with a stand-in."""

    name: str
    stands_in: bool

    def __str__(self) -> str:
        return f"{self.name} with a stand-in" if self.stands_in else self.name


CASES = [
    Case(name, stands_in)
    for name in registry.builtin("speech")
    for stands_in in ((False, True) if name in engines.SPEECH else (False,))
]


@pytest.fixture(params=CASES, ids=str, scope="module")
def case(request: pytest.FixtureRequest) -> Case:
    assert isinstance(request.param, Case)
    return request.param


@pytest.fixture(scope="module")
def speech(
    case: Case, models: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SpeechEngine]:
    place = tmp_path_factory.mktemp(case.name)
    with pytest.MonkeyPatch.context() as patch:
        engine: SpeechEngine
        if case.stands_in:
            outside = engines.SPEECH[case.name](place, patch)
            engine = engines.create("speech", case.name, outside.options, {"models_dir": models})
        else:
            places = {"models_dir": models, "cache_dir": place}
            if lacks := registry.card("speech", case.name).lacks({}, places):
                skip_without(lacks)
            engine = registry.create("speech", case.name, {}, places)
        engine.load()
        yield engine
        engine.close()
        engine.close()


def languages(case: Case) -> list[str]:
    return sorted(registry.card("speech", case.name).languages)


def usual(case: Case) -> str:
    """English where it speaks that."""
    return "en" if "en" in languages(case) else languages(case)[0]


def spoken(engine: SpeechEngine, text: str, language: str) -> Speech:
    return engine.synthesize(text, engine.voice(SAMPLES / "voice.wav"), language, GoOn())


def test_it_has_the_methods_of_its_port(speech: SpeechEngine) -> None:
    assert isinstance(speech, SpeechEngine)


def test_every_language_that_its_card_claims_is_spoken(speech: SpeechEngine, case: Case) -> None:
    for language in languages(case):
        try:
            check_spoken(speech, language)
        except LanguageError as error:
            # Needs a dictionary that is not installed here, and says which.
            assert f"install the extra '{case.name}-{language}'" in str(error)


def check_spoken(engine: SpeechEngine, language: str) -> None:
    text = WORDS.get(language, OTHERWISE)
    said = spoken(engine, text, language)
    seconds = len(said.samples) / said.rate
    assert said.samples.dtype == np.float32 and said.samples.ndim == 1
    assert 1 < seconds < 12, language
    assert 0.05 < float(np.abs(said.samples).max()) <= 1.0
    assert [word.text for word in said.words] == text.split()
    times = [time for word in said.words for time in (word.start, word.end)]
    assert times == sorted(times) and times[-1] <= seconds
    assert {viseme.name for viseme in said.visemes} <= set(VISEMES)
    if said.visemes:
        assert said.visemes[0].start == 0
        assert said.visemes[-1].end == pytest.approx(seconds, abs=0.05)


def test_the_same_words_sound_the_same_again(speech: SpeechEngine, case: Case) -> None:
    language = usual(case)
    first, second = (spoken(speech, WORDS[language], language) for _ in range(2))
    assert np.array_equal(first.samples, second.samples)
    assert first.visemes == second.visemes


def test_a_preset_is_never_called_a_clone(speech: SpeechEngine, case: Case) -> None:
    voice = spoken(speech, WORDS[usual(case)], usual(case)).voice
    assert (voice.fidelity == "cloned") == (not voice.preset)
    assert (voice.fidelity == "cloned") == ("clones" in registry.card("speech", case.name).summary)


def test_a_language_that_its_card_does_not_claim_is_refused(speech: SpeechEngine) -> None:
    with pytest.raises(LanguageError, match="xx"):
        spoken(speech, "Guten Tag.", "xx")


def test_it_stops_when_asked(speech: SpeechEngine, case: Case) -> None:
    voice, language = speech.voice(SAMPLES / "voice.wav"), usual(case)
    with pytest.raises(Cancelled):
        speech.synthesize(WORDS[language], voice, language, Stop())


def test_progress_rises_to_the_whole(speech: SpeechEngine, case: Case) -> None:
    voice, language, told = speech.voice(SAMPLES / "voice.wav"), usual(case), list[float]()
    text = f"{WORDS[language]} {WORDS[language]}"
    speech.synthesize(text, voice, language, GoOn(), told.append)
    assert told == sorted(told) and len(told) >= 2
    assert told[-1] == pytest.approx(1.0)


def test_a_picture_is_no_voice_sample(speech: SpeechEngine) -> None:
    with pytest.raises(VoiceSampleError):
        speech.voice(SAMPLES / "lecturer-man.jpg")
