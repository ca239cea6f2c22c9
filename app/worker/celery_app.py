"""A worker under Celery's own command, for those who already run Celery::

    CUDA_VISIBLE_DEVICES=0 celery -A app.worker.celery_app worker -Q face -c 1

One queue per process.  Celery's threads only take the doorbells; each is held until the
slots of :class:`app.worker.worker.Worker`, ``-c`` of them, have found no more work,
so that a busy worker takes hardly any doorbells from an idle one: Celery keeps one in
hand.  ``python -m app worker`` does the same without Celery's worker, keeps none, and
serves several queues.
"""

from __future__ import annotations

import logging
import os
import queue
import signal
import threading
import time
from typing import Any

from celery import Celery, bootsteps, signals

import config
from app import bootstrap
from app.errors import ConfigError
from app.jobs.notifier.broker import TASK, celery_app
from app.jobs.notifier.doorbell import Doorbell, Ear
from app.worker.worker import WORKSHOP, Worker

log = logging.getLogger(__name__)

POOLS = ("solo", "threads")
"""Celery's pools whose tasks run in the process of the slots."""

BELL_SECONDS = 0.25
"""How long a bell of the worker itself may go unheard."""


HOLD_SECONDS = 600.0
"""How long a doorbell is held; RabbitMQ wants the one in hand back after half an hour."""


class Rings:
    """Hands doorbells from Celery's threads to the slots; satisfies :class:`Doorbell`."""

    def __init__(self, doorbell: Doorbell, sweep_seconds: float) -> None:
        """Rings others by a real doorbell.

        Args:
            sweep_seconds: How often a slot that nobody rings looks anyway.
        """
        self._doorbell = doorbell
        self._sweep_seconds = sweep_seconds
        self._rung: queue.SimpleQueue[threading.Event] = queue.SimpleQueue()
        self._stopping = threading.Event()

    def answer(self) -> None:
        """Have a slot look for work, and return when it has found no more, or works long."""
        answered = threading.Event()
        self._rung.put(answered)
        end = time.monotonic() + HOLD_SECONDS
        while not self._stopping.is_set() and time.monotonic() < end:
            if answered.wait(BELL_SECONDS):
                return

    def stop(self) -> None:
        """Let every answer go."""
        self._stopping.set()

    def ring(self) -> None:
        self._doorbell.ring()

    def ear(self, queue: str) -> Ear:
        del queue  # there is one
        return _Ear(self._rung, self._sweep_seconds)

    def close(self) -> None:
        self._doorbell.close()


class _Ear:
    """Takes one ring at a time and answers it when its slot comes back for the next."""

    def __init__(self, rung: queue.SimpleQueue[threading.Event], sweep_seconds: float) -> None:
        self._rung = rung
        self._sweep_seconds = sweep_seconds
        self._taken: threading.Event | None = None

    def wait(self, bell: threading.Event, looks: int) -> None:
        del looks
        self.close()
        end = time.monotonic() + self._sweep_seconds
        while not bell.is_set() and time.monotonic() < end:
            try:
                self._taken = self._rung.get(timeout=BELL_SECONDS)
            except queue.Empty:
                continue
            break
        bell.clear()

    def close(self) -> None:
        if self._taken is not None:
            self._taken.set()
            self._taken = None


class Slots(bootsteps.StartStopStep):  # type: ignore[misc]  # Celery has no types
    """Runs the worker beside Celery's."""

    requires = ("celery.worker.components:Pool",)
    workshop = WORKSHOP

    def __init__(self, parent: Any, **_options: Any) -> None:
        """Starts nothing yet.

        Args:
            parent: Celery's worker.

        Raises:
            ConfigError: It was asked for something that cannot work.
        """
        served = sorted(parent.app.amqp.queues.consume_from)
        pool = parent.pool_cls.__module__.rpartition(".")[2]
        if pool not in ("solo", "thread"):
            raise ConfigError(f"-P {pool}: a worker's slots need one of {', '.join(POOLS)}")
        if len(served) != 1:
            raise ConfigError(f"-Q {','.join(served)}: serve one queue per Celery worker")
        self._number = parent.concurrency
        self._queue = served[0]
        self._thread: threading.Thread | None = None
        self._worker: Worker | None = None

    def start(self, parent: Any) -> None:
        """Let the slots look for work."""
        del parent
        worker = Worker(
            settings,
            queues={self._queue: self._number},
            warm=True,
            doorbell=rings,
            workshop=self.workshop,
        )
        signals.worker_shutting_down.connect(self._stop, weak=False)
        self._worker = worker
        self._thread = threading.Thread(target=self._run, args=(worker,), name="worker")
        self._thread.start()

    def _run(self, worker: Worker) -> None:
        """Work; Celery alone would only swallow doorbells."""
        try:
            worker.run()
        except Exception:
            log.exception("worker broke, and Celery is told to stop")
            os.kill(os.getpid(), signal.SIGTERM)

    def stop(self, parent: Any) -> None:
        """Give running steps back and end."""
        del parent
        self._stop()
        if self._thread is not None:
            self._thread.join()

    terminate = stop

    def _stop(self, **_signal: Any) -> None:
        rings.stop()
        if self._worker is not None:
            self._worker.stop()


settings = config.load()
_store = bootstrap.store(settings)
rings = Rings(bootstrap.doorbell(settings, _store), settings.jobs.sweep_seconds)
app: Celery = celery_app(settings.jobs.broker_url)
app.conf.worker_pool = "threads"
app.steps["worker"].add(Slots)


@app.task(name=TASK)  # type: ignore[untyped-decorator]  # Celery has no types
def doorbell() -> None:
    """Somebody rang."""
    rings.answer()
