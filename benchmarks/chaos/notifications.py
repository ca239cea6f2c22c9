"""Notifications that are doubled, shuffled, lost; a broker that restarts, and one that is down."""

from __future__ import annotations

import functools
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from kombu import Connection

from app.jobs.notifier.broker import TASK, celery_app
from app.jobs.notifier.notifier import QUEUES
from app.jobs.store.store import JobState
from benchmarks.chaos.findings import Findings
from benchmarks.chaos.lectures import lecture_in, submission_of
from benchmarks.chaos.ledger import runs_again
from benchmarks.chaos.place import Place, wait_until
from benchmarks.chaos.posts import body
from benchmarks.chaos.web import start_web
from benchmarks.chaos.workshop import Behaviour
from tests.services.brokers import Broker

SWEEP_SECONDS = 2.0

SLACK_SECONDS = 5.0
"""What a disturbed lecture may take longer, besides one sweep."""

FRAGMENTS = 16

STEP_SECONDS = 0.4

START_SECONDS = 30.0
DONE_SECONDS = 120.0

NOTIFIED_SECONDS = 1.0
"""In which an idle worker that was notified has begun: well before the next sweep."""


def run(place: Place, broker: Broker, *, seed: int = 1) -> Findings:
    """One undisturbed lecture, and one for each disturbance."""
    seconds = (STEP_SECONDS, STEP_SECONDS)
    place.behave(Behaviour(speech_seconds=seconds, face_seconds=seconds))
    web = start_web(place, workers=1)
    workers = [place.start_worker() for _ in range(2)]
    wait_until(lambda: all(map(place.worker_id, workers)), START_SECONDS, "two workers")
    findings = Findings()
    calm = _make(place, 1)
    limit = calm + SWEEP_SECONDS + SLACK_SECONDS
    findings.note("calm_seconds", round(calm, 2))
    pest = _Pest(broker.url, random.Random(seed))
    with _meanwhile(pest.disturb):
        findings.at_most("doubled_seconds", round(_make(place, 2), 2), round(limit, 2))
    findings.note("notifications_doubled", pest.doubled)
    with _meanwhile(_each(0.3, broker.purge)):
        findings.at_most("purged_seconds", round(_make(place, 3), 2), round(limit, 2))
    with _meanwhile(_once(1.0, lambda: _restart(broker))):
        findings.at_most("restarted_seconds", round(_make(place, 4), 2), round(limit, 2))
    findings.at_most(
        "notified_after_restart_seconds", round(_notified(place, 5), 2), NOTIFIED_SECONDS
    )
    broker.server.stop()
    try:
        started = time.monotonic()
        status, _envelope = web.post(body(place.folder, "A lecture.", lecture_id=8))
        findings.exactly("answer_without_broker", status, 200)
        findings.note("answer_without_broker_seconds", round(time.monotonic() - started, 2))
        taken = wait_until(lambda: place.ended(8), DONE_SECONDS, "a lecture without broker")
        findings.at_most("done_without_broker_seconds", round(taken, 2), SWEEP_SECONDS + 5.0)
    finally:
        broker.server.start()
    lectures = range(1, 9)
    states = [place.job(each).state for each in lectures]
    findings.exactly("not_done", sum(state is not JobState.DONE for state in states), 0)
    findings.exactly("done_twice", sum(map(place.ledger.done_twice, lectures)), 0)
    findings.exactly("steps_run_again", runs_again(place.log), 0)
    return findings


def _make(place: Place, lecture_id: int) -> float:
    """Have a lecture made; returns the seconds it took."""
    lecture = lecture_in(place.folder, lecture_id=lecture_id, slides=1, fragments=FRAGMENTS)
    place.submit(submission_of(lecture))
    return wait_until(lambda: place.ended(lecture_id), DONE_SECONDS, f"lecture {lecture_id}")


def _notified(place: Place, first_id: int) -> float:
    """Median seconds from a submission to its first step, of three for idle workers."""
    time.sleep(2 * SWEEP_SECONDS)  # whoever has failed leaves the broker alone for one
    seconds = []
    for lecture_id in range(first_id, first_id + 3):
        lecture = lecture_in(place.folder, lecture_id=lecture_id, slides=1, fragments=1)
        place.submit(submission_of(lecture))
        seconds.append(wait_until(place.ledger.running, DONE_SECONDS, "the first step"))
        wait_until(functools.partial(place.ended, lecture_id), DONE_SECONDS, "a short lecture")
    return sorted(seconds)[1]


class _Pest:
    """Takes notifications from the broker and gives each back twice, later and in another order."""

    def __init__(self, url: str, chance: random.Random) -> None:
        self._app = celery_app(url)
        self._url = url
        self._chance = chance
        self.doubled = 0

    def disturb(self, over: threading.Event) -> None:
        with Connection(self._url) as connection:
            channel = connection.channel()
            while not over.wait(0.02):
                taken = [queue for queue in QUEUES if self._take(channel, queue)]
                # One more for each queue, as if all had been met on their way.
                again = [*taken, *taken, *QUEUES]
                self._chance.shuffle(again)
                for queue in again:
                    self._app.send_task(TASK, queue=queue)
                self.doubled += len(again) - len(taken)

    @staticmethod
    def _take(channel: object, queue: str) -> bool:
        message = channel.basic_get(queue, no_ack=True)  # type: ignore[attr-defined]  # kombu's
        return message is not None


@contextmanager
def _meanwhile(disturb: Callable[[threading.Event], None]) -> Iterator[None]:
    """Something goes on in a thread as long as the block lasts."""
    over = threading.Event()
    thread = threading.Thread(target=disturb, args=(over,))
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _each(seconds: float, action: Callable[[], None]) -> Callable[[threading.Event], None]:
    def disturb(over: threading.Event) -> None:
        while not over.wait(seconds):
            action()

    return disturb


def _once(seconds: float, action: Callable[[], None]) -> Callable[[threading.Event], None]:
    def disturb(over: threading.Event) -> None:
        if not over.wait(seconds):
            action()

    return disturb


def _restart(broker: Broker) -> None:
    broker.server.stop()
    broker.server.start()
