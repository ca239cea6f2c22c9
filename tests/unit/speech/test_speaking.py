"""A fragment spoken phrase by phrase, and joined, by a stand-in for a model."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engines.speech.common.joining import HEAD_SECONDS, TAIL_SECONDS, joined
from app.engines.speech.common.phrases import PARAGRAPH_PAUSE, SENTENCE_PAUSE
from app.engines.speech.common.rendering import RATE, Rendered, render_phrases
from app.engines.speech.common.timing import HEARD_EARLIER
from app.engines.speech.g2p import Phonemized
from app.errors import Cancelled, LectureTextError
from app.ports.speech import Speech, SpokenPhrase, VoiceUsed
from app.ports.work import Cancel, Progress, untold
from tests.unit.speech.conftest import Switch

STEP = 0.05
PAD = 0.3
LIMIT = 30


class Buzzer:
    """A model that hums 50 ms for each symbol but the last stop, in silence of 0.3 s.

    Like the real ones it is heard a little before its durations say.
    """

    def __init__(self) -> None:
        self.phrases: list[str] = []

    def __call__(self, symbols: str, cancel: Cancel) -> Rendered:
        self.phrases.append(symbols)
        durations = (PAD, *[STEP] * len(symbols), PAD)
        time = np.arange(round(sum(durations) * RATE)) / RATE
        start = PAD - HEARD_EARLIER
        heard = (time > start) & (time < start + STEP * len(symbols.rstrip(".,")))
        return Rendered((0.1 * np.sin(880 * time) * heard).astype(np.float32), durations)


def letters(text: str) -> list[Phonemized]:
    """Letters and commas are said as written; what is no letter is not said."""
    said = ["".join(c for c in word if c.islower() or c in ",.") for word in text.split()]
    return [Phonemized(word, sound) for word, sound in zip(text.split(), said, strict=True)]


def phrases(
    text: str,
    model: Buzzer | None = None,
    cancel: Cancel | None = None,
    progress: Progress = untold,
) -> Iterator[SpokenPhrase]:
    return render_phrases(
        text,
        "en",
        phonemize=letters,
        render=model or Buzzer(),
        limit=LIMIT,
        cancel=cancel or Switch(),
        progress=progress,
    )


def say(text: str, model: Buzzer | None = None, cancel: Cancel | None = None) -> Speech:
    return joined(text, phrases(text, model, cancel), rate=RATE, voice=VoiceUsed("preset"))


@given(st.text(st.sampled_from("abm, .!?\n\t—*1\u00a0"), max_size=60).map(lambda t: t + " a"))
@settings(max_examples=150, deadline=None)
def test_a_fragment_of_any_text_has_all_its_words_in_order_and_in_time(text: str) -> None:
    speech = say(text)
    assert " ".join(word.text for word in speech.words) == " ".join(text.split())
    times = [time for word in speech.words for time in (word.start, word.end)]
    assert times == sorted(times)
    assert times[-1] <= speech.samples.size / RATE
    assert (speech.visemes[0].start, speech.visemes[-1].end) == (0.0, speech.samples.size / RATE)
    assert all(before.end == after.start for before, after in pairwise(speech.visemes))


@given(st.text(st.sampled_from("ab, ."), min_size=1, max_size=200))
@settings(max_examples=100, deadline=None)
def test_everything_is_said_in_phrases_that_the_model_takes(text: str) -> None:
    model = Buzzer()
    say(text, model)
    assert all(len(phrase) <= LIMIT for phrase in model.phrases)
    said = "".join(model.phrases)
    assert [said.count(letter) for letter in "ab"] == [text.count(letter) for letter in "ab"]


def test_a_lone_stop_is_not_sent_to_the_model() -> None:
    model = Buzzer()
    say("aa.\n\n.\n\nbb.", model)
    assert model.phrases == ["aa.", "bb."]


def test_a_fragment_has_its_silences_around_it() -> None:
    speech = say("aa")
    (word,) = speech.words
    assert word.start == pytest.approx(HEAD_SECONDS + 0.03, abs=0.011)
    assert speech.samples.size / RATE - word.end == pytest.approx(TAIL_SECONDS + 0.05, abs=0.011)


def test_the_end_of_a_paragraph_is_followed_by_its_pause_in_another_fragment_too() -> None:
    within, at_end = say("aa. bb."), say("aa. bb.\n\n")
    more = at_end.samples.size - within.samples.size
    assert more / RATE == pytest.approx(PARAGRAPH_PAUSE - HEAD_SECONDS - TAIL_SECONDS)
    assert at_end.words == within.words
    assert at_end.visemes[:-1] == within.visemes[:-1]


@pytest.mark.parametrize(
    ("text", "pause"), [("aa. bb.", SENTENCE_PAUSE), ("aa.\n\nbb.", PARAGRAPH_PAUSE)]
)
def test_sentences_are_apart_by_a_natural_pause(text: str, pause: float) -> None:
    first, second = say(text).words
    assert second.start - first.end == pytest.approx(pause + 0.08, abs=0.011)


def test_the_models_own_silence_does_not_lengthen_pauses() -> None:
    spoken, around = 4 * 2 * STEP, HEAD_SECONDS + TAIL_SECONDS + 4 * 0.08
    length = say("aa. bb. aa. bb.").samples.size / RATE
    assert length == pytest.approx(spoken + around + 3 * SENTENCE_PAUSE, abs=0.05)


def test_a_cancelled_fragment_says_no_further_sentence() -> None:
    class AfterTwo(Switch):
        def check(self) -> None:
            super().check()
            if self.checks > 2:
                raise Cancelled

    model = Buzzer()
    with pytest.raises(Cancelled):
        say("aa. bb. ab. ba.", model, AfterTwo())
    assert len(model.phrases) == 2


def test_a_phrase_is_made_when_it_is_asked_for() -> None:
    model, told = Buzzer(), list[float]()
    spoken = phrases("aa. bb bb. ab.", model, progress=told.append)
    assert (model.phrases, told) == ([], [])
    first = next(spoken)
    assert (model.phrases, told) == (["aa."], [1 / 4])
    assert first.words[0].word == 0
    assert len(list(spoken)) == 2
    assert told == [1 / 4, 3 / 4, 1.0]


def test_times_of_a_phrase_count_from_its_own_start() -> None:
    once, again = phrases("aa. aa.")
    assert [span.word for span in (*once.words, *again.words)] == [0, 1]
    assert (once.words[0].start, once.words[0].end) == (again.words[0].start, again.words[0].end)
    assert once.visemes == again.visemes
    assert once.words[0].start == pytest.approx(0.03, abs=0.011)


def test_a_word_that_is_cut_lasts_over_both_phrases() -> None:
    text = f"{'ab' * 30} bb"
    assert [[span.word for span in phrase.words] for phrase in phrases(text)] == [[0], [0], [1]]
    cut, _ = say(text).words
    assert cut.end - cut.start > 60 * STEP


def test_a_text_that_nobody_can_read_is_an_error_that_does_not_quote_it() -> None:
    with pytest.raises(
        LectureTextError, match="none of 2 words can be read in language 'en'"
    ) as error:
        say("ÄÖ ÜÜ")
    assert "ÄÖ" not in str(error.value)


def test_words_that_are_left_out_are_counted_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    say("aa ÄÖ — bb.")
    assert "words not spoken count=1 of=4 language=en" in caplog.text
    assert "ÄÖ" not in caplog.text
