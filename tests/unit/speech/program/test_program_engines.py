"""The engines with the real programs where they are installed, and with stand-ins everywhere."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.engines import registry
from app.engines.speech.common.loudness import true_peak
from app.engines.speech.rhvoice.engine import Rhvoice
from app.engines.speech.rhvoice.options import RhvoiceOptions
from app.errors import (
    Cancelled,
    EngineCrashed,
    EngineUnavailable,
    LanguageError,
    LectureTextError,
    VoiceSampleError,
)
from app.ports.speech import Speech, SpeechEngine
from tests.services.programs import skip_without
from tests.unit.speech.conftest import Switch, loudness_of

NAMES = ("rhvoice", "festival", "espeak")
PARAMS = tuple(
    # It reads its recordings anew for every sentence.
    pytest.param(name, marks=pytest.mark.slow if name == "festival" else ())
    for name in NAMES
)
TEXT = "Сегодня, 5 мая, мы изучим сети — «паутину» (см. рис. 3). А зачем?\n\nЭто важно!"
PLACES = {"models_dir": Path("models")}


def made(name: str, **options: Any) -> SpeechEngine:
    if lacking := registry.card("speech", name).lacks(options, PLACES):
        skip_without(lacking)
    engine: SpeechEngine = registry.create("speech", name, options, PLACES)
    engine.load()
    return engine


def say(engine: SpeechEngine, text: str, sample: Path, language: str = "ru") -> Speech:
    return engine.synthesize(text, engine.voice(sample), language, Switch())


@pytest.fixture(params=PARAMS)
def engine(request: pytest.FixtureRequest) -> SpeechEngine:
    return made(request.param)


@pytest.fixture
def stand_in(
    program: Callable[[str], Path], syllables: Path, tmp_path: Path
) -> Callable[[str], SpeechEngine]:
    """RHVoice with one voice, whose program does what it is told before it writes a WAV."""
    folder = tmp_path / "data" / "voices" / "anna"
    folder.mkdir(parents=True)
    (folder / "voice.info").write_text("language=Russian\ngender=female\n")

    def make(lines: str) -> SpeechEngine:
        path = program(f'{lines}\nwhile [ "$1" != -o ]; do shift; done\ncp {syllables} "$2"')
        return Rhvoice(RhvoiceOptions(program=path, data_dir=tmp_path / "data"))

    return make


def test_a_fragment_has_the_words_of_the_text_in_time_order(
    engine: SpeechEngine, sample: Path
) -> None:
    assert isinstance(engine, SpeechEngine)
    speech = say(engine, TEXT, sample)
    assert " ".join(word.text for word in speech.words) == " ".join(TEXT.split())
    times = [time for word in speech.words for time in (word.start, word.end)]
    assert times == sorted(times)
    assert 0.1 < times[0] < times[-1] < speech.samples.size / speech.rate


@pytest.mark.parametrize("text", ["Да.", "Нет!", "А", "Почему?", TEXT])
def test_every_fragment_is_equally_loud(engine: SpeechEngine, sample: Path, text: str) -> None:
    speech = say(engine, text, sample)
    loudness = loudness_of(speech.samples, speech.rate)
    assert loudness == pytest.approx(-16, abs=1.0)
    assert true_peak(speech.samples) <= -0.99


@pytest.mark.parametrize("name", PARAMS)
def test_a_higher_speed_speaks_faster(name: str, sample: Path) -> None:
    usual = say(made(name), "Пакеты передаются от одной машины к другой.", sample)
    faster = say(made(name, speed=1.5), "Пакеты передаются от одной машины к другой.", sample)
    assert usual.words[-1].end / faster.words[-1].end == pytest.approx(1.5, abs=0.15)


def test_the_same_text_gives_the_same_samples(engine: SpeechEngine, sample: Path) -> None:
    first, again = (say(engine, "Ещё раз.", sample) for _ in range(2))
    assert (first.samples == again.samples).all()


def test_asterisks_are_a_pause_and_a_foreign_script_is_an_error(
    engine: SpeechEngine, sample: Path
) -> None:
    assert not say(engine, "* * *", sample).samples.any()


def test_a_language_that_is_not_spoken_is_named(engine: SpeechEngine, sample: Path) -> None:
    with pytest.raises(LanguageError, match="'xx'"):
        say(engine, "Hallo.", sample, "xx")


def test_a_sample_that_is_no_sound_is_refused(engine: SpeechEngine, tmp_path: Path) -> None:
    (tmp_path / "text.wav").write_text("no sound")
    with pytest.raises(VoiceSampleError):
        engine.voice(tmp_path / "text.wav")


@pytest.mark.parametrize("name", ["rhvoice", pytest.param("festival", marks=pytest.mark.slow)])
def test_mouth_shapes_are_without_gaps_from_the_first_to_the_last_sample(
    name: str, sample: Path
) -> None:
    speech = say(made(name), TEXT, sample)
    ends, starts = [v.end for v in speech.visemes], [v.start for v in speech.visemes]
    assert ends[:-1] == pytest.approx(starts[1:])
    assert (starts[0], ends[-1]) == pytest.approx((0.0, speech.samples.size / speech.rate))
    assert {"PP", "O", "aa", "sil"} <= {v.name for v in speech.visemes}


@pytest.mark.parametrize(
    "text", ['Формула E = mc², «да»; "нет" (и) \\n \'); (exit) $HOME.', "да ъ", "Ñandú"]
)
@pytest.mark.slow
def test_no_text_can_break_festivals_script(text: str, sample: Path) -> None:
    assert say(made("festival"), text, sample).samples.any()


@pytest.mark.parametrize("speed", [0.7, 1.0, 1.5])
@pytest.mark.parametrize("voice", ["irina", "aleksandr"])
def test_rhvoices_lips_are_closed_where_the_sound_is_weak(
    voice: str, speed: float, sample: Path
) -> None:
    text = "Папа купил большой барабан: дым и шум! Потом мы пили морс и воду."
    speech = say(made("rhvoice", voice=voice, speed=speed), text, sample)
    loudness = {name: decibels(speech, name) for name in ("PP", "aa")}
    assert loudness["aa"] - loudness["PP"] > 16


def decibels(speech: Speech, name: str) -> float:
    """Mean level of the sound in the middle of a mouth shape."""
    levels: list[float] = []
    for shape in speech.visemes:
        if shape.name == name:
            middle = round((shape.start + shape.end) / 2 * speech.rate)
            heard = speech.samples[middle - 240 : middle + 240].astype(np.float64)
            levels.append(float(10 * np.log10(np.mean(heard**2) + 1e-12)))
    return float(np.mean(levels))


def test_rhvoice_tells_when_words_and_shapes_are_heard_whatever_is_written(
    sample: Path, caplog: pytest.LogCaptureFixture
) -> None:
    text = (
        "В 1974 г. СССР подписал договор; см. рис. 3 (стр. 25). Курс: 3,5 %, т. е. 20 руб. "
        "HTTP-запрос, кое-что по-своему из-за неё… Д'Артаньян? Он сказал: «Да!» 10:30, a@b.ru."
    )
    speech = say(made("rhvoice"), text, sample)
    assert speech.visemes
    assert "told no times" not in caplog.text


def test_rhvoice_divides_english_words_at_some_apostrophes_and_is_followed(
    sample: Path, caplog: pytest.LogCaptureFixture
) -> None:
    text = (
        "It's Dr. Smith's well-known rock 'n' roll, Mr. O'Neil's and the students' choice; don't!"
    )
    say(made("rhvoice"), text, sample, "en")
    assert "told no times" not in caplog.text


def test_a_break_that_rhvoice_is_told_to_take_is_short(sample: Path) -> None:
    speech = say(made("rhvoice", voice="irina"), "Идёт снег и дует ветер, и гремит гром.", sample)
    words = speech.words
    added, written = words[2].start - words[1].end, words[5].start - words[4].end
    assert added == pytest.approx(0.15, abs=0.001)
    assert written > 0.2


def test_rhvoice_speaks_english_too(sample: Path) -> None:
    speech = say(made("rhvoice"), "It costs 25 dollars.", sample, "en")
    assert " ".join(word.text for word in speech.words) == "It costs 25 dollars."
    assert speech.voice.preset in {"alan", "bdl", "clb", "slt"}


def test_a_fixed_voice_speaks_whatever_the_sample(sample: Path) -> None:
    assert say(made("rhvoice", voice="elena"), "Да.", sample).voice.preset == "elena"


def test_espeak_speaks_other_languages(sample: Path) -> None:
    speech = say(made("espeak"), "Das sind 25 Äpfel.", sample, "de")
    assert [word.text for word in speech.words] == ["Das", "sind", "25", "Äpfel."]


def test_each_sentence_is_given_to_the_program_written_out(
    stand_in: Callable[[str], SpeechEngine], sample: Path, tmp_path: Path
) -> None:
    engine = stand_in(f"cat >>{tmp_path}/given")
    say(engine, "В 5 томах. Да!", sample)
    assert (tmp_path / "given").read_text(encoding="utf-8") == "в пяти томах.\nда!\n"


def test_rhvoice_is_told_to_take_a_break_before_and(
    stand_in: Callable[[str], SpeechEngine], sample: Path, tmp_path: Path
) -> None:
    say(stand_in(f"cat >>{tmp_path}/given"), "Меха и воск.", sample)
    assert (tmp_path / "given").read_text(encoding="utf-8") == "меха, и воск.\n"


def test_a_program_that_tells_no_times_is_said_once_without_the_text(
    stand_in: Callable[[str], SpeechEngine], sample: Path, caplog: pytest.LogCaptureFixture
) -> None:
    speech = say(stand_in(""), "Тайна. Да. Нет.", sample)
    (line,) = caplog.messages
    assert "lips=3 words=3 of=3" in line
    assert "тайна" not in line.lower()
    assert not speech.visemes
    assert speech.words[0].start < speech.words[1].start < speech.words[2].start


def test_lips_are_left_to_the_sound_when_one_sentence_has_no_shapes(
    stand_in: Callable[[str], SpeechEngine], sample: Path
) -> None:
    label = "0 10000000 x^x-m+x=x@1_1/B:0;1-1|x/C:0"
    tell = f'echo "{label}" >"$RHVOICE_DEBUG_HTS_FILE.lab"'
    first_only = f"read word; case $word in да*) {tell};; esac"
    engine = stand_in(first_only)
    assert say(engine, "Да.", sample).visemes
    assert not say(engine, "Да. Нет.", sample).visemes


def test_the_lecture_text_is_no_argument_of_the_program(
    stand_in: Callable[[str], SpeechEngine], sample: Path, tmp_path: Path
) -> None:
    say(stand_in(f'echo "$@" >>{tmp_path}/arguments'), "--version -o /etc/passwd тайна", sample)
    assert "тайна" not in (tmp_path / "arguments").read_text(encoding="utf-8")


def test_a_cancelled_fragment_ends_the_program(
    stand_in: Callable[[str], SpeechEngine], sample: Path
) -> None:
    engine = stand_in("sleep 60")
    voice = engine.voice(sample)
    with pytest.raises(Cancelled):
        engine.synthesize("Да.", voice, "ru", Switch(after=0.3))


def test_a_program_that_writes_no_sound_has_crashed(
    stand_in: Callable[[str], SpeechEngine], sample: Path, syllables: Path
) -> None:
    engine = stand_in("")
    syllables.write_text("no sound")
    with pytest.raises(EngineCrashed, match="no WAV"):
        say(engine, "Да.", sample)


def test_a_text_without_a_readable_word_is_refused_without_being_quoted(
    stand_in: Callable[[str], SpeechEngine], sample: Path
) -> None:
    with pytest.raises(LectureTextError) as error:
        say(stand_in(""), "ъъ ьь", sample)
    assert "ъъ" not in str(error.value)


def test_a_program_that_went_away_meanwhile_is_unavailable(
    stand_in: Callable[[str], SpeechEngine], sample: Path, tmp_path: Path
) -> None:
    engine = stand_in("")
    (tmp_path / "program").unlink()
    with pytest.raises(EngineUnavailable, match="no program at"):
        say(engine, "Да.", sample)


def test_progress_grows_to_the_whole(stand_in: Callable[[str], SpeechEngine], sample: Path) -> None:
    engine, told = stand_in(""), list[float]()
    engine.synthesize("Раз. Два. Три.", engine.voice(sample), "ru", Switch(), told.append)
    assert told == sorted(told)
    assert (len(told), told[-1]) == (3, 1.0)


def test_the_programs_are_where_debian_puts_them_when_they_are_installed() -> None:
    for name, program in zip(NAMES, ("RHVoice-test", "festival", "espeak-ng"), strict=True):
        missing = "on PATH" in registry.card("speech", name).lacks({}, PLACES)
        assert missing == (shutil.which(program) is None)
