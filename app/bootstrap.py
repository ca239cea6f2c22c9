"""Choose the adapters.  The only module that knows both ports and adapters."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from app import folders, ids
from app.access.guesses import Guesses
from app.access.keys import DEFAULT_TENANT, Keys
from app.access.limits import Limits
from app.access.sessions import Sessions
from app.engines import registry
from app.engines.card import Kind
from app.engines.configured import preferred
from app.errors import ConfigError
from app.jobs.notifier.notifier import QUEUES, Notifier, Polling
from app.jobs.store.job import LMS
from app.library.items import Item
from app.library.library import Library
from app.library.uploads import Uploads
from app.notify import configured as notify
from app.notify.callbacks import Callbacks
from app.notify.outbox import Seen, by_own_tenant
from app.notify.webhooks import Webhooks
from app.requests.drafts import Drafts
from app.requests.lectures import LectureRequests
from app.requests.repeats import Repeats
from app.steps import Queue

if TYPE_CHECKING:
    from app.engines.room import EngineRoom
    from app.examiner import Examiner
    from app.jobs.files.artifacts import Artifacts
    from app.jobs.store.job import JobKey
    from app.jobs.store.store import Store
    from app.notify.deliverer import Deliverer
    from app.ports.media import Media
    from config import Settings


@dataclass(frozen=True)
class Services:
    """What accepts a lecture: no engine among it, hence no model in memory."""

    settings: Settings
    store: Store
    examiner: Examiner
    notifier: Notifier = field(default_factory=Polling)

    @cached_property
    def listeners(self) -> BoundedSemaphore:
        """A place for each who waits for something to be said: a thread of the process waits."""
        return BoundedSemaphore(max(1, self.settings.server.threads // 16))

    @cached_property
    def artifacts(self) -> Artifacts:
        """What workers have made."""
        return artifacts(self.settings)

    @cached_property
    def keys(self) -> Keys:
        """Those by which programs call."""
        return Keys(self.store.database)

    @cached_property
    def sessions(self) -> Sessions:
        """Those of browsers whose users have signed in."""
        return Sessions(self.store.database)

    @cached_property
    def drafts(self) -> Drafts:
        """What people have typed and not asked for yet."""
        return Drafts(self.store.database)

    @cached_property
    def webhooks(self) -> Webhooks:
        """Addresses that are told of lectures."""
        return Webhooks(self.store.database, notify.allowed(self.settings.notify))

    @cached_property
    def callbacks(self) -> Callbacks:
        """Addresses that lectures name for themselves."""
        return Callbacks(self.store.database, notify.allowed(self.settings.notify))

    @cached_property
    def requests(self) -> LectureRequests:
        """Those behind the lectures of the API."""
        return LectureRequests(self.store.database)

    @cached_property
    def repeats(self) -> Repeats:
        """Answers that are given again."""
        return Repeats(self.store.database)

    @cached_property
    def library(self) -> Library:
        """Stored faces and voices."""
        return library(self.settings, self.store)

    @cached_property
    def uploads(self) -> Uploads:
        """Those that can be resumed."""
        return uploads(self.library)

    @cached_property
    def limits(self) -> Limits:
        """How much each tenant may ask for and have."""
        settings = self.settings
        return Limits(
            settings.limits,
            self.store.database,
            stored=(self.library.bytes_of, self.requests.bytes_of),
            processes=settings.server.workers,
        )

    @cached_property
    def guesses(self) -> Guesses:
        """Who has called without a good key."""
        return Guesses(self.settings.limits.failures_per_minute)


CALLERS_PATIENCE_SECONDS = 5.0
"""How long somebody who calls the service waits for the database before being told to come back."""


def services(settings: Settings) -> Services:
    """The real ones."""
    from app.examiner import Examiner

    opened = store(settings, patience=CALLERS_PATIENCE_SECONDS)
    examiner = Examiner(settings.media.ffmpeg, processes=settings.server.examiners)
    return Services(settings, opened, examiner, notifier(settings, opened))


def store(settings: Settings, *, patience: float | None = None) -> Store:
    """The job store; ``migrate()`` it before the first use.

    Args:
        patience: Seconds that it waits for others who use the database; long when not given.
    """
    from app.jobs.store.store import Store  # SQLAlchemy is of no use to a worker's child

    folders.make_private(settings.paths.data)
    if patience is None:
        return Store(settings.database_url)
    return Store(settings.database_url, patience=patience)


def opened_store(settings: Settings) -> Store:
    """The job store, up to date and with its own data folder.

    Raises:
        ConfigError: The database, the data folder, or the two together cannot be used.
        StoreUnavailable: The database does not answer.
        StoreFull: No space is left for it.
    """
    opened = store(settings)
    open_store(opened, settings)
    return opened


def open_store(opened: Store, settings: Settings) -> None:
    """The same for a store that is there already."""
    from app.jobs.files import data_folder

    folders.check(settings)
    opened.migrate()
    data_folder.claim(opened, settings.paths.data)


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


def deliverer(settings: Settings, store: Store, owner: str) -> Deliverer:
    """What sends messages to webhooks, in the worker of that name."""
    return notify.deliverer(
        settings.notify, store.database, owner=owner, seen=seen, describe=LectureRequests.described
    )


def seen(key: JobKey) -> Seen:
    """Whose a lecture is: what the LMS asks for by paths is seen by the tenant of this machine."""
    if key.tenant == LMS:
        return Seen(DEFAULT_TENANT, f"lms-{key.id}")
    return by_own_tenant(key)


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

    folders.make_private(settings.paths.data)
    return Artifacts(settings.paths.data / "artifacts")


def library(settings: Settings, store: Store) -> Library:
    """Stored faces and voices, in the data folder; those that lectures use cannot be removed."""
    requests = LectureRequests(store.database)

    def users_of(item: Item) -> list[str]:
        used_by = requests.users_of(item.kind.value, item.id, item.tenant)
        return [ids.told("lec", number) for number in used_by]

    return Library(store.database, settings.paths.data / "library", users_of=users_of)


def uploads(library: Library) -> Uploads:
    """Uploads that can be resumed, beside them."""
    return Uploads(library.database, library.folder / "uploads", library.staging_folder)


def workshop(settings: Settings) -> EngineRoom:
    """Engines and media tools for a worker process; nothing is loaded yet."""
    from app.engines.room import EngineRoom

    return EngineRoom(settings, media)


def media(settings: Settings) -> Media:
    """The media tools."""
    from app.media import FfmpegMedia

    return FfmpegMedia(settings.media.ffmpeg)
