from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from pathlib import Path

import av
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import MediaError
from app.media import FfmpegMedia
from app.media.caption_pieces import LINE_WIDTH
from app.media.captions import GAP, LONGEST, READING_SPEED, Cue, captions
from app.media.cue_files import subrip, webvtt, write_chapters, write_cues
from app.ports.media import Chapter, SpokenSlide
from app.ports.speech import Word
from tests.unit.media.conftest import in_seconds

LECTURE = (
    "The transport layer carries data between programs, not between machines. Each connection is "
    "known by four numbers: the address and port of the sender, and the address and port of the "
    "receiver. Why four? Because two browsers on one machine may talk to the same server at the "
    "same time, and the answers must not be mixed. Dr. Smith, the author of the book, calls this "
    '"multiplexing".'
)


def spoken(text: str, characters_per_second: float = 15.0) -> list[Word]:
    """Words at an even pace, with pauses after sentences and commas."""
    words, now = [], 0.2
    for token in text.split():
        end = now + (len(token) + 1) / characters_per_second
        words.append(Word(token, now, end))
        now = end + (0.4 if token[-1] in ".!?" else 0.15 if token[-1] in ",:" else 0.0)
    return words


def shown_captions(words: list[Word]) -> tuple[Cue, ...]:
    """The captions of a lecture of one slide that goes on after its words."""
    return captions([SpokenSlide(words, 0.0, float("inf"))])


def shown(cues: tuple[Cue, ...]) -> str:
    """All that the cues show, without white space."""
    return "".join("".join("".join(cue.lines).split()) for cue in cues)


def columns(line: str) -> int:
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in line)
    return len(line) + wide - sum(unicodedata.combining(c) > 0 for c in line)


words_of_any_kind = st.lists(
    st.tuples(
        st.text("ab.,!?й漢- ", max_size=60) | st.from_regex(r"[a-z]{1,9}[.,]?", fullmatch=True),
        st.floats(0.0, 3.0),
        st.floats(0.0, 9.0),
    ),
    max_size=60,
)


@settings(max_examples=150, deadline=None)
@given(words_of_any_kind)
def test_whatever_is_said_every_rule_of_form_holds(spans: list[tuple[str, float, float]]) -> None:
    words, now = [], 0.0
    for text, pause, length in spans:
        words.append(Word(text, now + pause, now + pause + length))
        now += pause + length
    cues = shown_captions(words)
    assert shown(cues) == "".join("".join(word.text.split()) for word in words)
    for cue in cues:
        assert 1 <= len(cue.lines) <= 2
        assert all(line and columns(line) <= LINE_WIDTH for line in cue.lines)
        assert 0.001 < cue.end - cue.start <= LONGEST + 1e-9
    for cue, following in pairwise(cues):
        gap = following.start - cue.end
        assert gap == 0 or gap >= GAP - 1e-9


def test_words_stand_in_the_cue_that_is_shown_when_they_are_heard() -> None:
    words = spoken(LECTURE)
    cues = shown_captions(words)
    for word in words:
        cue = next(c for c in reversed(cues) if c.start <= word.start + 1e-6)
        assert word.text in " ".join(cue.lines).split()
        assert cue.end >= word.end - 1e-6


def test_cues_end_where_sentences_or_clauses_end() -> None:
    endings = [cue.lines[-1][-1] for cue in shown_captions(spoken(LECTURE))]
    assert all(re.fullmatch(r'[.?:,"]', ending) for ending in endings[:3] + endings[-2:])
    assert sum(ending.isalnum() for ending in endings) <= 1


def test_a_title_does_not_end_a_sentence() -> None:
    lines = [line for cue in shown_captions(spoken(LECTURE)) for line in cue.lines]
    assert not any(line.endswith("Dr.") for line in lines)


def test_two_lines_are_about_equally_long() -> None:
    said = spoken("Each connection is known by four numbers that nobody remembers.")
    cue = shown_captions(said)[0]
    assert abs(len(cue.lines[0]) - len(cue.lines[1])) <= 8


def test_a_short_sentence_takes_one_line() -> None:
    assert shown_captions(spoken("Why four?"))[0].lines == ("Why four?",)


def test_speech_at_a_usual_pace_can_be_read() -> None:
    for cue in shown_captions(spoken(LECTURE)):
        assert len(" ".join(cue.lines)) / (cue.end - cue.start) <= READING_SPEED


def test_a_caption_does_not_wait_through_a_long_pause() -> None:
    cues = shown_captions([Word("before", 0.0, 0.5), Word("after", 2.5, 3.0)])
    assert [cue.lines for cue in cues] == [("before",), ("after",)]
    assert cues[0].end == pytest.approx(1.0)


def test_chinese_is_measured_in_wide_characters_and_cut_inside_a_word() -> None:
    cues = shown_captions([Word("漢" * 50, 0.0, 10.0)])
    assert [[len(line) for line in cue.lines] for cue in cues] == [[21], [21, 8]]
    assert [cue.start for cue in cues] == pytest.approx([0.0, 4.2])


def test_a_word_that_never_ends_is_taken_away() -> None:
    cues = shown_captions([Word("Om.", 0.0, 6.06), Word("Om.", 6.06, 20.0)])
    times = [time for cue in cues for time in (cue.start, cue.end)]
    assert times == pytest.approx([0.0, 5.98, 6.06, 12.06])


def test_no_words_give_no_cues() -> None:
    assert shown_captions([]) == ()


CUES = (
    Cue(0.5, 2.25, ("if a < b && b > c", "--> then <i>a</i> < c")),
    Cue(3661.0, 3662.0, ("Жизнь — это",)),
)


def read_back(path: Path) -> list[tuple[float, float, str]]:
    """Start, end and text of each cue, as ffmpeg's parser has them."""
    with av.open(str(path)) as container:
        stream = container.streams.subtitles[0]
        return [
            (
                in_seconds(packet.pts, stream.time_base),
                in_seconds(packet.duration, stream.time_base),
                bytes(packet).decode(),
            )
            for packet in container.demux(stream)
            if packet.size
        ]


def test_webvtt_escapes_what_would_be_markup() -> None:
    assert "if a &lt; b &amp;&amp; b &gt; c\n--&gt; then &lt;i&gt;a" in webvtt(CUES)


@pytest.mark.parametrize("suffix", [".vtt", ".srt"])
def test_another_parser_reads_the_same_cues(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"lecture{suffix}"
    cues = shown_captions(spoken(LECTURE))
    write_cues(cues, path)
    found = read_back(path)
    assert [text for _, _, text in found] == ["\n".join(cue.lines) for cue in cues]
    assert [start for start, _, _ in found] == pytest.approx([c.start for c in cues], abs=0.001)
    assert [length for _, length, _ in found] == pytest.approx(
        [c.end - c.start for c in cues], abs=0.0015
    )


def test_times_beyond_an_hour_are_written_in_full() -> None:
    assert "01:01:01.000 --> 01:01:02.000" in webvtt(CUES)
    assert "01:01:01,000 --> 01:01:02,000" in subrip(CUES)


def test_chapters_are_cues_of_one_line(tmp_path: Path) -> None:
    write_chapters([Chapter("One\nmore", 0.0, 2.0), Chapter("Two", 2.0, 3.0)], tmp_path / "c.vtt")
    assert read_back(tmp_path / "c.vtt") == [(0.0, 2.0, "One more"), (2.0, 1.0, "Two")]


def test_captions_of_nothing_are_a_valid_file(tmp_path: Path) -> None:
    write_cues((), tmp_path / "lecture.vtt")
    assert (tmp_path / "lecture.vtt").read_text() == "WEBVTT\n"


def test_another_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"not as lecture\.txt"):
        FfmpegMedia().write_captions([], tmp_path / "lecture.txt")


def test_captions_that_cannot_be_written_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match=r"cannot write lecture\.vtt"):
        write_cues(CUES, tmp_path / "nowhere" / "lecture.vtt")


def test_headings_and_items_are_no_part_of_the_sentence_behind_them() -> None:
    words = spoken("Air Gas and share Nitrogen is the larger part of it")
    cues = captions([SpokenSlide(words, 0.0, 60.0, frozenset({1, 4}))])
    assert [line for cue in cues for line in cue.lines] == [
        "Air", "Gas and share", "Nitrogen is the larger part of it",
    ]  # fmt: skip
