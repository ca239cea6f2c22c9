"""The worker: a few slots that do steps, and the housekeeping around them."""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import select
import socket
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from app import bootstrap
from app.errors import STORE_FAILURES
from app.jobs.files.retention import Limit
from app.jobs.notifier.notifier import Notifier, Polling
from app.jobs.store.job import JobKey, WorkerRecord
from app.process import tree
from app.worker import tidying
from app.worker.slot import Shared, Slot

if TYPE_CHECKING:
    from config import Settings

log = logging.getLogger(__name__)

WORKSHOP = "app.bootstrap:workshop"

HOUSEKEEPING_SECONDS = 1.0
"""Between two looks for steps whose worker is silent."""

TIDY_SECONDS = 300.0
"""Between two looks for what has expired, and what nobody will ask for any more."""

SEEN_SECONDS = 30.0
FORGET_SECONDS = 3600.0
"""A worker of another machine that was silent for so long will not come back."""

_STOP, _LOOK = b"s", b"l"


class Worker:
    """Does the steps of the job store until it is told to stop."""

    def __init__(
        self,
        settings: Settings,
        *,
        queues: Mapping[str, int] | None = None,
        only: JobKey | None = None,
        until_done: bool = False,
        warm: bool = False,
        notifier: Notifier | None = None,
        workshop: str = WORKSHOP,
    ) -> None:
        """Starts nothing yet.

        Args:
            settings: Handed on to every child.
            queues: How many steps of each queue at a time; the settings' slots when not given.
            only: Do this job only, which may be reserved; else every one that is not.
            until_done: Stop by itself when none of these is open any more.
            warm: Load the usual engines before there is work, as a service does.
            notifier: Wakes this worker, and is told by it of work; closed at the end.
                Without one it looks for work a few times a second.
            workshop: ``module:callable`` by which a child makes its
                :class:`app.steps.Workshop` of the settings.
        """
        self._settings = settings
        self._store = bootstrap.store(settings)
        self._artifacts = bootstrap.artifacts(settings)
        self._only = only
        self._until_done = until_done
        self._notifier = notifier or Polling()
        self._sweep_seconds = settings.jobs.sweep_seconds
        self._id = f"{socket.gethostname()[:64]}-{os.getpid()}-{secrets.token_hex(4)}"
        self._stopping = threading.Event()
        self._wake_reader, self._wake_writer = socket.socketpair()
        self._wake_writer.setblocking(False)
        shared = Shared(
            store=self._store,
            artifacts=self._artifacts,
            worker_id=self._id,
            lease_seconds=settings.jobs.lease_seconds,
            stall_seconds=settings.jobs.stall_seconds,
            only=only,
            settings_json=settings.model_dump_json(),
            workshop=workshop,
            warm=warm,
            notifier=self._notifier,
            stopping=self._stopping,
            limit=Limit(self._store, self._artifacts, settings.storage.max_gigabytes),
            notify=self._notify,
        )
        self._deliverer = None
        if only is None:  # who works for one job alone tells nobody of others
            self._deliverer = bootstrap.deliverer(settings, self._store, self._id)
        wanted = bootstrap.slots(settings) if queues is None else queues
        self._queues = tuple(sorted(queue for queue, number in wanted.items() if number))
        self._slots = [
            Slot(queue, shared) for queue, number in wanted.items() for _ in range(number)
        ]

    def run(self) -> None:
        """Work until :meth:`stop`; call it once.

        Steps that run then are given back, and every process has ended, when it returns.
        """
        try:
            bootstrap.open_store(self._store, self._settings)
            self._sign_on()
            self._sweep()
            self._run_slots()
            self._store.sign_off(self._id)
        finally:
            self._notifier.close()
            self._store.close()
            self._wake_reader.close()
            self._wake_writer.close()
            log.info("worker stopped id=%s", self._id)

    def stop(self) -> None:
        """Have :meth:`run` return soon.

        From any thread or signal handler: it only writes a byte, and takes no lock
        that the interrupted code could hold.
        """
        self._wake(_STOP)

    def _run_slots(self) -> None:
        threads = [threading.Thread(target=slot.run, name="slot") for slot in self._slots]
        for thread in threads:
            thread.start()
        log.info("worker started id=%s slots=%d", self._id, len(threads))
        try:
            if self._deliverer is not None:
                self._deliverer.start()
            self._keep_house()
        finally:
            self._stopping.set()
            self._wake_slots()
            if self._deliverer is not None:
                self._deliverer.stop()
            for thread in threads:
                thread.join()

    def _keep_house(self) -> None:
        seen = swept = time.monotonic()
        tidied = seen - TIDY_SECONDS
        while not self._asked_to_stop():
            try:
                now = time.monotonic()
                if self._store.reap() or now - swept >= self._sweep_seconds:
                    self._notifier.notify()
                    swept = now
                if now - seen >= SEEN_SECONDS:
                    self._sign_on()
                    seen = now
                if self._only is None and now - tidied >= TIDY_SECONDS:
                    tidied = now
                    tidying.tidy(self._settings, self._store)
                if self._until_done and not self._store.is_open(self._only):
                    return
            except STORE_FAILURES:
                pass  # the store has told the log, and may be all right a second later
            except Exception:
                log.exception("worker in trouble")

    def _asked_to_stop(self) -> bool:
        """Wait for a byte, or for the next round of housekeeping."""
        ready, _, _ = select.select([self._wake_reader], [], [], HOUSEKEEPING_SECONDS)
        return bool(ready) and _STOP in self._wake_reader.recv(4096)

    def _notify(self) -> None:
        """Something may be ready: here, and wherever else there is an idle worker."""
        self._wake_slots()
        self._wake(_LOOK)
        self._notifier.notify()

    def _wake_slots(self) -> None:
        for slot in self._slots:
            slot.woken.set()

    def _wake(self, why: bytes) -> None:
        # Full: it wakes anyway.  Closed: there is nothing left to wake.
        with contextlib.suppress(OSError):
            self._wake_writer.send(why)

    def _sign_on(self) -> None:
        pid = os.getpid()
        birth = tree.birth(pid)
        assert birth is not None
        record = WorkerRecord(self._id, _host_name(), pid, birth, self._queues)
        self._store.sign_on(record)

    def _sweep(self) -> None:
        """Clear away what workers left behind that cannot do so themselves."""
        for record in self._store.workers():
            if record.host == _host_name() and tree.birth(record.pid) != record.birth:
                killed = tree.kill_tagged(f"{record.id}/")
                self._bury(record, killed)
        for record in self._store.workers(silent_seconds=FORGET_SECONDS):
            if record.host != _host_name():
                self._bury(record, killed=0)
        # In this order: a worker signs on before it makes its first directory.
        owners = self._artifacts.owners()
        living = {record.id for record in self._store.workers()}
        for owner in owners - living:
            self._artifacts.sweep(owner)

    def _bury(self, record: WorkerRecord, killed: int) -> None:
        steps = self._store.sign_off(record.id)
        if self._deliverer is not None:
            self._deliverer.release(record.id)
        log.info("worker buried id=%s steps=%d processes=%d", record.id, steps, killed)


def _host_name() -> str:
    """Names where a pid of ours means the same process; containers may share a host name."""
    namespace = Path("/proc/self/ns/pid").stat().st_ino
    return f"{socket.gethostname()[:64]}/{namespace}"
