"""XTTS through the real coqui-tts, with random weights."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from app.engines.speech.common.coqui.guard import bounds
from app.engines.speech.common.coqui.preflight import lacks_language
from app.engines.speech.xtts.languages import LANGUAGES
from app.errors import Cancelled, LanguageError, LectureTextError
from app.ports.speech import Speech, SpeechEngine
from tests.coqui.conftest import VOICE, GoOn, StopAt, StopLater

if TYPE_CHECKING:
    from app.engines.speech.xtts.engine import Xtts

SENTENCES = {
    "ar": "في عام 1974 أرسل المهندس 3 حزم.",
    "cs": "Dne 3. května 1974 poslal inženýr 3 pakety.",
    "de": "Im Jahr 1974 schickte der Ingenieur 3 Pakete für 20 €.",
    "en": "In 1974, Dr. Smith sent 3 packets.",
    "es": "En 1974 el ingeniero envió 3 paquetes.",
    "fr": "En 1974, l'ingénieur envoya 3 paquets.",
    "hi": "1974 में इंजीनियर ने 3 पैकेट भेजे।",
    "hu": "A mérnök 1974-ben 3 csomagot küldött.",
    "it": "Nel 1974 l'ingegnere inviò 3 pacchetti.",
    "ja": "1974年、技術者は3つのパケットを送りました。",
    "ko": "1974년에 기술자가 3개의 패킷을 보냈습니다.",
    "nl": "In 1974 stuurde de ingenieur 3 pakketten.",
    "pl": "W 1974 roku inżynier wysłał 3 pakiety.",
    "pt": "Em 1974 o engenheiro enviou 3 pacotes.",
    "ru": "В 1974 году инженер отправил 3 пакета.",
    "tr": "Mühendis 1974 yılında 3 paket gönderdi.",
    "zh": "1974年，工程师发送了3个数据包。",
}

LONG_RUSSIAN = (
    "Каждое сообщение делится на небольшие пакеты, которые передаются независимо друг от друга "
    "по разным путям, а на принимающей стороне собираются снова в том порядке, в котором они "
    "были отправлены, причём потерянные пакеты запрашиваются повторно, так что отправителю "
    "остаётся лишь дождаться подтверждения, прежде чем продолжать передачу следующей части туда"
)


def spoken(engine: Xtts, text: str, language: str) -> Speech:
    return engine.synthesize(text, engine.voice(VOICE), language, GoOn())


def test_it_has_the_methods_of_its_port(xtts: Xtts) -> None:
    assert isinstance(xtts, SpeechEngine)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_each_of_17_languages_is_spoken_without_a_digit_left(
    xtts: Xtts, received: list[str], language: str
) -> None:
    if absent := lacks_language(LANGUAGES[language].packages):
        pytest.skip(f"language {language} needs {', '.join(absent)}")
    said = spoken(xtts, SENTENCES[language], language)
    assert said.rate == 24000 and said.samples.dtype == np.float32 and said.samples.ndim == 1
    assert 0.01 < float(np.abs(said.samples).max()) <= 1.0
    assert said.voice.fidelity == "cloned"
    assert received
    assert not any(letter.isdigit() for text in received for letter in text), received


def test_a_year_and_a_count_are_said_as_people_say_them(xtts: Xtts, received: list[str]) -> None:
    spoken(xtts, SENTENCES["ru"], "ru")
    spoken(xtts, SENTENCES["en"], "en")
    assert "в тысяча девятьсот семьдесят четвёртом году инженер отправил три пакета" in received
    assert "in nineteen seventy four, doctor smith sent three packets." in received


def test_a_long_russian_fragment_is_spoken_whole_in_pieces_within_the_limit(
    xtts: Xtts, received: list[str]
) -> None:
    assert len(LONG_RUSSIAN) == 354
    spoken(xtts, LONG_RUSSIAN, "ru")
    assert max(map(len, received)) <= 182
    pieces = list(dict.fromkeys(received))
    assert len(pieces) >= 2
    told = re.findall(r"\w+", " ".join(pieces))
    assert told == re.findall(r"\w+", LONG_RUSSIAN.lower())


def test_a_long_chinese_fragment_without_spaces_is_spoken_whole(
    xtts: Xtts, received: list[str]
) -> None:
    if absent := lacks_language(LANGUAGES["zh"].packages):
        pytest.skip(f"language zh needs {', '.join(absent)}")
    text = "每个数据包都独立地通过网络传输，到达目的地后再重新组合。" * 6
    spoken(xtts, text, "zh")
    assert max(map(len, received)) <= 82
    assert "".join(re.findall(r"\w+", "".join(dict.fromkeys(received)))) in "".join(
        re.findall(r"\w+", text)
    )


def test_the_final_full_stop_is_not_given_to_a_model_that_speaks_it(
    xtts: Xtts, received: list[str]
) -> None:
    spoken(xtts, "Первое. Второе! Третье?", "ru")
    assert set(received) == {"первое", "второе!", "третье?"}


def test_a_text_cannot_hold_the_models_own_signs(xtts: Xtts, received: list[str]) -> None:
    spoken(xtts, "Слово [en] и [STOP] snake_case", "ru")
    assert received and not any(sign in text for text in received for sign in "[]_")
    assert "snakecase" not in received[0]


def test_the_same_words_sound_the_same_again_and_another_seed_differs(
    xtts: Xtts, make_xtts: Callable[..., Xtts]
) -> None:
    first, second = (spoken(xtts, "Те же самые слова.", "ru") for _ in range(2))
    assert np.array_equal(first.samples, second.samples)
    again = spoken(make_xtts(), "Те же самые слова.", "ru")
    assert np.array_equal(first.samples, again.samples)
    other = spoken(make_xtts(seed=1), "Те же самые слова.", "ru")
    assert not np.array_equal(first.samples, other.samples)


def test_at_twice_the_speed_it_takes_half_the_time(make_xtts: Callable[..., Xtts]) -> None:
    text = "Проверка скорости речи"
    usual = spoken(make_xtts(), text, "ru").samples.size - 0.37 * 24000
    fast = spoken(make_xtts(speed=2.0), text, "ru").samples.size - 0.37 * 24000
    assert fast == pytest.approx(usual / 2, rel=0.15)


def test_three_at_once_sound_as_each_alone(xtts: Xtts) -> None:
    texts = ("Первый текст, короткий.", "A second text, in English.", "Третий, он длиннее всех.")
    languages = ("ru", "en", "ru")
    alone = [spoken(xtts, text, lang) for text, lang in zip(texts, languages, strict=True)]
    with ThreadPoolExecutor(3) as pool:
        together = list(pool.map(spoken, [xtts] * 6, texts * 2, languages * 2))
    for number, said in enumerate(together):
        assert np.array_equal(said.samples, alone[number % 3].samples)


def test_words_are_in_order_and_inside_the_sound(xtts: Xtts) -> None:
    text = "Здравствуйте! Пакеты — это части сообщения.\n\nОни идут поодиночке (3 из 5)."
    said = spoken(xtts, text, "ru")
    assert [word.text for word in said.words] == text.split()
    times = [moment for word in said.words for moment in (word.start, word.end)]
    assert times == sorted(times)
    assert times[0] >= 0.1 and times[-1] <= said.samples.size / said.rate


def test_progress_grows_with_every_step_and_reaches_each_pieces_end(xtts: Xtts) -> None:
    shares: list[float] = []
    xtts.synthesize("Раз. Два. Три.", xtts.voice(VOICE), "ru", GoOn(), shares.append)
    assert shares == sorted(shares)
    assert {1 / 3, 2 / 3, 1.0} <= set(shares)
    assert len(shares) > 10


def test_a_pause_is_made_of_a_text_without_words(xtts: Xtts) -> None:
    said = spoken(xtts, " … — ", "ru")
    assert not said.samples.any()
    assert [word.text for word in said.words] == ["…", "—"]


def test_a_text_in_no_script_that_is_read_is_refused(xtts: Xtts) -> None:
    with pytest.raises(LectureTextError):
        spoken(xtts, "工程师", "ru")


def test_another_language_is_refused(xtts: Xtts) -> None:
    with pytest.raises(LanguageError, match="'sv'"):
        spoken(xtts, "God dag.", "sv")


def test_cancelling_ends_a_step_of_the_language_model_within_a_second(
    make_xtts: Callable[..., Xtts], endless_folder: Path
) -> None:
    engine = make_xtts(endless_folder)
    voice = engine.voice(VOICE)
    started = time.monotonic()
    with pytest.raises(Cancelled):
        engine.synthesize(LONG_RUSSIAN, voice, "ru", StopLater(1.0))
    # A second until it is asked, a second is promised; by itself it would go on for 20 and more.
    assert 1.0 <= time.monotonic() - started < 10


def test_cancelling_ends_the_waveform_decoder_too_and_leaves_the_model_sound(
    xtts: Xtts, monkeypatch: pytest.MonkeyPatch
) -> None:
    from TTS.tts.layers.xtts.hifigan_decoder import HifiDecoder

    voice = xtts.voice(VOICE)
    before = xtts.synthesize("Проверка.", voice, "ru", GoOn())
    stop = StopAt(None)
    decode = HifiDecoder.forward

    def asked_meanwhile(self: Any, *inputs: Any, **more: Any) -> Any:
        stop.number = stop.checks + 20
        return decode(self, *inputs, **more)

    monkeypatch.setattr(HifiDecoder, "forward", asked_meanwhile)
    with pytest.raises(Cancelled):
        xtts.synthesize("Проверка.", voice, "ru", stop)
    monkeypatch.undo()
    after = xtts.synthesize("Проверка.", voice, "ru", GoOn())
    assert np.array_equal(before.samples, after.samples)


def test_whoever_waits_for_his_turn_can_be_cancelled(
    make_xtts: Callable[..., Xtts], endless_folder: Path
) -> None:
    engine = make_xtts(endless_folder)
    voice = engine.voice(VOICE)
    first = StopWhenTold()
    with ThreadPoolExecutor(1) as pool:
        speaking = pool.submit(engine.synthesize, LONG_RUSSIAN, voice, "ru", first)
        assert first.at_work.wait(60)
        with pytest.raises(Cancelled):
            engine.synthesize("Привет.", voice, "ru", StopLater(0.2))
        assert not speaking.done()
        first.told.set()
        with pytest.raises(Cancelled):
            speaking.result()


class StopWhenTold:
    """Asks for nothing before it is told to, and tells when the network is at work."""

    def __init__(self) -> None:
        self.at_work, self.told = threading.Event(), threading.Event()
        self._looks = 0

    def check(self) -> None:
        self._looks += 1
        if self._looks > 100:  # the network's parts look, everything before it once or twice
            self.at_work.set()
        if self.told.is_set():
            raise Cancelled


WARNED = re.compile(r"attempt=(\d) of=(\d) characters=(\d+) seconds=([\d.]+)")


def test_a_phrase_that_stays_too_short_is_said_three_times_and_the_best_is_kept(
    make_xtts: Callable[..., Xtts], caplog: pytest.LogCaptureFixture
) -> None:
    text = "Это довольно длинное предложение, для которого двух секунд никак не может хватить"
    said = spoken(make_xtts(retries=2), text, "ru")
    attempts = WARNED.findall(caplog.text)
    assert [(tried, of) for tried, of, _, _ in attempts] == [("1", "3"), ("2", "3"), ("3", "3")]
    longest = max(float(seconds) for *_, seconds in attempts)
    assert said.samples.size / said.rate == pytest.approx(longest + 0.12 + 0.25, abs=0.02)
    assert "предложение" not in caplog.text


def test_a_phrase_that_does_not_end_is_stopped_at_the_longest_time(
    make_xtts: Callable[..., Xtts], endless_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    said = spoken(make_xtts(endless_folder, retries=1), "Да, да", "ru")
    assert len(WARNED.findall(caplog.text)) == 2
    assert "stopped=True" in caplog.text
    longest = bounds(6, LANGUAGES["ru"].rate, 1.0).longest
    assert said.samples.size / said.rate < longest + 0.12 + 0.25 + 0.1


def test_a_phrase_of_a_likely_length_is_said_once(
    xtts: Xtts, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(20):
        text = "Слово " + "да " * number
        caplog.clear()
        said = spoken(xtts, text, "ru")
        if not WARNED.findall(caplog.text):
            break
    seconds = said.samples.size / said.rate - 0.37
    assert bounds(len(text.strip()), LANGUAGES["ru"].rate, 1.0).misfit(seconds) == 0.0
