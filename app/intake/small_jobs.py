"""Jobs besides lectures: their input is copied, and the same one is made once."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app.bootstrap import Services
from app.disk import disk_full_named
from app.intake.staging import Staging, staging
from app.jobs.files.publishing import is_there
from app.jobs.store.job import JobState, Submission
from app.jobs.store.submitting import may_start
from app.steps import JobContent, Step


@dataclass(frozen=True, slots=True)
class SmallJob:
    """What is to be made of one stored file."""

    content: JobContent
    steps: tuple[Step, ...]
    output: Path | None = None
    """Folder of its results; it is there."""

    @property
    def request_hash(self) -> str:
        """Equal for what makes the same files in the same places."""
        parts = [repr((step.name, step.input_hash, _places(step))) for step in self.steps]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def lasting_copy(services: Services, tenant: str, kind: str, number: int, sha256: str) -> Path:
    """Where the copy of a job's file lies, from its submission on.

    Args:
        kind: Of the job.
        number: Of the job.
        sha256: Of the file.
    """
    folder = f"{tenant}-{kind}-{number}-{sha256[:16]}"
    return services.settings.paths.data / "inputs" / folder / kind


def submit(services: Services, tenant: str, job: SmallJob, file: Path, copy: Path) -> bool:
    """Have a job done, unless it is being done or is done already.

    Args:
        file: What it is made of.
        copy: As :func:`lasting_copy` has it; the job's content names it.

    Returns:
        Whether it was started.

    Raises:
        JobConflict: The id is just being made of something else.
        DiskFull: No space for the copy or the job.
        FileNotFoundError: The file is gone.
    """
    former = services.store.find(tenant, job.content.id)
    restart = (
        former is not None
        and former.state is JobState.DONE
        and former.request_hash == job.request_hash
        and not _results_are_there(services, job)
    )
    # Asked here as well, so that nothing is copied for what is there already.
    if former is not None and not may_start(
        former.content.named,
        job.request_hash,
        restart=restart,
        state=former.state,
        former_hash=former.request_hash,
    ):
        return False
    with staging(copy.parent.parent) as folder:
        _copy(file, folder, copy)
        folder.settle(copy.parent)
    started = services.store.submit(
        Submission(
            tenant=tenant,
            content=job.content,
            steps=job.steps,
            request_hash=job.request_hash,
            inputs=copy.parent,
            output=job.output,
            restart=restart,
        )
    )
    services.notifier.notify()
    return started


def _copy(file: Path, folder: Staging, copy: Path) -> None:
    """A second name for the file where the disk allows it: it is never changed, only removed."""
    target = folder.path / copy.name
    try:
        os.link(file, target)
    except FileNotFoundError:
        raise
    except OSError:  # another disk, or one without links
        with disk_full_named(copy.parent.parent.name):
            shutil.copyfile(file, target)


def _results_are_there(services: Services, job: SmallJob) -> bool:
    if job.output is None:
        return all(services.artifacts.find(step.input_hash) for step in job.steps)
    wanted: Iterable[Path] = (place for step in job.steps for place in step.places.values())
    return all(is_there(job.output, place) for place in wanted)


def _places(step: Step) -> list[str]:
    return [str(place) for place in step.places.values()]
