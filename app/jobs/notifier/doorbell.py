"""How workers learn that steps are ready: they look again and again, or something rings.

Only the store says what is ready.  A doorbell carries nothing: one that is lost is made
up for by the next look, one that is doubled wakes a worker for nothing.
"""

from __future__ import annotations

import threading
from typing import Protocol

QUEUES = ("speech", "face", "cpu")
"""What steps are put into by what they need; see :attr:`app.lecture.Step.queue`."""

SHORTEST_IDLE_SECONDS = 0.05
LONGEST_IDLE_SECONDS = 0.25


class Ear(Protocol):
    """How one slot waits while it has nothing to do; for the thread of that slot only."""

    def wait(self, bell: threading.Event, looks: int) -> None:
        """Return when rung, or when it is time to look anyway.

        Args:
            bell: The slot's own, set by its worker; lowered when this returns.
            looks: How many in a row found nothing, from 1.
        """

    def close(self) -> None:
        """Listen no more.  Safe to call twice."""


class Doorbell(Protocol):
    """Tells idle workers that steps are ready."""

    def ring(self) -> None:
        """Wake workers of every queue in which steps are ready.

        Call it after the transaction that made them so.  Trouble is logged and not
        raised: the workers will look anyway.
        """

    def ear(self, queue: str) -> Ear:
        """For a slot of a queue."""

    def close(self) -> None:
        """Ring no more; the ears are closed by themselves."""


class NoDoorbell:
    """Workers look at the store a few times a second; satisfies :class:`Doorbell`."""

    def ring(self) -> None:
        return

    def ear(self, queue: str) -> Ear:
        del queue
        return _Looking()

    def close(self) -> None:
        return


class _Looking:
    def wait(self, bell: threading.Event, looks: int) -> None:
        bell.wait(min(SHORTEST_IDLE_SECONDS * 2 ** min(looks - 1, 10), LONGEST_IDLE_SECONDS))
        bell.clear()

    def close(self) -> None:
        return
