"""Sends what is due: a thread in every worker, and one more for each message on its way.

All workers share the work.  A delivery is marked as delivered after its answer has come: whoever
dies in between leaves it to another, and it arrives at least once.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from app import ids
from app.errors import STORE_FAILURES, InputError
from app.jobs.store.database import Database
from app.notify import outbox, queue, schedule, signing, sweeping
from app.notify.addresses import Allowed, Resolve, Unresolvable, addresses_of, read
from app.notify.connection import Answer, NotSent, post
from app.notify.deliveries import Try
from app.notify.outbox import Outbox
from app.notify.queue import Due

log = logging.getLogger(__name__)

AT_ONCE = 16
"""Messages that one worker has on their way at a time."""

LOOK_SECONDS = 1.0
"""Between two looks for what is due."""

TRY_SECONDS = 15.0
"""How long a try may take, from the look into DNS to the answer."""

LEASE_SECONDS = 60.0
"""After which a try that nobody has told the end of is somebody else's."""

SWEEP_SECONDS = 3600.0

STOP_SECONDS = 2.0
"""How long messages on their way are waited for at the end."""

_GONE = 410


@dataclass(frozen=True, slots=True)
class Manner:
    """How messages are sent."""

    allowed: Allowed
    pauses: Sequence[float] = schedule.PAUSES
    """Seconds before each try."""
    try_seconds: float = TRY_SECONDS
    lease_seconds: float = LEASE_SECONDS
    resolve: Resolve | None = None
    """How names are looked up; the system's way when not given."""


class Deliverer:
    """Has messages sent until it is told to stop."""

    def __init__(self, database: Database, box: Outbox, manner: Manner, *, owner: str) -> None:
        """Starts nothing yet.

        Args:
            box: How announcements become messages.
            owner: Names the worker in its leases.
        """
        self._database = database
        self._box = box
        self._clock = box.clock
        self._manner = manner
        self._owner = owner
        self._stopping = threading.Event()
        self._woken = threading.Event()
        self._noting = threading.Lock()
        self._ended = False
        self._on_their_way: set[threading.Thread] = set()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Send from now on; call it once."""
        self._thread = threading.Thread(target=self._run, name="deliverer")
        self._thread.start()

    def stop(self) -> None:
        """Take nothing more; what is on its way for long is left to others, who try it again."""
        self._stopping.set()
        self._woken.set()
        if self._thread is not None:
            self._thread.join()
        end = time.monotonic() + STOP_SECONDS
        for thread in tuple(self._on_their_way):
            thread.join(max(0.0, end - time.monotonic()))
        with self._noting:
            self._ended = True

    def release(self, owner: str) -> None:
        """Let what a worker was sending that is gone be tried again at once."""
        with self._database.write() as connection:
            queue.release(connection, owner)

    def _run(self) -> None:
        swept = time.monotonic()
        while not self._stopping.is_set():
            self._woken.clear()
            soon = None
            try:
                soon = self._look()
                if time.monotonic() - swept >= SWEEP_SECONDS:
                    swept = time.monotonic()
                    sweeping.sweep(self._database, self._clock)
            except STORE_FAILURES:
                pass  # the store has told the log, and may be all right a second later
            except Exception:
                log.exception("deliverer in trouble")
            self._woken.wait(LOOK_SECONDS if soon is None else min(soon, LOOK_SECONDS))

    def _look(self) -> float | None:
        """Make messages of what happened and send what is due; seconds until more may be."""
        with self._database.read() as connection:
            work = sweeping.look(connection, self._clock, self._manner.lease_seconds)
        if work.announced:
            self._make_deliveries()
        places = AT_ONCE - len(self._on_their_way)
        if (work.announced or work.due) and places > 0:
            self._send(places)
        return work.soon

    def _make_deliveries(self) -> None:
        taken = outbox.PORTION
        while taken == outbox.PORTION and not self._stopping.is_set():
            with self._database.write() as connection:
                taken = outbox.make_deliveries(connection, self._box)

    def _send(self, places: int) -> None:
        with self._database.write() as connection:
            taken = queue.claim(
                connection,
                self._clock,
                owner=self._owner,
                lease_seconds=self._manner.lease_seconds,
                places=places,
            )
        for each in taken:
            # A receiver that never answers must not keep the process from ending.
            thread = threading.Thread(target=self._try, args=(each,), name="delivery", daemon=True)
            self._on_their_way.add(thread)
            thread.start()

    def _try(self, due: Due) -> None:
        try:
            tried, retry_after = self._attempt(due)
            with self._noting:
                if not self._ended:  # the store is closed then
                    self._note(due, tried, retry_after)
        except STORE_FAILURES:
            pass  # another worker tries it again when the lease is over
        except Exception:
            log.exception("deliverer in trouble")
        finally:
            self._on_their_way.discard(threading.current_thread())
            self._woken.set()  # there may be more for the same host

    def _attempt(self, due: Due) -> tuple[Try, str | None]:
        at = time.time()
        try:
            return attempt(due, self._manner)
        except Exception:
            # It counts as a try, or it would be tried for ever.
            log.exception("delivery broke id=%s", due.name)
            return Try(at, round(1000 * (time.time() - at)), error="internal"), None

    def _note(self, due: Due, tried: Try, retry_after: str | None) -> None:
        if tried.error is None:
            with self._database.write() as connection:
                queue.delivered(connection, due, tried)
        else:
            gone = tried.status == _GONE
            wish = schedule.wish(retry_after, time.time())
            pause = schedule.pause(self._manner.pauses, due.tries + 1, wish)
            with self._database.write() as connection:
                queue.not_delivered(
                    connection, self._clock, due, tried, pause=None if gone else pause
                )
                if gone and due.webhook_id is not None:
                    reason = "the receiver answered 410 Gone"
                    queue.disable(connection, self._clock, due.webhook_id, reason)
        log.info(
            "message %s id=%s event=%s webhook=%s try=%d status=%s error=%s ms=%d",
            "delivered" if tried.error is None else "not delivered",
            due.name,
            due.event,
            "-" if due.webhook_id is None else ids.told("wh", due.webhook_id),
            due.tries + 1,
            tried.status or "-",
            tried.error or "-",
            tried.milliseconds,
        )


def attempt(due: Due, manner: Manner) -> tuple[Try, str | None]:
    """Send a message once; what came of it, and when the receiver wants to be asked again."""
    at, begun = time.time(), time.monotonic()
    status = retry_after = error = None
    try:
        answer = _posted(due, manner, at=at, until=begun + manner.try_seconds)
        status, retry_after = answer.status, answer.retry_after
        error = _error(status)
    except NotSent as failure:
        error = failure.code
    except Unresolvable:
        error = "host_not_found"
    except InputError:
        error = "address_refused"
    return Try(at, round(1000 * (time.monotonic() - begun)), status, error), retry_after


def _posted(due: Due, manner: Manner, *, at: float, until: float) -> Answer:
    target = read(due.url, manner.allowed)
    seconds = until - time.monotonic()
    addresses = addresses_of(target, manner.allowed, seconds=seconds, resolve=manner.resolve)
    body = due.body.encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Videolecture",
        **signing.headers(due.secrets, message=due.name, timestamp=int(at), body=body),
    }
    return post(target, addresses, body, headers, until=until)


def _error(status: int) -> str | None:
    if 200 <= status < 300:
        return None
    return "redirect" if 300 <= status < 400 else "bad_status"
