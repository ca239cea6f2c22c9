"""One thread of a process looks at the store for all who follow a lecture."""

from __future__ import annotations

import logging
import threading
import time

from app.errors import LectureError
from app.jobs.report.following import Followed, Standing
from app.jobs.store.job import JobKey
from app.jobs.store.store import Store
from app.web.v1.event_text import line, retry
from app.web.v1.topics import Listener, Receiver, Topic

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.25
"""Between two looks at the store."""

_GATHER_SECONDS = 0.02
"""Of those who come at the same time, after a restart for example, one look is for all."""

_STANDING_SECONDS = 15.0
"""Between two looks at whether lectures are still there."""

_KEPT_SECONDS = 30.0
"""How long what was read of a lecture is kept for those who come back."""


class Hub:
    """Everybody who follows a lecture, in this process."""

    def __init__(self, store: Store) -> None:
        """Starts its thread with the first listener.

        Args:
            store: In which the events are.
        """
        self._store = store
        self._topics: dict[JobKey, Topic] = {}
        self._new: list[tuple[JobKey, Standing, Listener]] = []
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._stood_at = time.monotonic()

    def follow(
        self, key: JobKey, standing: Standing, receiver: Receiver, after: int | None
    ) -> None:
        """Tell a receiver what has happened and will; from any thread.

        Args:
            standing: Of the job, as it was just now.
            after: Number of the last event that it has already.
        """
        listener = Listener(receiver, after)
        listener.send(retry())
        with self._changed:
            self._new.append((key, standing, listener))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="events", daemon=True)
                self._thread.start()
            self._changed.notify()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: bool(self._new), self._pause())
            time.sleep(_GATHER_SECONDS)
            try:
                self._turn()
            except Exception:
                log.exception("telling events failed")

    def _pause(self) -> float | None:
        listened = [topic for topic in self._topics.values() if topic.listeners]
        if listened:
            return LOOK_SECONDS if all(topic.followed.is_read for topic in listened) else 0.0
        return _KEPT_SECONDS if self._topics else None

    def _turn(self) -> None:
        self._welcome()
        topics = {key: topic for key, topic in self._topics.items() if topic.listeners}
        try:
            self._read(topics)
        except LectureError as error:
            # The store tells the log itself.  Listeners stay until it works again.
            log.debug("cannot look at the store code=%s", error.code)
            time.sleep(LOOK_SECONDS)
        for topic in topics.values():
            topic.tell()
        too_old = time.monotonic() - _KEPT_SECONDS
        for key in [key for key, topic in self._topics.items() if topic.used < too_old]:
            del self._topics[key]

    def _welcome(self) -> None:
        with self._changed:
            new, self._new = self._new, []
        for key, standing, listener in new:
            topic = self._topics.get(key)
            if topic is None:
                self._topics[key] = topic = Topic(Followed(key, standing.generation))
            topic.add_listener(listener)

    def _read(self, topics: dict[JobKey, Topic]) -> None:
        for key, news in self._store.read_on(topic.followed for topic in topics.values()).items():
            for new in news:
                topics[key].add(new.generation, line(new.event))
        is_time = time.monotonic() - self._stood_at >= _STANDING_SECONDS
        if is_time:
            self._stood_at = time.monotonic()
        for key, topic in topics.items():
            if is_time or topic.is_silent:
                topic.end_without_events(self._store.standing(key))
