"""The way of one request from four paths to a submitted lecture."""

from __future__ import annotations

import errno
import hashlib
import json
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app import bootstrap
from app.bootstrap import Services
from app.errors import InputError, JobConflict, LectureTextError, PathError
from app.intake.files import Bounds, Copied, check_output_dir, copy_file, write_error
from app.intake.request import GenerateRequest
from app.intake.respelling import respelling
from app.jobs.files.retention import STAGING
from app.jobs.lecture import lecture_submission
from app.jobs.store.store import Job, JobState
from app.lecture import Lecture, Slide, split_text
from app.media.ffmpeg import locate
from app.steps import Recipe, lecture_of, plan

if TYPE_CHECKING:
    from config import Settings

log = logging.getLogger(__name__)

LMS = "lms"
"""Tenant of the web service's callers."""

SHELL = "shell"
"""Tenant of the command line, whose ids are its own; it starts a worker for each job."""

_SAFE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff"})


@dataclass(frozen=True, slots=True)
class Accepted:
    """The answer to a request."""

    id: int
    mapping: list[list[int]]
    started: bool
    """``False``: the same input is being generated, or was, and nothing new began."""


def accept(
    request: GenerateRequest,
    services: Services,
    *,
    tenant: str,
    everywhere: bool = False,
) -> Accepted:
    """Check a request, copy its input and submit the lecture.

    Args:
        everywhere: Paths need not lie under the configured roots.

    Raises:
        InputError: Something the caller named cannot be used; nothing was written.
        JobConflict: The id is being generated from other input.
        EngineUnavailable: No engine that could do it is installed, or ffmpeg is missing.
        DiskFull: No space for the copies.
    """
    settings = services.settings
    bounds = Bounds(None if everywhere else settings.paths.roots, settings.paths.data)
    output = check_output_dir(request.generated_dir_path, bounds=bounds)
    locate(settings.media.ffmpeg)  # without it nothing can be done, not even heard
    face_engine = bootstrap.choose_face_engine(settings, request.face_engine, request.face_choice())
    with _staging(settings.paths.data / "inputs") as staging:
        copies = _copy_input(request, settings, bounds, staging)
        spelt = respelling(request.lexicon_path, settings, bounds=bounds, staging=staging)
        request_hash = _request_hash(request, copies, output, spelt.identity)
        job = _same(services, tenant, request.id, request_hash)
        # Results that somebody removed are put back from the artifacts.
        restart = request.restart or (job is not None and _results_are_gone(job))
        if job is not None and not restart:
            return Accepted(job.id, lecture_of(job.content).mapping(), started=False)
        text = _read_text(request.lecture_text_path, copies.text.path)
        _slides(request, settings, text, language="")  # an empty text is refused first
        _examine(request, services, copies)
        language = _language(request, services, copies.text)
        speech_engine = bootstrap.choose_speech_engine(settings, language, request.speech_engine)
        inputs = settings.paths.data / "inputs" / f"{tenant}-{request.id}-{request_hash[:16]}"
        slides = _slides(request, settings, text, language=language)
        texts = [fragment.text for slide in slides for fragment in slide.fragments]
        lecture = Lecture(
            id=request.id,
            source_image=inputs / copies.face.path.name,
            voice_sample=inputs / copies.voice.path.name,
            generated_dir=output,
            slides=slides,
            language=language,
            speech_engine=speech_engine,
            face_engine=face_engine,
            face=request.face_choice(),
            lexicon=spelt.lexicon.needed_for(texts, language),
        )
        recipe = Recipe(
            speech=bootstrap.speech_identity(settings, speech_engine),
            face=bootstrap.face_identity(settings, face_engine, lecture.face),
            voice_sha256=copies.voice.sha256,
            image_sha256=copies.face.sha256,
        )
        _create_output_dir(output)
        _settle(staging, inputs)
        submission = lecture_submission(
            tenant,
            lecture,
            plan(lecture, recipe),
            request_hash,
            restart=restart,
            reserved=tenant == SHELL,
        )
        started = services.store.submit(submission)
        services.doorbell.ring()
    log.info("lecture accepted lecture=%d tenant=%s started=%s", request.id, tenant, started)
    return Accepted(request.id, lecture.mapping(), started)


@dataclass(frozen=True, slots=True)
class _Copies:
    face: Copied
    voice: Copied
    text: Copied


@contextmanager
def _staging(inputs: Path) -> Iterator[Path]:
    """A private folder that is gone afterwards, unless it was settled."""
    try:
        inputs.mkdir(parents=True, exist_ok=True, mode=0o700)
        staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=inputs))
    except OSError as error:
        raise write_error(error, inputs) from error
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _copy_input(
    request: GenerateRequest, settings: Settings, bounds: Bounds, staging: Path
) -> _Copies:
    rules = settings.lecture
    suffix = request.face_path.suffix.lower()
    # Names of our own: what a caller calls a file never reaches a command line.
    face = staging / f"source-image{suffix if suffix in _SAFE_SUFFIXES else ''}"
    return _Copies(
        face=copy_file(
            "face_path", request.face_path, face, bounds=bounds, max_bytes=rules.max_image_bytes
        ),
        voice=copy_file(
            "voice_path",
            request.voice_path,
            staging / "voice-sample",
            bounds=bounds,
            max_bytes=rules.max_voice_bytes,
        ),
        text=copy_file(
            "lecture_text_path",
            request.lecture_text_path,
            staging / "lecture-text",
            bounds=bounds,
            max_bytes=rules.max_text_bytes,
        ),
    )


def _request_hash(request: GenerateRequest, copies: _Copies, output: Path, lexicon: str) -> str:
    """Equal for requests that ask for the same lecture in the same place."""
    asked = request.model_dump(
        mode="json",
        exclude={
            *("id", "face_path", "voice_path", "lecture_text_path", "lexicon_path", "restart")
        },
        exclude_none=True,
    )
    asked["generated_dir_path"] = str(output)
    contents = [copies.face.sha256, copies.voice.sha256, copies.text.sha256]
    contents += [lexicon] if lexicon else []
    return hashlib.sha256(json.dumps([asked, contents], sort_keys=True).encode()).hexdigest()


def _same(services: Services, tenant: str, lecture_id: int, request_hash: str) -> Job | None:
    """The job that already is, or was, what the request asks for.

    Raises:
        JobConflict: The id is being generated from other input.
    """
    job = services.store.find(tenant, lecture_id)
    if job is None:
        return None
    active = job.state in (JobState.QUEUED, JobState.RUNNING)
    if job.request_hash == request_hash:
        return job if active or job.state is JobState.DONE else None
    if active:
        raise JobConflict(
            f"lecture {lecture_id} is being generated from other input; "
            "wait for it or cancel it first"
        )
    return None


def _results_are_gone(job: Job) -> bool:
    return job.state is JobState.DONE and not lecture_of(job.content).manifest_path().exists()


def _read_text(named: Path, copy: Path) -> str:
    try:
        return copy.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LectureTextError(
            f"lecture_text_path: {named} is not UTF-8 text (byte {error.start})"
        ) from error


def _slides(
    request: GenerateRequest, settings: Settings, text: str, *, language: str
) -> tuple[Slide, ...]:
    try:
        return split_text(
            text,
            delimiter=settings.lecture.delimiter,
            mode=request.split or settings.lecture.split,
            language=language,
        )
    except LectureTextError as error:
        raise LectureTextError(
            f"lecture_text_path: {request.lecture_text_path}: {error}"
        ) from error


def _examine(request: GenerateRequest, services: Services, copies: _Copies) -> None:
    examiner = services.examiner
    with _naming("face_path", request.face_path, copies.face):
        examiner.check_face(copies.face.path, copies.face.sha256)
    with _naming("voice_path", request.voice_path, copies.voice):
        examiner.check_voice(copies.voice.path, copies.voice.sha256)


@contextmanager
def _naming(name: str, path: Path, copy: Copied) -> Iterator[None]:
    """Let an error about a private copy name what the caller named."""
    try:
        yield
    except InputError as error:
        message = str(error).replace(copy.path.name, path.name)
        raise type(error)(f"{name} {path}: {message}") from error


def _language(request: GenerateRequest, services: Services, text: Copied) -> str:
    asked = request.language or services.settings.lecture.language
    if asked != "auto":
        return asked
    with _naming("lecture_text_path", request.lecture_text_path, text):
        spoken = bootstrap.spoken_languages(services.settings, request.speech_engine)
        return services.examiner.language_of(text.path, text.sha256, spoken)


def _create_output_dir(output: Path) -> None:
    try:
        output.mkdir(exist_ok=True)
    except OSError as error:
        raise write_error(error, output.parent) from error


def _settle(staging: Path, inputs: Path) -> None:
    """Give the copies their lasting place; equal ones that lie there already stay."""
    for _ in range(2):
        try:
            staging.rename(inputs)
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise write_error(error, inputs) from error
        try:
            # New again: whoever removes old copies spares them until the lecture is submitted.
            os.utime(inputs)
        except FileNotFoundError:
            continue  # removed between the two
        return
    raise PathError(f"the copies of the input vanish from {inputs}")
