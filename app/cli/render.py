"""``render``: one lecture, here and now, through the same store and steps as the service."""

from __future__ import annotations

import argparse
import json
import sys
import threading
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

import config
from app import bootstrap
from app.cli import logs
from app.errors import InputError, JobNotFound, LectureError
from app.intake import SHELL, GenerateRequest, accept, draft_of
from app.jobs.store.job import JobKey
from app.jobs.store.store import Job, JobState, Store
from app.worker.worker import Worker

POLL_SECONDS = 0.2

_ENDED = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


def render(settings: config.Settings, asked: argparse.Namespace) -> int:
    """Render one lecture and print its mapping.  Returns the exit status."""
    from app.cli import CALLERS_MISTAKE, CANCELLED, FAILED, OK

    logs.to_file(settings.logging.level, settings.paths.logs)
    services = bootstrap.services(settings)
    bootstrap.open_store(services.store, settings)
    request = _request(asked)
    try:
        with draft_of(request, services, everywhere=True) as draft:
            accepted = accept(draft, services, tenant=SHELL)
    finally:
        services.examiner.close()
    if accepted.caution:
        print(f"voice_path {request.voice_path}: {accepted.caution}", file=sys.stderr)
    print(json.dumps(accepted.mapping), flush=True)
    job = _work(settings, services.store, request.id)
    if job.state is JobState.DONE:
        return OK
    if job.state is JobState.CANCELLED:
        return CANCELLED
    print(f"{job.error_code}: {job.error_message}", file=sys.stderr)
    return CALLERS_MISTAKE if job.error_code in _input_codes() else FAILED


def _request(asked: argparse.Namespace) -> GenerateRequest:
    return GenerateRequest(
        id=asked.id,
        face_path=asked.face.absolute(),
        voice_path=asked.voice.absolute(),
        lecture_text_path=asked.text.absolute(),
        generated_dir_path=asked.out.absolute(),
        language=asked.language,
        speech_engine=asked.speech,
        face_engine=asked.face_engine,
        preprocess=asked.preprocess,
        still=asked.still,
        size=asked.size,
        split=asked.split,
        lexicon_path=asked.lexicon.absolute() if asked.lexicon else None,
        restart=asked.restart,
    )


def _work(settings: config.Settings, store: Store, lecture_id: int) -> Job:
    """Run a worker for this lecture until it ends; Ctrl-C cancels it."""
    worker = Worker(settings, only=JobKey(SHELL, lecture_id), until_done=True)
    thread = threading.Thread(target=worker.run, name="worker")
    thread.start()
    try:
        return watch(lambda: _job(store, lecture_id))
    except KeyboardInterrupt:
        store.cancel(SHELL, lecture_id)
        return watch(lambda: _job(store, lecture_id))
    finally:
        worker.stop()
        thread.join()


def watch(look: Callable[[], Job]) -> Job:
    """Show a progress bar on stderr until the job ends; the job as it ended."""
    pause = threading.Event()
    with progress_bar() as bar:
        line = bar.add_task("queued", total=1.0)
        while (job := look()).state not in _ENDED:
            bar.update(line, completed=job.progress, description=_doing(job))
            pause.wait(POLL_SECONDS)
        bar.update(line, completed=job.progress, description=job.state.value)
    return job


def _doing(job: Job) -> str:
    return f"{job.stage.kind} {job.stage.number or ''}" if job.stage else job.state.value


def progress_bar() -> Progress:
    """The one look of all progress bars."""
    return Progress(
        TextColumn("{task.description:<12}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    )


def _job(store: Store, lecture_id: int) -> Job:
    job = store.find(SHELL, lecture_id)
    if job is None:
        raise JobNotFound(f"id {lecture_id}")
    return job


def _input_codes() -> set[str]:
    return {kind.code for kind in _with_descendants(InputError)}


def _with_descendants(kind: type[LectureError]) -> Iterator[type[LectureError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _with_descendants(child)
