"""A worker under Celery's own command, for those who already run Celery::

    CUDA_VISIBLE_DEVICES=0 celery -A app.worker.celery_app worker -Q face -c 1

One queue per process.  Celery's threads only take the notifications; each is held until the
slots of :class:`app.worker.worker.Worker`, ``-c`` of them, have found no more work,
so that a busy worker takes hardly any notifications from an idle one: Celery keeps one in
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
from app.errors import ConfigError, LectureError
from app.jobs.notifier.broker import TASK, WAKE_SECONDS, celery_app
from app.jobs.notifier.notifier import Listener, Notifier
from app.worker.worker import WORKSHOP, Worker

log = logging.getLogger(__name__)

POOLS = ("solo", "threads")
"""Celery's pools whose tasks run in the process of the slots."""

HOLD_SECONDS = 600.0
"""How long a notification is held; RabbitMQ wants the one in hand back after half an hour."""


class Handover:
    """Hands notifications from Celery's threads to the slots; satisfies :class:`Notifier`."""

    def __init__(self, notifier: Notifier, sweep_seconds: float) -> None:
        """Nothing has come yet.

        Args:
            notifier: Notifies the other workers.
            sweep_seconds: How often a slot that nobody notifies looks anyway.
        """
        self._notifier = notifier
        self._sweep_seconds = sweep_seconds
        self._come: queue.SimpleQueue[threading.Event] = queue.SimpleQueue()
        self._stopping = threading.Event()

    def hand_over(self) -> None:
        """Have a slot look for work, and return when it has found no more, or works long."""
        served = threading.Event()
        self._come.put(served)
        end = time.monotonic() + HOLD_SECONDS
        while not self._stopping.is_set() and time.monotonic() < end:
            if served.wait(WAKE_SECONDS):
                return

    def stop(self) -> None:
        """Hold nothing any more."""
        self._stopping.set()

    def notify(self) -> None:
        self._notifier.notify()

    def listener(self, queue: str) -> Listener:
        del queue  # there is one
        return _HandoverListener(self._come, self._sweep_seconds)

    def close(self) -> None:
        self._notifier.close()


class _HandoverListener:
    """Takes one notification at a time and lets it go when its slot comes back for the next."""

    def __init__(self, come: queue.SimpleQueue[threading.Event], sweep_seconds: float) -> None:
        self._come = come
        self._sweep_seconds = sweep_seconds
        self._taken: threading.Event | None = None

    def wait(self, woken: threading.Event, looks: int) -> None:
        del looks
        self.close()
        end = time.monotonic() + self._sweep_seconds
        while not woken.is_set() and time.monotonic() < end:
            try:
                self._taken = self._come.get(timeout=WAKE_SECONDS)
            except queue.Empty:
                continue
            break
        woken.clear()

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
            notifier=handover,
            workshop=self.workshop,
        )
        signals.worker_shutting_down.connect(self._stop, weak=False)
        self._worker = worker
        self._thread = threading.Thread(target=self._run, args=(worker,), name="worker")
        self._thread.start()

    def _run(self, worker: Worker) -> None:
        """Work; Celery alone would only swallow notifications."""
        try:
            worker.run()
        except LectureError as error:
            log.critical("worker cannot work, and Celery is told to stop: %s", error)
            os.kill(os.getpid(), signal.SIGTERM)
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
        handover.stop()
        if self._worker is not None:
            self._worker.stop()


settings = config.load()
_store = bootstrap.store(settings)
handover = Handover(bootstrap.notifier(settings, _store), settings.jobs.sweep_seconds)
app: Celery = celery_app(settings.jobs.broker_url)
app.conf.worker_pool = "threads"
app.steps["worker"].add(Slots)


@app.task(name=TASK)  # type: ignore[untyped-decorator]  # Celery has no types
def notified() -> None:
    """There may be work."""
    handover.hand_over()
