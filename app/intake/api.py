"""Programs name faces and voices of the library, and write the text of each slide.

Results go into the service's own folder: whoever asked fetches them from there.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from app.bootstrap import Services
from app.disk import disk_full_named
from app.errors import InputError
from app.intake.accept import Accepted, accept
from app.intake.draft import Content, Draft, Wishes
from app.intake.engines import choose_face_engine
from app.intake.recordings import FIELD as RECORDINGS
from app.intake.staging import Staging, staging
from app.jobs.store.job import Also, JobKey
from app.lecture import FaceChoice
from app.requests.asked import Asked, AskedSlide

BETWEEN_SLIDES = "\x1e"
"""The record separator: within a slide it is white space as a line's end is."""

_POINTERS = {"face": "/avatar", "voice": "/voice", "text": "/slides"}
"""What a program calls the fields of a draft; lexicon and wishes are called the same."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The files of the library that a lecture is made from."""

    face: Content
    voice: Content | None
    recordings: Mapping[int, Content]
    """By the number of the slide on which each is heard."""


def results_of(services: Services, key: JobKey) -> Path:
    """The folder for the results of a lecture."""
    return services.settings.paths.data / "lectures" / key.tenant / str(key.id)


def order(
    asked: Asked,
    key: JobKey,
    sources: Sources,
    services: Services,
    *,
    also: Also | None = None,
    restart: bool = False,
    until: float | None = None,
) -> Accepted:
    """Have a lecture made; what is wrong with it is told by JSON pointers into the request.

    Args:
        key: Of its job, new or that of a lecture which is made anew.
        also: Written together with the job, when a generation begins.
        until: When whoever asks must have an answer, by the monotonic clock.

    Raises:
        InputError: Something of it cannot be used; its ``field`` points there.
        JobConflict: It is being made, or just being cancelled.
        EngineUnavailable: No engine that could do it can run here.
        DiskFull: No space for the copies, the results or the job.
        Busy: Too many files are to be examined.
    """
    with in_the_callers_words(), staging(services.settings.paths.data / "inputs") as copies:
        draft = _draft(asked, key, sources, services, copies)
        draft = replace(draft, restart=restart, until=until)
        with disk_full_named("the results"):
            draft.output.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return accept(draft, services, tenant=key.tenant, also=also)


def slides_of(text: str, services: Services) -> tuple[AskedSlide, ...]:
    """The slides of a text in which the configured delimiter separates them."""
    return tuple(AskedSlide(part) for part in text.split(services.settings.lecture.delimiter))


def _draft(
    asked: Asked, key: JobKey, sources: Sources, services: Services, copies: Staging
) -> Draft:
    wishes = wishes_of(asked)
    face_engine = choose_face_engine(services.settings, wishes)
    return Draft(
        id=key.id,
        wishes=wishes,
        face_engine=face_engine,
        output=results_of(services, key),
        copies=copies,
        face=_linked(sources.face, copies.path / f"source-image{sources.face.path.suffix}"),
        voice=(
            None if sources.voice is None else _linked(sources.voice, copies.path / "voice-sample")
        ),
        text=text_of(asked, copies) if any(slide.text for slide in asked.slides) else None,
        recordings={
            number: _linked(content, copies.path / f"recording-{number}")
            for number, content in sources.recordings.items()
        },
        lexicon=lexicon_of(asked, copies),
        delimiter=BETWEEN_SLIDES,
        titles=tuple(slide.title for slide in asked.slides),
    )


def wishes_of(asked: Asked) -> Wishes:
    """How a lecture shall be made."""
    return Wishes(
        language=asked.language,
        speech_engine=asked.speech_engine,
        face_engine=asked.face_engine,
        face=FaceChoice(asked.preprocess, asked.still, asked.size),
        split=asked.split,
    )


def text_of(asked: Asked, copies: Staging) -> Content:
    """The text of all slides, in a file of the draft's own."""
    texts = (slide.text.replace(BETWEEN_SLIDES, "\n") for slide in asked.slides)
    return _written(BETWEEN_SLIDES.join(texts), copies.path / "lecture-text")


def lexicon_of(asked: Asked, copies: Staging) -> Content | None:
    """The lecture's own lexicon, the same."""
    if asked.lexicon is None:
        return None
    return _written(asked.lexicon, copies.path / "lexicon.yaml")


def _linked(source: Content, target: Path) -> Content:
    """The same bytes under a name of the draft's own; nobody changes either."""
    with disk_full_named("the copies of the input"):
        try:
            os.link(source.path, target)
        except OSError as error:
            if error.errno not in (errno.EXDEV, errno.EPERM, errno.EMLINK):
                raise
            shutil.copyfile(source.path, target)
    return Content(target, source.sha256)


def _written(text: str, target: Path) -> Content:
    written = text.encode()
    with disk_full_named("the copies of the input"):
        target.write_bytes(written)
    return Content(target, hashlib.sha256(written).hexdigest())


@contextmanager
def in_the_callers_words() -> Iterator[None]:
    """Let what is wrong with a draft be told by a JSON pointer into the request."""
    try:
        yield
    except InputError as error:
        if error.field is not None:
            error.field = _pointer(error.field)
        raise


def _pointer(field: str) -> str:
    name, _, number = field.partition(".")
    if name == RECORDINGS:
        return f"/slides/{int(number) - 1}/audio" if number else "/slides"
    return _POINTERS.get(field, f"/{field}")
