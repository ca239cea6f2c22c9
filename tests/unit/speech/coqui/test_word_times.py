"""When each word of a piece is heard."""

from __future__ import annotations

import pytest

from app.engines.speech.common.coqui.pieces import WordPart
from app.engines.speech.common.coqui.word_times import HeardWord, as_heard, by_letters
from app.ports.speech import WordSpan

WORDS = ("Раз,", "два,", "—", "трирадва")
SPANS = by_letters([WordPart(number, word) for number, word in enumerate(WORDS)], 2.08)
"""From 0.03 to 2.03 s: the rest is silence."""


def rounded(words: tuple[WordSpan, ...]) -> list[tuple[float, float]]:
    return [(round(word.start, 2), round(word.end, 2)) for word in words]


def test_the_time_of_a_piece_is_shared_by_letters() -> None:
    assert [span.word for span in SPANS] == [0, 1, 2, 3]
    assert rounded(SPANS) == [(0.03, 0.46), (0.46, 0.89), (0.89, 0.89), (0.89, 2.03)]


def test_what_nobody_heard_keeps_its_share() -> None:
    assert rounded(as_heard(SPANS, WORDS, [])) == rounded(SPANS)


def test_a_heard_word_has_the_time_at_which_it_was_heard() -> None:
    times = rounded(as_heard(SPANS, WORDS, [HeardWord(" Два", 1.0, 1.4)]))
    assert times[1] == (1.0, 1.4)
    assert times[0] == (0.03, 1.0) and times[3][1] == 2.03


def test_a_word_that_is_nearly_heard_counts() -> None:
    heard = [
        HeardWord("раз", 0.03, 0.5), HeardWord("дво", 0.7, 0.9), HeardWord("трирадва", 1.0, 2.0),
    ]  # fmt: skip
    assert rounded(as_heard(SPANS, WORDS, heard))[1] == (0.7, 0.9)


def test_what_was_heard_far_outside_the_piece_does_not_count() -> None:
    assert rounded(as_heard(SPANS, WORDS, [HeardWord("два", 6.0, 6.4)])) == rounded(SPANS)


def test_times_stay_in_order_whatever_was_heard() -> None:
    heard = [
        HeardWord("раз", 1.9, 2.2), HeardWord("два", -0.1, 0.0), HeardWord("трирадва", 0.1, 8.0),
    ]  # fmt: skip
    moments = [t for span in as_heard(SPANS, WORDS, heard) for t in (span.start, span.end)]
    assert moments == sorted(moments)
    assert moments[0] >= SPANS[0].start and moments[-1] <= SPANS[-1].end


def test_words_of_another_piece_are_not_looked_for() -> None:
    spans = by_letters([WordPart(3, "трирадва")], 1.0)
    (span,) = as_heard(spans, WORDS, [HeardWord("два", 0.2, 0.4)])
    assert (span.word, span.start) == (3, 0.03)


def test_a_piece_without_sound_takes_no_time() -> None:
    (span,) = as_heard(by_letters([WordPart(0, "Раз,")], 0.0), WORDS, [])
    assert (span.start, span.end) == (0.0, 0.0)


def test_a_digit_takes_as_long_as_four_letters() -> None:
    digit, letter = by_letters([WordPart(0, "1"), WordPart(1, "а")], 5.08)
    assert digit.end - digit.start == pytest.approx(4 * (letter.end - letter.start))
