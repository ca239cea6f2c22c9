"""Choose the adapters.  The only module that knows both ports and adapters."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from app.engines import registry
from app.engines.card import Kind
from app.engines.configured import preferred
from app.engines.room import EngineRoom
from app.errors import ConfigError
from app.jobs.notifier.notifier import QUEUES, Notifier, Polling
from app.steps import Queue

if TYPE_CHECKING:
    from app.examiner import Examiner
    from app.jobs.files.artifacts import Artifacts
    from app.jobs.store.store import Store
    from app.ports.media import Media
    from config import Settings


@dataclass(frozen=True, slots=True)
class Services:
    """What accepts a lecture: no engine among it, hence no model in memory."""

    settings: Settings
    store: Store
    examiner: Examiner
    notifier: Notifier = field(default_factory=Polling)


CALLERS_PATIENCE_SECONDS = 5.0
"""How long somebody who calls the service waits for the database before being told to come back."""


def services(settings: Settings) -> Services:
    """The real ones."""
    from app.examiner import Examiner

    opened = store(settings, patience=CALLERS_PATIENCE_SECONDS)
    return Services(settings, opened, Examiner(settings.media.ffmpeg), notifier(settings, opened))


def store(settings: Settings, *, patience: float | None = None) -> Store:
    """The job store; ``migrate()`` it before the first use.

    Args:
        patience: Seconds that it waits for others who use the database; long when not given.
    """
    from app.jobs.store.store import Store  # SQLAlchemy is of no use to a worker's child

    _make_private(settings.paths.data)
    if patience is None:
        return Store(settings.jobs.database_url)
    return Store(settings.jobs.database_url, patience=patience)


def notifier(settings: Settings, store: Store) -> Notifier:
    """How workers learn of work, as the settings choose.

    Raises:
        ConfigError: The broker's URL is none, or its packages are not installed.
    """
    jobs = settings.jobs
    if jobs.dispatch == "poll":
        return Polling()
    try:
        from app.jobs.notifier.broker import CeleryNotifier, celery_app
    except ModuleNotFoundError as error:
        raise ConfigError(
            f"jobs.dispatch: celery needs {error.name}; install the extra 'distributed'"
        ) from error
    # Two for each slot of a worker like this one; whoever claims notifies the others.
    bounds = dict.fromkeys(QUEUES, 2) | {name: 2 * n for name, n in slots(settings).items() if n}
    return CeleryNotifier(
        celery_app(jobs.broker_url), store.ready, bounds=bounds, sweep_seconds=jobs.sweep_seconds
    )


MOST_SLOTS = 8
"""Of a queue, when nobody chose: each is a process with a model of some 300 MB."""


def slots(settings: Settings, cores: int | None = None) -> dict[str, int]:
    """How many steps of each queue a worker does at a time.

    Engines that fill a device, or say nothing, do one step at a time.

    Args:
        cores: Of the machine; those this process may use when not given.
    """
    if settings.jobs.slots is not None:
        return {str(queue): number for queue, number in settings.jobs.slots.items()}
    share = min(MOST_SLOTS, max(1, (cores or len(os.sched_getaffinity(0))) // 2))
    return {
        Queue.SPEECH: share if _on_one_core("speech", preferred(settings)) else 1,
        Queue.FACE: share if _on_one_core("face", {settings.face.engine}) else 1,
        Queue.CPU: 1,
    }


def _on_one_core(kind: Kind, names: Iterable[str]) -> bool:
    known = registry.cards(kind)
    return all(name in known and known[name].occupies == "core" for name in names)


def artifacts(settings: Settings) -> Artifacts:
    """Where workers keep what they made."""
    from app.jobs.files.artifacts import Artifacts

    _make_private(settings.paths.data)
    return Artifacts(settings.paths.data / "artifacts")


def _make_private(folder: Path) -> None:
    """Nobody else on the machine has a business with faces, voices and texts."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def workshop(settings: Settings) -> EngineRoom:
    """Engines and media tools for a worker process; nothing is loaded yet."""
    return EngineRoom(settings, media)


def media(settings: Settings) -> Media:
    """The media tools."""
    from app.media import FfmpegMedia

    return FfmpegMedia(settings.media.ffmpeg)
