"""What a lecture will take, told before anything is begun."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from app import bootstrap
from app.bootstrap import Services
from app.examiner.asked import TextRead
from app.intake import api, readings
from app.intake.engines import choose_face_engine, choose_speech_engine
from app.intake.staging import staging
from app.jobs.report import rates
from app.jobs.report.estimate import Work, busy_seconds, seconds_left
from app.jobs.report.rates import Times
from app.lecture import RECORDING, UNTOLD, Fragment, Lecture, Passage, Slide
from app.lecture.bounds import estimated_seconds
from app.requests.asked import Asked
from app.requests.lectures import RESULT_BYTES_PER_SECOND
from app.steps import Recipe, Step, kind_named, plan

BYTES_PER_SECOND = 2 * RESULT_BYTES_PER_SECOND
"""Of speech, on the disk: results, and the artifacts that they were published from."""


PIECE_SECONDS = 30.0
"""Of recordings, which are cut in pauses near to that."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is known beforehand."""

    language: str
    slides: int
    fragments: int
    letters: int
    """That are spoken."""
    speech_seconds: float
    speech_engine: str
    face_engine: str
    render_seconds: float | None
    """From the start of its first step, with nothing else to do; ``None``: no lecture was made
    here yet that would tell."""
    busy_seconds: Mapping[str, float] | None
    """By queue, of all its slots together; the same."""
    size: int
    """Bytes on the disk."""


def estimate(
    asked: Asked, services: Services, *, tenant: str, until: float | None = None
) -> Estimate:
    """What a lecture will take.

    Args:
        asked: Face and voice do not matter.
        until: When whoever asks must have an answer, by the monotonic clock.

    Raises:
        InputError: Something of it cannot be used; its ``field`` points there.
        EngineUnavailable: No engine that could do it can run here.
        Busy: Too many files are to be examined.
    """
    settings = services.settings
    wishes = api.wishes_of(asked)
    recorded = readings.recorded(tenant, asked, services)
    with api.in_the_callers_words(), staging(settings.paths.data / "inputs") as copies:
        face_engine = choose_face_engine(settings, wishes)
        read = readings.read_asked(asked, copies, services, tenant=tenant, until=until)
        slides, texts = _with_recordings(read, asked, recorded)
        is_spoken = any(text for text in texts)
        speech_engine = (
            choose_speech_engine(settings, wishes, read.language) if is_spoken else RECORDING
        )
    lecture = Lecture(
        id=0,
        source_image=Path(),
        voice_sample=Path(),
        generated_dir=Path(),
        slides=slides,
        language=read.language or UNTOLD,
        speech_engine=speech_engine,
        face_engine=face_engine,
        face=wishes.face,
        lexicon=read.lexicon,
    )
    works = list(
        _works(plan(lecture, Recipe("", "", "", ""), texts), rates.timed(services.store.database))
    )
    fragments = list(lecture.fragments())
    seconds = estimated_seconds(" ".join(fragment.plain for fragment in fragments))
    seconds += sum(each.recording.seconds for each in fragments if each.recording is not None)
    return Estimate(
        language=lecture.language,
        slides=len(lecture.slides),
        fragments=len(fragments),
        letters=sum(len(fragment.plain) for fragment in fragments),
        speech_seconds=seconds,
        speech_engine=speech_engine,
        face_engine=face_engine,
        render_seconds=seconds_left(works, bootstrap.slots(settings)),
        busy_seconds=busy_seconds(works),
        size=round(seconds * BYTES_PER_SECOND),
    )


def _with_recordings(
    read: TextRead, asked: Asked, seconds: Mapping[int, float]
) -> tuple[tuple[Slide, ...], tuple[str, ...]]:
    """The slides, recorded ones cut into usual pieces, and what is read of each fragment.

    Args:
        seconds: Of each recording.
    """
    slides: list[Slide] = []
    texts: list[str] = []
    spoken = iter(read.read)
    for number, slide in enumerate(asked.slides):
        if slide.audio is None:
            own = read.slides[number].fragments if read.slides else ()
            texts += [next(spoken) for _ in own]
        else:
            pieces = max(1, round(seconds.get(slide.audio, 0.0) / PIECE_SECONDS))
            length = seconds.get(slide.audio, 0.0) / pieces
            own = (Fragment(0, "", recording=Passage("", "", 0.0, length)),) * pieces
            texts += [""] * pieces
        first = len(texts) - len(own) + 1
        slides.append(
            Slide(tuple(replace(each, number=at) for at, each in enumerate(own, start=first)))
        )
    return tuple(slides), tuple(texts)


def _works(steps: tuple[Step, ...], timed: Mapping[str, Times]) -> Iterator[Work]:
    by_kind: dict[str, list[Step]] = {}
    for step in steps:
        by_kind.setdefault(step.kind, []).append(step)
    for name, mine in by_kind.items():
        kind = kind_named(name)
        yield Work(
            queue=kind.queue.value,
            steps=len(mine),
            letters=sum(step.letters for step in mine),
            kept=0,
            running=[],
            timed=timed.get(name, ()),
            usual=kind.usual_seconds,
        )
