"""How workers learn that steps are ready: they look again and again, or are notified.

Only the store says what is ready.  A notification carries nothing: one that is lost is made
up for by the next look, one that is doubled wakes a worker for nothing.
"""

from __future__ import annotations

import threading
from typing import Protocol

from app.steps import Queue

QUEUES = tuple(queue.value for queue in Queue)
"""What steps are put into by what they need; see :class:`app.steps.Queue`."""

SHORTEST_IDLE_SECONDS = 0.05
LONGEST_IDLE_SECONDS = 0.25


class Listener(Protocol):
    """How one slot waits while it has nothing to do; for the thread of that slot only."""

    def wait(self, woken: threading.Event, looks: int) -> None:
        """Return when notified, or when it is time to look anyway.

        Args:
            woken: Set by the slot's own worker to the same end; cleared when this returns.
            looks: How many in a row found nothing, from 1.
        """

    def close(self) -> None:
        """Listen no more.  Safe to call twice."""


class Notifier(Protocol):
    """Tells idle workers that steps are ready."""

    def notify(self) -> None:
        """Wake workers of every queue in which steps are ready.

        Call it after the transaction that made them so.  Trouble is logged and not
        raised: the workers will look anyway.
        """

    def listener(self, queue: str) -> Listener:
        """For a slot of a queue."""

    def close(self) -> None:
        """Notify no more; the listeners are closed by themselves."""


class Polling:
    """Workers look at the store a few times a second; satisfies :class:`Notifier`."""

    def notify(self) -> None:
        return

    def listener(self, queue: str) -> Listener:
        del queue
        return _PollingListener()

    def close(self) -> None:
        return


class _PollingListener:
    def wait(self, woken: threading.Event, looks: int) -> None:
        woken.wait(min(SHORTEST_IDLE_SECONDS * 2 ** min(looks - 1, 10), LONGEST_IDLE_SECONDS))
        woken.clear()

    def close(self) -> None:
        return
