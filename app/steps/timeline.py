"""When everything of a lecture is heard."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from app.lecture import UNTOLD, Lecture
from app.ports.media import SpokenSlide
from app.ports.speech import Word
from app.steps import speak
from app.steps.record import SpeechRecord, read_record
from app.steps.workshop import Surroundings


@dataclass(frozen=True, slots=True)
class Timeline:
    """Times are seconds of the whole lecture."""

    fragments: dict[int, tuple[float, float]]
    """Start and end by number."""
    slides: dict[int, SpokenSlide]
    """By number; only those on which something is spoken."""
    records: dict[int, SpeechRecord]
    """Of each fragment."""
    language: str
    """The lecture's or, when nobody told it, the one that most of its fragments are heard in."""


def timeline_of(lecture: Lecture, around: Surroundings) -> Timeline:
    """Read from the speech of every fragment."""
    fragments: dict[int, tuple[float, float]] = {}
    slides: dict[int, SpokenSlide] = {}
    records: dict[int, SpeechRecord] = {}
    now = 0.0
    for number, slide in enumerate(lecture.slides, start=1):
        words: list[Word] = []
        ends: set[int] = set()
        slide_start = now
        for fragment in slide.fragments:
            record = read_record(around.inputs[speak.KIND.step_name(fragment.number)])
            ends.update(len(words) + end for end in fragment.paragraph_ends)
            words += [Word(word.text, now + word.start, now + word.end) for word in record.words]
            fragments[fragment.number] = (now, now + record.seconds)
            records[fragment.number] = record
            now += record.seconds
        if slide.fragments:
            slides[number] = SpokenSlide(words, slide_start, now, frozenset(ends))
    return Timeline(fragments, slides, records, _language(lecture, records))


def _language(lecture: Lecture, records: dict[int, SpeechRecord]) -> str:
    heard = Counter(record.language for record in records.values() if record.language)
    if lecture.language != UNTOLD or not heard:
        return lecture.language
    return heard.most_common(1)[0][0]
