"""How large a lecture may be."""

from __future__ import annotations

import time

import pytest

from app.errors import LectureTextError
from app.lecture.bounds import NO_BOUNDS, Bounds, estimated_seconds
from app.lecture.split import split_text

BOUNDS = Bounds(slides=3, fragments=4, seconds=60.0)


def refused(text: str) -> str:
    with pytest.raises(LectureTextError) as refusal:
        BOUNDS.check_text(text, "_;")
    assert refusal.value.field == "text"
    return str(refusal.value)


def test_a_lecture_within_its_bounds_passes() -> None:
    BOUNDS.check_text("One._;Two._;Three.", "_;")


def test_too_many_slides_are_told_with_what_separates_them() -> None:
    assert refused("a_;" * 1000) == (
        "1,001 slides, for '_;' separates them; at most 3 are made of one text; divide it into"
        " several lectures"
    )


def test_too_long_a_speech_is_told_in_hours() -> None:
    assert refused("letters " * 10_000).startswith("about 1.3 h of speech; at most 0.0 h are made")


@pytest.mark.parametrize("text", ["a" * 300, "7" * 60, "中" * 100, "한" * 100])
def test_twenty_seconds_of_several_scripts(text: str) -> None:
    assert estimated_seconds(text) == pytest.approx(20.0)


@pytest.mark.parametrize("mode", ["compat", "sentences"])
def test_too_many_fragments_are_refused(mode: object) -> None:
    text = "A b c. D e f. " * 20
    with pytest.raises(LectureTextError, match="or more fragments; at most 4 are made"):
        split_text(text, mode=mode, bounds=BOUNDS)  # type: ignore[arg-type]  # one of two


def test_a_megabyte_of_slides_is_refused_at_once() -> None:
    text = "a_;" * 333_333
    begun = time.process_time()
    with pytest.raises(LectureTextError, match="333,334 slides"):
        Bounds(2000, 10_000, 86_400.0).check_text(text, "_;")
    assert time.process_time() - begun < 0.2


def test_a_text_of_very_many_lines_is_told_their_number() -> None:
    NO_BOUNDS.check_text("a\n" * 49_999, "_;")
    with pytest.raises(LectureTextError, match="50,001 lines; at most 50,000"):
        NO_BOUNDS.check_text("a\n" * 50_000, "_;")
