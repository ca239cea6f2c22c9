from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engines.speech.common.program.times import spans
from app.engines.speech.common.program.written import WrittenWord

RATE = 24000


def hum(seconds: float) -> npt.NDArray[np.float32]:
    time = np.arange(round(seconds * RATE)) / RATE
    return (0.2 * np.sin(2 * np.pi * 150 * time)).astype(np.float32)


def quiet(seconds: float) -> npt.NDArray[np.float32]:
    return np.zeros(round(seconds * RATE), np.float32)


def part(word: int, weight: float, *, breaks: bool = False) -> WrittenWord:
    return WrittenWord(word, "а" * round(weight), weight, breaks)


def sound(*pieces: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    return np.concatenate([quiet(0.03), *pieces, quiet(0.05)])


def test_words_share_the_time_by_their_letters() -> None:
    first, second = spans([part(0, 1), part(1, 3)], sound(hum(2.0)), RATE)
    assert (first.start, second.end) == pytest.approx((0.03, 2.03), abs=0.001)
    assert first.end == second.start == pytest.approx(0.53, abs=0.001)


def test_a_pause_lies_where_the_comma_is() -> None:
    parts = [part(0, 5, breaks=True), part(1, 5), part(2, 5)]
    first, second, _ = spans(parts, sound(hum(1.0), quiet(0.3), hum(1.0)), RATE)
    assert first.end == pytest.approx(1.03, abs=0.02)
    assert second.start == pytest.approx(1.33, abs=0.02)


def test_the_closure_of_a_stop_is_no_pause() -> None:
    parts = [part(0, 5, breaks=True), part(1, 15)]
    first, second = spans(parts, sound(hum(0.6), quiet(0.08), hum(1.4)), RATE)
    assert first.end == second.start


def test_a_pause_far_from_any_comma_is_left_inside() -> None:
    parts = [part(0, 1, breaks=True), part(1, 20)]
    first, second = spans(parts, sound(hum(3.0), quiet(0.2), hum(0.2)), RATE)
    assert first.end == second.start < 0.5


def test_of_two_commas_with_one_pause_the_nearer_one_takes_it() -> None:
    parts = [part(0, 2, breaks=True), part(1, 8, breaks=True), part(2, 10)]
    _, second, third = spans(parts, sound(hum(1.0), quiet(0.3), hum(1.0)), RATE)
    assert third.start - second.end == pytest.approx(0.3, abs=0.02)


@given(
    st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=1, max_size=12),
    st.lists(st.floats(0.0, 0.5), max_size=6),
)
def test_times_are_in_order_whatever_the_pauses(
    words: list[tuple[int, bool]], pauses: list[float]
) -> None:
    parts = [part(n, weight, breaks=breaks) for n, (weight, breaks) in enumerate(words)]
    parts.append(part(len(parts), 1))
    pieces = [piece for seconds in pauses for piece in (hum(0.3), quiet(seconds))]
    heard = sound(*pieces, hum(0.2))
    times = [time for span in spans(parts, heard, RATE) for time in (span.start, span.end)]
    assert times == sorted(times)
    assert times[0] >= 0
    assert times[-1] <= heard.size / RATE
