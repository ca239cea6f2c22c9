"""How each kind of step is done, written against the ports."""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from app.lecture import Fragment, Lecture, Step, StepKind
from app.lecture.lexicon import Respelled
from app.lecture.plan import published
from app.phonetics import Viseme
from app.ports.face import FaceEngine
from app.ports.media import Chapter, Clip, Media
from app.ports.speech import Speech, SpeechEngine, Word
from app.ports.work import Cancel, Progress

log = logging.getLogger(__name__)


class Workshop(Protocol):
    """What a step is done with: engines in memory, and the media tools."""

    @property
    def media(self) -> Media: ...

    def speech_engine(self, lecture: Lecture) -> SpeechEngine:
        """The lecture's speech engine, loaded."""

    def face_engine(self, lecture: Lecture) -> FaceEngine:
        """The lecture's face engine with the lecture's options, loaded."""

    def warm(self, queue: str) -> None:
        """Load what the steps of a queue will most likely need, before there is one.

        Raises:
            LectureError: It cannot be loaded; a step that needs it will say so again.
        """


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a step reads and writes, and whom it tells."""

    inputs: Mapping[str, Path]
    """Artifact directory of each step that this one needs."""
    target: Path
    """Empty private directory for the files it makes."""
    cancel: Cancel
    progress: Progress
    sums: Mapping[str, Mapping[str, str]]
    """sha256 of each file of those artifacts, by step and name."""


def do(step: Step, lecture: Lecture, workshop: Workshop, around: Surroundings) -> None:
    """Make the artifact of one step.

    Raises:
        LectureError: It cannot be made; whatever lies in ``target`` is worthless.
        Cancelled: Somebody asked for the work to stop.
    """
    started = time.monotonic()
    match step.kind:
        case "speech":
            _speak(lecture, lecture.fragment(step.number), workshop, around)
        case "face":
            _animate(lecture, step.number, workshop, around)
        case "slide":
            _join_slide(lecture, step.number, workshop, around)
        case "final":
            _finish(lecture, workshop, around)
    around.progress(1.0)
    seconds = time.monotonic() - started
    log.info("step done lecture=%d step=%s seconds=%.2f", lecture.id, step.name, seconds)


def _speak(lecture: Lecture, fragment: Fragment, workshop: Workshop, around: Surroundings) -> None:
    engine = workshop.speech_engine(lecture)
    voice = engine.voice(lecture.voice_sample)
    around.cancel.check()
    respelt = lecture.lexicon.spoken(fragment.with_paragraphs, lecture.language)
    speech = engine.synthesize(
        respelt.text, voice, lecture.language, around.cancel, around.progress
    )
    sound = around.target / "speech.wav"
    seconds = workshop.media.write_speech(speech, sound)
    visemes = speech.visemes or workshop.media.visemes_from_sound(
        sound, respelt.text, lecture.language
    )
    words = _as_written(respelt, speech.words) or _evenly_spoken(fragment.text, seconds)
    record = _record(lecture, speech, words, visemes, seconds)
    _write_json(around.target / "speech.json", record)


def _as_written(respelt: Respelled, words: Sequence[Word]) -> tuple[Word, ...]:
    """The lecture's own words with the times of what was spoken for them."""
    if len(words) != len(respelt.text.split()):
        # An engine that counts words its own way: its times fit what it was given only.
        return tuple(words) if respelt.is_unchanged else ()
    spoken = [(word.text, word.start, word.end) for word in words]
    return tuple(Word(*word) for word in respelt.restored(spoken))


def _animate(lecture: Lecture, number: int, workshop: Workshop, around: Surroundings) -> None:
    engine = workshop.face_engine(lecture)
    face = engine.prepare(lecture.source_image)
    around.cancel.check()
    spoken = around.inputs[f"speech_{number}"]
    engine.animate(
        face,
        spoken / "speech.wav",
        [Viseme(**viseme) for viseme in _read_json(spoken / "speech.json")["visemes"]],
        around.target / "clip.mp4",
        cancel=around.cancel,
        progress=around.progress,
    )


def _join_slide(lecture: Lecture, number: int, workshop: Workshop, around: Surroundings) -> None:
    clips = [_clip(fragment, around) for fragment in lecture.slides[number - 1].fragments]
    workshop.media.join(clips, around.target / "slide.mp4", cancel=around.cancel)


def _finish(lecture: Lecture, workshop: Workshop, around: Surroundings) -> None:
    timeline = _timeline(lecture, around)
    media, target = workshop.media, around.target
    clips = [_clip(fragment, around) for fragment in lecture.fragments()]
    chapters = [Chapter(f"Slide {k}", start, end) for k, (start, end) in timeline.slides.items()]
    seconds = media.join(clips, target / "lecture.mp4", cancel=around.cancel, chapters=chapters)
    media.write_captions(timeline.words, target / "lecture.vtt")
    media.write_captions(timeline.words, target / "lecture.srt")
    media.write_chapters(chapters, target / "chapters.vtt")
    _write_json(target / "manifest.json", _manifest(lecture, timeline, seconds, around))


@dataclass(frozen=True, slots=True)
class _Timeline:
    """When everything is heard, in seconds of the whole lecture."""

    words: list[Word]
    fragments: dict[int, tuple[float, float]]
    slides: dict[int, tuple[float, float]]
    """Only those on which something is spoken."""
    records: dict[int, dict[str, Any]]
    """``speech.json`` of each fragment."""


def _timeline(lecture: Lecture, around: Surroundings) -> _Timeline:
    words: list[Word] = []
    fragments: dict[int, tuple[float, float]] = {}
    slides: dict[int, tuple[float, float]] = {}
    records: dict[int, dict[str, Any]] = {}
    now = 0.0
    for number, slide in enumerate(lecture.slides, start=1):
        slide_start = now
        for fragment in slide.fragments:
            record = _read_json(around.inputs[f"speech_{fragment.number}"] / "speech.json")
            words += [
                Word(word["text"], now + word["start"], now + word["end"])
                for word in record["words"]
            ]
            fragments[fragment.number] = (now, now + record["seconds"])
            records[fragment.number] = record
            now += record["seconds"]
        if slide.fragments:
            slides[number] = (slide_start, now)
    return _Timeline(words, fragments, slides, records)


def _manifest(
    lecture: Lecture, timeline: _Timeline, seconds: float, around: Surroundings
) -> dict[str, Any]:
    """What was made from what; paths are relative to the output directory."""

    def name(path: Path) -> str:
        return str(path.relative_to(lecture.generated_dir))

    fragments = []
    for fragment in lecture.fragments():
        start, end = timeline.fragments[fragment.number]
        record = timeline.records[fragment.number]
        fragments.append(
            {
                "number": fragment.number,
                "text": fragment.text,
                "start": round(start, 3),
                "duration": round(end - start, 3),
                "speech_engine": record["engine"],
                "voice": record["voice"]["preset"],
                "voice_fidelity": record["voice"]["fidelity"],
                "voice_similarity": record["voice"]["similarity"],
                "face_engine": lecture.face_engine,
                "audio": name(lecture.audio_path(fragment.number)),
                "audio_sha256": around.sums[f"speech_{fragment.number}"]["speech.wav"],
                "video": name(lecture.video_path(fragment.number)),
                "video_sha256": around.sums[f"face_{fragment.number}"]["clip.mp4"],
            }
        )
    slides = []
    for number, slide in enumerate(lecture.slides, start=1):
        span = timeline.slides.get(number)
        slides.append(
            {
                "number": number,
                "fragments": [fragment.number for fragment in slide.fragments],
                "start": round(span[0], 3) if span else None,
                "duration": round(span[1] - span[0], 3) if span else 0.0,
                "video": name(lecture.slide_path(number)) if span else None,
            }
        )
    return {
        "id": lecture.id,
        "language": lecture.language,
        "mapping": lecture.mapping(),
        "duration": round(seconds, 3),
        "lecture": name(lecture.final_path()),
        "lecture_sha256": sha256_of(around.target / "lecture.mp4"),
        "fragments": fragments,
        "slides": slides,
    }


def _record(
    lecture: Lecture,
    speech: Speech,
    words: tuple[Word, ...],
    visemes: tuple[Viseme, ...],
    seconds: float,
) -> dict[str, Any]:
    return {
        "engine": lecture.speech_engine,
        "voice": asdict(speech.voice),
        "seconds": seconds,
        "words": [asdict(word) for word in words],
        "visemes": [asdict(viseme) for viseme in visemes],
    }


def _evenly_spoken(text: str, seconds: float) -> tuple[Word, ...]:
    """Word times in proportion to the letters, for an engine that knows none.

    >>> _evenly_spoken("a bb", 5.0)
    (Word(text='a', start=0.0, end=2.0), Word(text='bb', start=2.0, end=5.0))
    """
    words = text.split()
    total = sum(len(word) + 1 for word in words)
    placed, done = [], 0
    for word in words:
        start, done = done, done + len(word) + 1
        placed.append(Word(word, seconds * start / total, seconds * done / total))
    return tuple(placed)


def _clip(fragment: Fragment, around: Surroundings) -> Clip:
    return Clip(
        video=around.inputs[f"face_{fragment.number}"] / "clip.mp4",
        sound=around.inputs[f"speech_{fragment.number}"] / "speech.wav",
    )


def with_counters(
    manifest: bytes, rendered: Mapping[StepKind, int], reused: Mapping[StepKind, int]
) -> bytes:
    """A manifest that also tells how much of it was made this time.

    The counters belong to a generation and not to the artifact, which the next
    generation may find made; so they are added when the manifest is published.
    """
    counted = {**json.loads(manifest), "rendered": dict(rendered), "reused": dict(reused)}
    return _json(counted)


def sha256_of(path: Path) -> str:
    """Hash of a file's bytes, as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_json(path: Path) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return value


def _write_json(path: Path, value: Mapping[str, Any]) -> None:
    path.write_bytes(_json(value))


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


__all__ = ["Surroundings", "Workshop", "do", "published", "sha256_of", "with_counters"]
