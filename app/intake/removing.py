"""Jobs that are removed for good, with their copies and what was made for them alone."""

from __future__ import annotations

import re
import shutil
import time

from app.bootstrap import Services
from app.errors import Busy
from app.jobs.store import needed
from app.jobs.store.job import JobKey

END_SECONDS = 5.0
"""How long a job may take to end that is cancelled to make place."""

_LOOK_SECONDS = 0.05


def end(key: JobKey, services: Services) -> None:
    """Cancel a job, and wait until nothing of it runs.

    Raises:
        Busy: It takes too long.
    """
    services.store.cancel(key.tenant, key.id)
    until = time.monotonic() + END_SECONDS
    while services.store.is_open(key):
        if time.monotonic() >= until:
            raise Busy("it is still being cancelled", retry_after=2.0)
        time.sleep(_LOOK_SECONDS)


def remove(key: JobKey, services: Services, *, kind: str | None = None) -> int:
    """Remove a job, its copies, and the artifacts that nothing else needs; how many of these.

    Args:
        kind: Of a small job.

    Raises:
        JobConflict: It was begun again at this very moment.
        Busy: It cannot be ended.
    """
    end(key, services)
    alone = forget(key, services, kind=kind)
    for input_hash in alone:
        services.artifacts.remove(input_hash)
    needed.forget_artifacts(services.store.database, alone)
    return len(alone)


def forget(key: JobKey, services: Services, *, kind: str | None = None) -> list[str]:
    """Remove a job that has ended, and its copies; tells which artifacts nothing else needs.

    Raises:
        JobConflict: It has not ended.
        Busy: Somebody else is removing it.
    """
    alone = services.store.remove(key)
    named = f"{key.tenant}-{key.id}" if kind is None else f"{key.tenant}-{kind}-{key.id}"
    inputs = services.settings.paths.data / "inputs"
    for found in _copies(services, rf"{re.escape(named)}-[0-9a-f]{{16}}"):
        shutil.rmtree(inputs / found.string, ignore_errors=True)
    return alone


def made_from(services: Services, tenant: str, kind: str, sha256: str) -> list[JobKey]:
    """Small jobs of which a copy of that file is there."""
    named = rf"{re.escape(tenant)}-{kind}-(?P<id>[0-9]+)-{sha256[:16]}"
    return [JobKey(tenant, int(found["id"])) for found in _copies(services, named)]


def _copies(services: Services, named: str) -> list[re.Match[str]]:
    """Names of folders of copies that a regular expression matches."""
    inputs = services.settings.paths.data / "inputs"
    names = [folder.name for folder in inputs.iterdir()] if inputs.is_dir() else []
    return [found for name in names if (found := re.fullmatch(named, name, re.ASCII))]
