"""The checkout's samples in the library: kept once per job store, when a worker first starts."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import config
from app import bootstrap
from app.access.keys import DEFAULT_TENANT
from app.bootstrap import Services
from app.errors import STORE_FAILURES, Busy, InputError, LectureError
from app.intake import stored
from app.intake.stored import Wish
from app.library.items import Kind

if TYPE_CHECKING:
    from config import Settings

log = logging.getLogger(__name__)

FOLDER = config.ROOT / "samples"

TAG = "sample"

AGAIN_SECONDS = 5.0
"""Before the next try, when there was no time for a look."""

_LARGEST = 100_000_000


@dataclass(frozen=True, slots=True)
class Sample:
    """One of them."""

    file: str
    kind: Kind
    name: str
    language: str | None = None


SAMPLES = (
    Sample("lecturer-man-tie.jpg", Kind.AVATAR, "Man with a tie"),
    Sample("lecturer-man.jpg", Kind.AVATAR, "Man"),
    Sample("lecturer-woman.jpg", Kind.AVATAR, "Woman"),
    Sample("voice.wav", Kind.VOICE, "Woman's voice", "en"),
)


@contextlib.contextmanager
def being_kept(settings: Settings) -> Iterator[None]:
    """Keep those that never were, beside what else goes on in the block."""
    if not settings.storage.samples:
        yield
        return
    stopping = threading.Event()
    services = bootstrap.services(settings)
    thread = threading.Thread(target=_keep, args=(services, stopping), name="samples")
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        services.examiner.close()  # ends the look that goes on
        thread.join()
        services.notifier.close()
        services.store.close()


def keep(services: Services, stopping: threading.Event, *, folder: Path = FOLDER) -> None:
    """Examine and keep every sample that never was; several processes may at once.

    Args:
        stopping: Set when there is no more time.
    """
    for sample in SAMPLES:
        while not stopping.is_set():
            try:
                _keep_one(services, sample, folder / sample.file)
            except (Busy, *STORE_FAILURES):
                stopping.wait(AGAIN_SECONDS)
                continue
            except InputError as error:
                if not stopping.is_set():
                    log.warning("sample refused name=%s why=%s", sample.file, error)
            break


def _keep(services: Services, stopping: threading.Event) -> None:
    try:
        keep(services, stopping)
    except (LectureError, OSError):
        log.exception("samples not kept")
    finally:
        services.examiner.close()  # nothing more is asked of it


def _keep_one(services: Services, sample: Sample, path: Path) -> None:
    library = services.library
    if library.has_sample(sample.file):
        return
    with library.staging() as private:
        writer = private.writer("sample", _LARGEST)
        writer.write(path.read_bytes())
        staged = writer.finish()
        wish = Wish(
            tenant=DEFAULT_TENANT,
            name=sample.name,
            tags=(TAG,),
            language=sample.language,
            origin="sample",
        )
        new = stored.seen(services, sample.kind, staged, wish)
        item = library.add_sample(sample.file, new, staged)
    if item is not None:
        stored.show(services, item)
