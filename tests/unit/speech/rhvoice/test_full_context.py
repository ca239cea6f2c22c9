from __future__ import annotations

import pytest

from app.engines.speech.common.program.written import WrittenWord
from app.engines.speech.rhvoice.full_context import mouth_shapes, read, retimed, word_spans

RUSSIAN = """\
0 500000 x^x-pau+s=o@x_x/A:0_0_0/B:x-x-x@x-x&x-x#x-x$x-x!x-x;x-x|x/C:1+host+3/J:2+2-2
500000 1500000 x^pau-s+o=n@1_3/A:0_0_0/B:1-host-3@1-1&1-1#1-1$0-0!0-0;1-3|o/C:0+0+0/J:2+2-2
1500000 3000000 pau^s-o+n=pau@2_2/A:0_0_0/B:1-host-3@1-1&1-1#1-1$0-0!0-0;2-2|o/C:0+0+0/J:2+2-2
3000000 4000000 s^o-n+pau=m@3_1/A:0_0_0/B:1-host-3@1-1&1-1#1-1$0-0!0-0;3-1|o/C:0+0+0/J:2+2-2
4000000 7000000 o^n-pau+m=a0@x_x/A:1_0_3/B:x-x-x@x-x&x-x#x-x$x-x!x-x;x-x|x/C:0+0+2/J:2+2-2
7000000 8000000 n^pau-m+a0=h@1_2/A:1_0_3/B:0-host-2@1-2&1-2#1-1$0-1!0-1;1-4|a0/C:1+0+2/J:3+2-2
8000000 9000000 pau^m-a0+h=pau@2_1/A:1_0_3/B:0-host-2@1-2&1-2#1-1$0-1!0-1;2-3|a0/C:1+0+2/J:3+2-2
9000000 10000000 m^a0-pau+x=x@x_x/A:1_0_2/B:x-x-x@x-x&x-x#x-x$x-x!x-x;x-x|x/C:0+0+0/J:3+2-2
"""
"""As RHVoice writes them: "сон, ма"; the "а" stands right before the stress of its word."""

ENGLISH = """\
0 1000000 x^x-pau+hh=ay@x_x/A:0_0_0/B:x-x-x@x-x&x-x#x-x$x-x!x-x;x-x|x/J:1+1-1/K:x_x
1000000 2000000 x^pau-hh+ay=pau@1_2/A:0_0_0/B:1-1-2@1-1&1-1#0-0$0-0!0-0;0-0|ay/J:1+1-1/K:1_2
2000000 4000000 pau^hh-ay+pau=x@2_1/A:0_0_0/B:1-1-2@1-1&1-1#0-0$0-0!0-0;0-0|ay/J:1+1-1/K:2_1
4000000 5000000 hh^ay-pau+x=x@x_x/A:1_1_2/B:x-x-x@x-x&x-x#x-x$x-x!x-x;x-x|x/J:1+1-1/K:x_x
"""


def part(word: int, spoken: str, letters: str = "") -> WrittenWord:
    return WrittenWord(word, letters or spoken, 1.0, breaks=False, spoken=spoken)


def test_mouth_shapes_are_those_of_the_phones_and_pauses_are_gaps() -> None:
    shapes = mouth_shapes(read(RUSSIAN, "ru", seconds=1.0, speed=1.0))
    assert [shape.name for shape in shapes] == ["SS", "O", "DD", "PP", "aa"]
    assert [shape.start for shape in shapes] == pytest.approx([0.05, 0.15, 0.3, 0.7, 0.8])
    assert [shape.end for shape in shapes] == pytest.approx([0.15, 0.3, 0.4, 0.8, 0.9])


def test_a_pause_too_short_to_be_seen_keeps_the_shape_before_it() -> None:
    phones = read(RUSSIAN, "ru", seconds=1.0, speed=1.0)
    quick = mouth_shapes(retimed(phones, lambda time: time / 8))
    assert [shape.end for shape in quick[:-1]] == [shape.start for shape in quick[1:]]
    assert quick[2].end - quick[2].start == pytest.approx((0.7 - 0.3) / 8)


def test_far_from_the_stress_the_russian_a_is_weak() -> None:
    labels = RUSSIAN.replace("$0-1", "$1-0")
    assert mouth_shapes(read(labels, "ru", seconds=1.0, speed=1.0))[-1].name == "V"


def test_an_english_diphthong_has_two_shapes() -> None:
    phones = read(ENGLISH, "en", seconds=0.5, speed=1.0)
    assert [shape.name for shape in mouth_shapes(phones)] == ["HH", "aa", "I"]


def test_words_have_the_time_of_their_phones() -> None:
    phones = read(RUSSIAN, "ru", seconds=1.0, speed=1.0)
    first, second = word_spans([part(3, "сон"), part(4, ""), part(5, "ма")], phones)
    assert (first.word, second.word) == (3, 5)
    assert [first.start, first.end] == pytest.approx([0.05, 0.4])
    assert [second.start, second.end] == pytest.approx([0.7, 0.9])


@pytest.mark.parametrize("spoken", ["сон ма", "сон-ма"])
def test_a_word_of_two_pieces_has_the_time_of_both(spoken: str) -> None:
    (span,) = word_spans([part(0, spoken)], read(RUSSIAN, "ru", seconds=1.0, speed=1.0))
    assert [span.start, span.end] == pytest.approx([0.05, 0.9])


@pytest.mark.parametrize(
    ("letters", "numbers"),
    [(("сон", "ма"), [0, 1]), (("сонма", "ма"), [])],
)
@pytest.mark.parametrize("mark", ["'", "-"])
def test_a_mark_divides_a_word_where_its_sounds_say_so(
    mark: str, letters: tuple[str, str], numbers: list[int]
) -> None:
    parts = [part(0, f"со{mark}н", letters[0]), part(1, "ма", letters[1])]
    spans = word_spans(parts, read(RUSSIAN, "ru", seconds=1.0, speed=1.0))
    assert [span.word for span in spans] == numbers


@pytest.mark.parametrize("words", [["сонма"], ["сон", "и", "ма"], ["сон", "ма", "да"]])
def test_other_words_than_those_of_the_text_have_no_times(words: list[str]) -> None:
    parts = [part(number, word) for number, word in enumerate(words)]
    assert not word_spans(parts, read(RUSSIAN, "ru", seconds=1.0, speed=1.0))


def test_utterances_follow_one_another() -> None:
    starts = [phone.start for phone in read(RUSSIAN + RUSSIAN, "ru", seconds=2.0, speed=1.0)]
    assert starts[5:] == pytest.approx([start + 1.0 for start in starts[:5]])


def test_fast_speech_is_squeezed_after_the_labels_were_made() -> None:
    phones = read(RUSSIAN, "ru", seconds=0.501, speed=2.0)
    assert [phones[0].start, phones[-1].end] == pytest.approx([0.025, 0.45], rel=0.01)


@pytest.mark.parametrize(
    "labels",
    [
        "",
        RUSSIAN[: RUSSIAN.index("7000000 8000000")],
        RUSSIAN.replace("-m+", "-clink+"),
        RUSSIAN + "nonsense\n",
    ],
)
def test_labels_that_do_not_tell_the_whole_sound_are_not_used(labels: str) -> None:
    assert not read(labels, "ru", seconds=1.0, speed=1.0)


def test_a_phone_that_was_cut_away_is_left_out() -> None:
    phones = read(RUSSIAN, "ru", seconds=1.0, speed=1.0)
    assert len(retimed(phones, lambda time: min(time, 0.35))) == 3
