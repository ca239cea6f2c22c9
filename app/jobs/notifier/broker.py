"""Notifications that Celery carries through RabbitMQ or Redis.

A message says "look into this queue" and no more; whoever gets it claims from the store.
At most about twice as many as there are slots lie in a queue, so that a busy service
does not pile them up: whoever claims a step notifies for the next one.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any

from celery import Celery
from kombu import Connection, Consumer, Exchange, Queue
from kombu.exceptions import KombuError
from sqlalchemy.exc import SQLAlchemyError

from app.errors import ConfigError
from app.jobs.notifier.notifier import QUEUES, Listener

log = logging.getLogger(__name__)

TASK = "videolecture.doorbell"
"""Workers of another version may take it, so its name stays."""

TIMEOUT_SECONDS = 1.0
"""How long the broker may take to answer; a caller of the web service waits meanwhile."""

WAKE_SECONDS = 0.25
"""How long a slot that its own worker woke may sleep on."""

_EXCHANGE = Exchange("videolecture", type="direct")
_TRANSIENT = 1


def celery_app(broker_url: str) -> Celery:
    """The Celery application that carries notifications, and nothing else."""
    app = Celery("videolecture", broker=broker_url, set_as_current=False)
    app.conf.update(
        # Acknowledged before the work, which may take longer than brokers wait.
        task_acks_late=False,
        worker_prefetch_multiplier=1,
        task_ignore_result=True,
        task_queues=[Queue(name, _EXCHANGE, routing_key=name) for name in QUEUES],
        # A misspelt queue would be served for ever in vain.
        task_create_missing_queues=False,
        task_default_queue="cpu",
        task_publish_retry=False,
        task_default_delivery_mode=_TRANSIENT,
        broker_connection_retry_on_startup=True,
        worker_enable_remote_control=False,
        worker_send_task_events=False,
    )
    return app


class CeleryNotifier:
    """Notifies idle workers through a broker."""

    def __init__(
        self,
        app: Celery,
        ready: Callable[[], Mapping[str, int]],
        *,
        bounds: Mapping[str, int],
        sweep_seconds: float,
    ) -> None:
        """Connects to nothing yet.

        Args:
            app: See :func:`celery_app`.
            ready: How many steps are ready, by queue.
            bounds: How many notifications may lie in each queue.
            sweep_seconds: How often a slot that nobody notifies looks anyway, and how long
                a broker that failed is left alone.

        Raises:
            ConfigError: The broker's URL is none, or its package is not installed.
        """
        self._app = app
        self._ready = ready
        self._bounds = bounds
        self._sweep_seconds = sweep_seconds
        self._line = _Line(app)
        self._troubles: tuple[type[Exception], ...] = (SQLAlchemyError, *self._line.errors)
        self._lock = threading.Lock()
        self._silent_until = 0.0
        self._failing = False

    def notify(self) -> None:
        """Wake workers of every queue in which steps are ready."""
        with self._lock:
            if time.monotonic() < self._silent_until:
                return
            try:
                if ready := self._ready():
                    self._send_somehow(ready)
                    self._note(None)
            except self._troubles as error:
                self._line.drop()
                self._silent_until = time.monotonic() + self._sweep_seconds
                self._note(error)
            except Exception:
                # kombu does not translate everything that the libraries below it raise,
                # and what was committed must not fail because nobody could be told.
                self._line.drop()
                log.exception("workers not notified")

    def listener(self, queue: str) -> Listener:
        """Listens to the broker."""
        return _BrokerListener(self._app, queue, self._sweep_seconds)

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._line.drop()

    def _send_somehow(self, ready: Mapping[str, int]) -> None:
        """By the connection that there is, or by a new one: the broker may have restarted."""
        used = self._line.is_open
        try:
            self._send(ready)
        except self._line.errors:
            if not used:
                raise
            self._line.drop()
            self._send(ready)

    def _send(self, ready: Mapping[str, int]) -> None:
        with self._line.channel() as channel:
            for queue, steps in ready.items():
                # Declaring is how one asks a broker for the length of a queue.
                declared = self._app.amqp.queues[queue](channel)
                declared.declare()
                lying = declared.queue_declare().message_count
                producer = self._app.amqp.Producer(channel, auto_declare=False)
                for _ in range(min(steps, self._bounds[queue]) - lying):
                    self._app.send_task(TASK, queue=queue, producer=producer)

    def _note(self, error: Exception | None) -> None:
        """Say it once when notifying fails, and once when it works again."""
        if error is not None and not self._failing:
            name = type(error).__name__
            log.warning("workers not notified error=%s; they look by themselves", name)
        if error is None and self._failing:
            log.info("workers notified again")
        self._failing = error is not None


class _BrokerListener:
    """Waits for one message at a time, and takes none while its slot is busy."""

    def __init__(self, app: Celery, queue: str, sweep_seconds: float) -> None:
        self._queue = app.amqp.queues[queue]
        self._line = _Line(app)
        self._sweep_seconds = sweep_seconds
        self._lost = False

    def wait(self, woken: threading.Event, looks: int) -> None:
        del looks
        end = time.monotonic() + self._sweep_seconds
        try:
            self._listen(woken, end)
        except self._line.errors as error:
            self._line.drop()
            self._note(error)
            woken.wait(max(0.0, end - time.monotonic()))
        else:
            self._note(None)
        woken.clear()

    def close(self) -> None:
        self._line.drop()

    def _listen(self, woken: threading.Event, end: float) -> None:
        messages: list[Any] = []  # kombu's
        with self._line.channel() as channel:
            consumer = Consumer(
                channel, [self._queue], on_message=messages.append, prefetch_count=1
            )
            with consumer:
                while not messages and not woken.is_set():
                    left = end - time.monotonic()
                    if left <= 0:
                        break
                    with suppress(TimeoutError):
                        self._line.drain(min(left, WAKE_SECONDS))
            # After the consumer has gone, lest the broker send us another one.
            for message in messages:
                message.ack()

    def _note(self, error: Exception | None) -> None:
        """Say it once when the broker goes, and once when it is back."""
        lost = error is not None
        if lost and not self._lost:
            log.warning(
                "broker lost queue=%s error=%s; looking every seconds=%g",
                self._queue.name,
                type(error).__name__,
                self._sweep_seconds,
            )
        if self._lost and not lost:
            log.info("broker back queue=%s", self._queue.name)
        self._lost = lost


class _Line:
    """A connection that is made when it is needed; not for two threads at once."""

    def __init__(self, app: Celery) -> None:
        self._app = app
        self._connection: Connection | None = None
        try:
            probe = self._new()
            known = (*probe.connection_errors, *probe.channel_errors)
        except (ImportError, KeyError, ValueError) as error:
            raise ConfigError(f"jobs.broker_url cannot be used: {error}") from error
        self.errors: tuple[type[Exception], ...] = (OSError, KombuError, *known)
        """What a broker that is down, slow or restarted makes of our calls."""

    @property
    def is_open(self) -> bool:
        """Whether there is a connection; it may have broken unnoticed."""
        return self._connection is not None

    def channel(self) -> _Channel:
        """A channel for a ``with`` statement, on a connection that was tried just once."""
        if self._connection is None:
            self._connection = self._new()
        self._connection.ensure_connection(max_retries=0, interval_start=0)
        return _Channel(self._connection.channel())

    def drain(self, seconds: float) -> None:
        """Take what the broker sends.

        Raises:
            TimeoutError: It sent nothing.
        """
        assert self._connection is not None
        self._connection.drain_events(timeout=seconds)

    def drop(self) -> None:
        """Close the connection, working or not; the next channel makes another one."""
        if self._connection is not None:
            with suppress(*self.errors):
                self._connection.close()
        self._connection = None

    def _new(self) -> Connection:
        # No heartbeat: a slot says nothing for minutes while it works.
        return self._app.connection_for_write(
            heartbeat=0,
            connect_timeout=TIMEOUT_SECONDS,
            transport_options={
                "connect_timeout": TIMEOUT_SECONDS,
                "read_timeout": TIMEOUT_SECONDS,
                "write_timeout": TIMEOUT_SECONDS,
                "socket_timeout": TIMEOUT_SECONDS,
                "socket_connect_timeout": TIMEOUT_SECONDS,
                # Of one blocking look into Redis, which has to end before the timeout.
                "polling_interval": TIMEOUT_SECONDS / 2,
            },
        )


class _Channel:
    """A kombu channel that its ``with`` statement closes."""

    def __init__(self, channel: Any) -> None:  # kombu's, by transport
        self._channel = channel

    def __enter__(self) -> Any:
        return self._channel

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self._channel.close()
