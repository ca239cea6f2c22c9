"""When each word of a fragment is heard."""

from __future__ import annotations

from app.engines.speech.common.coqui.pieces import Part
from app.engines.speech.common.coqui.word_times import Heard, Span, word_times
from app.ports.speech import Word

WORDS = ("Раз,", "два,", "—", "трирадва")
SPAN = Span(tuple(Part(number, word) for number, word in enumerate(WORDS)), 1.0, 3.0)


def rounded(words: tuple[Word, ...]) -> list[tuple[float, float]]:
    return [(round(word.start, 2), round(word.end, 2)) for word in words]


def test_without_a_listener_the_time_of_a_piece_is_shared_by_letters() -> None:
    assert rounded(word_times(WORDS, [SPAN])) == [
        (1.0, 1.43),
        (1.43, 1.86),
        (1.86, 1.86),
        (1.86, 3),
    ]


def test_a_heard_word_has_the_time_at_which_it_was_heard() -> None:
    heard = [Heard(" Два", 2.0, 2.4)]
    times = rounded(word_times(WORDS, [SPAN], heard))
    assert times[1] == (2.0, 2.4)
    assert times[0] == (1.0, 2.0) and times[3][1] == 3.0


def test_a_word_that_is_nearly_heard_counts() -> None:
    heard = [Heard("раз", 1.0, 1.5), Heard("дво", 1.7, 1.9), Heard("трирадва", 2.0, 3.0)]
    assert rounded(word_times(WORDS, [SPAN], heard))[1] == (1.7, 1.9)


def test_what_was_heard_far_outside_the_piece_does_not_count() -> None:
    heard = [Heard("два", 7.0, 7.4)]
    assert word_times(WORDS, [SPAN], heard) == word_times(WORDS, [SPAN])


def test_times_stay_in_order_whatever_was_heard() -> None:
    heard = [Heard("раз", 2.9, 3.2), Heard("два", 0.9, 1.0), Heard("трирадва", 1.1, 9.0)]
    moments = [t for w in word_times(WORDS, [SPAN], heard) for t in (w.start, w.end)]
    assert moments == sorted(moments)
    assert moments[0] >= 1.0 and moments[-1] <= 3.0


def test_a_word_cut_in_two_pieces_lasts_over_both() -> None:
    spans = [Span((Part(0, "дву"),), 1.0, 2.0), Span((Part(0, "мя"), Part(1, "да")), 2.5, 3.5)]
    assert rounded(word_times(("двумя", "да"), spans)) == [(1.0, 3.0), (3.0, 3.5)]


def test_a_word_that_nobody_speaks_takes_no_time() -> None:
    assert rounded(word_times(("*", "да"), [Span((Part(1, "да"),), 0.5, 1.0)])) == [
        (0.0, 0.0),
        (0.5, 1.0),
    ]
