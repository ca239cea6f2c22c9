"""``manifest.json``: what was made from what."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from app.lecture import Fragment, Lecture, Slide
from app.steps import animate, speak
from app.steps.documents import as_json
from app.steps.recipe import sha256_of
from app.steps.record import Captions
from app.steps.timeline import Timeline
from app.steps.workshop import Surroundings

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class RecordingEntry:
    """A passage of a recording, in seconds from its start."""

    sha256: str
    """Of the recording as it was given."""
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class FragmentEntry:
    """A fragment; paths are relative to the output directory, times seconds of the lecture."""

    number: int
    text: str
    start: float
    duration: float
    speech_engine: str
    voice: str
    """Name of the built-in voice; empty for a cloned or recorded one."""
    voice_fidelity: str
    voice_similarity: float | None
    face_engine: str
    audio: str
    audio_sha256: str
    video: str
    video_sha256: str
    captions: Captions
    recording: RecordingEntry | None
    """What was taken instead of a spoken text."""


@dataclass(frozen=True, slots=True)
class SlideEntry:
    """A slide; without start and video when nothing is spoken on it."""

    number: int
    fragments: list[int]
    start: float | None
    duration: float
    video: str | None


@dataclass(frozen=True, slots=True)
class Manifest:
    """The account of a lecture, as its final step writes it."""

    id: int
    language: str
    mapping: list[list[int]]
    duration: float
    """Seconds."""
    captions: Captions | Literal["mixed"] | None
    """``mixed``: not the same of all fragments.  ``None``: the lecture is of text alone; then the
    document has no word of captions and recordings, as it always was."""
    lecture: str
    lecture_sha256: str
    fragments: list[FragmentEntry]
    slides: list[SlideEntry]

    def write(self, artifact: Path) -> None:
        """Put it into an artifact's directory."""
        document = asdict(self)
        if self.captions is None:
            del document["captions"]
            for fragment in document["fragments"]:
                del fragment["captions"], fragment["recording"]
        (artifact / MANIFEST).write_bytes(as_json(document))


def manifest_of(
    lecture: Lecture, timeline: Timeline, seconds: float, video: Path, around: Surroundings
) -> Manifest:
    """The account of a lecture.

    Args:
        seconds: Of the whole.
        video: The whole, just made.
    """
    return Manifest(
        id=lecture.id,
        language=timeline.language,
        mapping=lecture.mapping(),
        duration=round(seconds, 3),
        captions=_captions(lecture, timeline),
        lecture=_name(lecture, lecture.final_path()),
        lecture_sha256=sha256_of(video),
        fragments=[_fragment(each, lecture, timeline, around) for each in lecture.fragments()],
        slides=[
            _slide(number, slide, lecture, timeline)
            for number, slide in enumerate(lecture.slides, start=1)
        ],
    )


def with_counters(manifest: bytes, rendered: Mapping[str, int], reused: Mapping[str, int]) -> bytes:
    """A manifest that also tells how much of it was made this time, by kind of step.

    The counters belong to a generation and not to the artifact, which the next
    generation may find made; so they are added when the manifest is published.
    Whatever else it holds stays: it may be of another age than this code.
    """
    counted = {**json.loads(manifest), "rendered": dict(rendered), "reused": dict(reused)}
    return as_json(counted)


def _fragment(
    fragment: Fragment, lecture: Lecture, timeline: Timeline, around: Surroundings
) -> FragmentEntry:
    number = fragment.number
    start, end = timeline.fragments[number]
    record = timeline.records[number]
    return FragmentEntry(
        number=number,
        text=fragment.text,
        start=round(start, 3),
        duration=round(end - start, 3),
        speech_engine=record.engine,
        voice=record.voice.preset,
        voice_fidelity=record.voice.fidelity,
        voice_similarity=record.voice.similarity,
        face_engine=lecture.face_engine,
        audio=_name(lecture, lecture.audio_path(number)),
        audio_sha256=around.sums[speak.KIND.step_name(number)][speak.SOUND],
        video=_name(lecture, lecture.video_path(number)),
        video_sha256=around.sums[animate.KIND.step_name(number)][animate.CLIP],
        captions=record.captions,
        recording=_recording(fragment),
    )


def _recording(fragment: Fragment) -> RecordingEntry | None:
    if fragment.recording is None:
        return None
    passage = fragment.recording
    return RecordingEntry(passage.sha256, round(passage.start, 3), round(passage.end, 3))


def _captions(lecture: Lecture, timeline: Timeline) -> Captions | Literal["mixed"] | None:
    if all(fragment.recording is None for fragment in lecture.fragments()):
        return None
    kinds = {record.captions for record in timeline.records.values()}
    return kinds.pop() if len(kinds) == 1 else "mixed"


def _slide(number: int, slide: Slide, lecture: Lecture, timeline: Timeline) -> SlideEntry:
    span = timeline.slides.get(number)
    return SlideEntry(
        number=number,
        fragments=[fragment.number for fragment in slide.fragments],
        start=round(span.start, 3) if span else None,
        duration=round(span.end - span.start, 3) if span else 0.0,
        video=_name(lecture, lecture.slide_path(number)) if span else None,
    )


def _name(lecture: Lecture, path: Path) -> str:
    return str(path.relative_to(lecture.generated_dir))
