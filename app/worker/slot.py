"""One step at a time: claim, do, publish, finish; and stop within a second when told."""

from __future__ import annotations

import logging
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from app.errors import DiskFull, EngineCrashed, PathError, StoreFull, StoreUnavailable
from app.jobs.files.artifacts import Artifacts
from app.jobs.files.retention import Limit
from app.jobs.notifier.notifier import Listener, Notifier
from app.jobs.store.job import Claim, JobKey, Order
from app.jobs.store.store import Store
from app.worker.protocol import Done, Failed, Outcome, Progressed, Request, Stopped
from app.worker.publish import check_output, publish
from app.worker.warm_child import ChildDied, WarmChild

log = logging.getLogger(__name__)

POLL_SECONDS = 0.2
"""Between two looks at whether the step is still wanted."""

MANNERLY_SECONDS = 0.4
"""What a child gets to stop by itself, with its engines kept, before it is killed."""

PROGRESS_SECONDS = 1.0
"""Between two notes of the progress in the store; each is a commit."""

TROUBLE_SECONDS = 1.0
"""Pause after an unexpected error, such as a full disk."""


@dataclass(frozen=True)
class Shared:
    """What the slots of one worker share."""

    store: Store
    artifacts: Artifacts
    worker_id: str
    lease_seconds: float
    stall_seconds: float
    only: JobKey | None
    """Work for this job; else for every one that is not reserved."""
    settings_json: str
    workshop: str
    warm: bool
    """Start children and load their usual engines before there is a step."""
    notifier: Notifier
    stopping: threading.Event
    limit: Limit
    notify: Callable[[], None]
    """Wakes every slot: something may be ready."""
    child_numbers: Iterator[int] = field(default_factory=count)


class Slot:
    """Does steps of one queue, in a thread of its own."""

    def __init__(self, queue: str, shared: Shared) -> None:
        """Starts nothing; the child comes with the first step, or with :meth:`run`.

        Args:
            queue: ``speech``, ``face`` or ``cpu``.
        """
        self._queue = queue
        self._shared = shared
        self._store = shared.store
        self._child: WarmChild | None = None
        self.woken = threading.Event()
        """Set it to have the slot look for work now."""

    def run(self) -> None:
        """Do steps until the worker stops."""
        listener = self._shared.notifier.listener(self._queue)
        looks = 0
        try:
            self._warm_up()
            while not self._shared.stopping.is_set():
                if self._do_next():
                    looks = 0
                    continue
                looks += 1
                self._rest(listener, looks)
        finally:
            listener.close()
            self._end_child()

    def _rest(self, listener: Listener, looks: int) -> None:
        try:
            listener.wait(self.woken, looks)
        except Exception:
            log.exception("slot cannot listen queue=%s", self._queue)
            listener.close()
            self._shared.stopping.wait(TROUBLE_SECONDS)

    def _warm_up(self) -> None:
        if not self._shared.warm:
            return
        try:
            self._started_child()
        except ChildDied as death:
            log.warning("child died at its start queue=%s how=%s", self._queue, death)

    def _do_next(self) -> bool:
        """Do a step; ``False`` when none is ready."""
        shared = self._shared
        claim = None
        try:
            claim = self._store.claim(
                (self._queue,),
                owner=shared.worker_id,
                lease_seconds=shared.lease_seconds,
                only=shared.only,
            )
            if claim is None:
                return False
            shared.notifier.notify()  # for the next step: each wakes one worker
            self._do(claim)
            shared.notify()
            claim = None
            shared.limit.check()
        except Exception as error:
            # What is wrong with the store as a whole, it tells the log itself, and once.
            if claim is not None or not isinstance(error, (StoreFull, StoreUnavailable)):
                log.exception("slot in trouble queue=%s", self._queue)
                self._end_child()
            if claim is not None:
                self._try_to_fail(claim)
            shared.stopping.wait(TROUBLE_SECONDS)
        return True

    def _try_to_fail(self, claim: Claim) -> None:
        """Report what nobody foresaw; when the store is the trouble, the lease will end."""
        try:
            self._store.fail(claim, "internal", "internal error", retryable=True)
        except (StoreFull, StoreUnavailable):
            log.warning("claim left to its lease %s", _which(claim))
        except Exception:
            log.exception("claim left to its lease %s", _which(claim))

    def _do(self, claim: Claim) -> None:
        artifacts = self._shared.artifacts
        try:
            check_output(claim)
            kept = artifacts.find(claim.step.input_hash)
            if kept is not None:
                self._finish(claim, kept, reused=True)
                return
            found = {name: artifacts.find(made_from) for name, made_from in claim.inputs.items()}
            inputs = {name: path for name, path in found.items() if path is not None}
            if missing := found.keys() - inputs.keys():
                log.warning("artifacts lost %s steps=%s", _which(claim), ",".join(sorted(missing)))
                self._store.reopen(claim, missing)
                return
            self._make(claim, inputs)
        except StoreFull:
            raise  # the failure could not be noted either
        except (DiskFull, PathError) as error:
            self._fail(claim, Failed(error.code, str(error), error.retryable))

    def _make(self, claim: Claim, inputs: dict[str, Path]) -> None:
        """Have the child do the step in a private directory, and publish what it made."""
        started = time.monotonic()
        work_dir = self._shared.artifacts.work_dir(claim)
        try:
            sums = {name: self._shared.artifacts.sums(path) for name, path in inputs.items()}
            request = Request(claim.step, claim.content, inputs, sums, work_dir)
            match self._watch(claim, request):
                case Done():
                    self._store.renew(claim)
                    kept = self._shared.artifacts.keep(work_dir, claim.step.input_hash)
                    self._finish(claim, kept, reused=False)
                    seconds = time.monotonic() - started
                    log.info("step finished %s seconds=%.2f", _which(claim), seconds)
                case Failed(code=EngineCrashed.code) as failed:
                    # A bridged engine's process is as mortal as the child's own.
                    self._store.crashed(claim, f"died: {failed.message}")
                    log.warning("engine died %s", _which(claim))
                case Failed() as failed:
                    self._fail(claim, failed)
                case Stopped():
                    self._store.cancelled(claim)
                    log.info("step cancelled %s", _which(claim))
                case Order.FENCED:
                    log.warning("step taken over by another worker %s", _which(claim))
                case None:
                    self._store.give_back(claim)
                    log.info("step given back %s", _which(claim))
        except ChildDied as death:
            self._end_child()
            self._store.crashed(claim, str(death))
            log.warning("child died %s how=%s", _which(claim), death)
        finally:
            shutil.rmtree(work_dir, ignore_errors=True)

    def _watch(self, claim: Claim, request: Request) -> Outcome | Order | None:
        """Wait for the child, keep the lease, and do as the store orders.

        Returns:
            The child's answer; ``FENCED`` when the claim is lost; ``None`` when the
            worker stops.  In the last two cases the child is gone.

        Raises:
            ChildDied: By itself, or because it was silent for too long.
        """
        child = self._started_child()
        child.begin(request)
        share = noted_share = 0.0
        noted = renewed = looked = heard = time.monotonic()
        while not self._shared.stopping.is_set():
            answer = child.answer(looked + POLL_SECONDS - time.monotonic())
            if isinstance(answer, Progressed):
                share, heard = answer.share, time.monotonic()
            elif answer is not None:
                return answer
            now = time.monotonic()
            if now - looked < POLL_SECONDS:
                continue
            looked = now
            if now - heard >= self._shared.stall_seconds:
                raise ChildDied(f"gave no sign of life for {now - heard:.0f} s")
            order = self._store.heartbeat(claim)
            if order is Order.CANCEL:
                return self._stop(child)
            if order is Order.FENCED:
                self._end_child()
                return order
            if now - renewed >= claim.lease_seconds / 3:
                self._store.renew(claim)
                renewed = now
            if share > noted_share and now - noted >= PROGRESS_SECONDS:
                self._store.progress(claim, share)
                noted_share, noted = share, now
        self._end_child()
        return None

    def _stop(self, child: WarmChild) -> Stopped:
        """Have the child leave its step; one that does not is killed."""
        deadline = time.monotonic() + MANNERLY_SECONDS
        try:
            child.cancel()
            while (left := deadline - time.monotonic()) > 0:
                if isinstance(child.answer(left), Outcome):
                    return Stopped()
        except ChildDied:
            log.info("child died while it was cancelled pid=%d", child.pid)
        self._end_child()
        return Stopped()

    def _finish(self, claim: Claim, kept: Path, *, reused: bool) -> None:
        order = publish(self._store, self._shared.artifacts, claim, kept, reused=reused)
        if reused and order is Order.GO_ON:
            log.info("step reused %s", _which(claim))

    def _fail(self, claim: Claim, failed: Failed) -> None:
        self._store.fail(
            claim,
            failed.code,
            failed.message,
            retryable=failed.retryable,
            retry_after=failed.retry_after,
        )
        log.warning("step failed %s code=%s", _which(claim), failed.code)

    def _started_child(self) -> WarmChild:
        """The child; a new one when it died between two steps, which is no step's fault."""
        if self._child is not None and not self._child.is_alive():
            self._end_child()
        if self._child is None:
            shared = self._shared
            self._child = WarmChild(
                f"{shared.worker_id}/{next(shared.child_numbers)}",
                settings_json=shared.settings_json,
                workshop=shared.workshop,
                warm=self._queue if shared.warm else None,
            )
        return self._child

    def _end_child(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None


def _which(claim: Claim) -> str:
    return f"{claim.content} step={claim.step.name}"
