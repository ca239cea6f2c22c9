"""Workers that are killed while they send: every message arrives at least once."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from standardwebhooks import Webhook as Standard

import config
from app.notify.deliveries import State
from app.notify.webhooks import Change
from tests.notify.conftest import Site, eventually
from tests.notify.receiver import Receiver, receiving
from tests.unit.jobs.lectures import TENANT, a_submission, do_all

LECTURES = 8
TESTS = 8
KILLS = 5


@dataclass
class Killed:
    """Worker processes, each of which is killed while it waits for an answer, up to a number."""

    settings: config.Settings
    left: int = KILLS
    requests: Counter[str] = field(default_factory=Counter)
    successes: int = 0
    process: subprocess.Popen[bytes] | None = None

    def answer(self, message: str) -> int:
        """Fail nine times of ten; a worker dies before it hears of every fourth success."""
        self.requests[message] += 1
        if self.requests[message] < 10:
            return 503
        self.successes += 1
        if self.left and self.successes % 4 == 1 and self.process is not None:
            self.left -= 1
            self.process.kill()
        return 200

    @contextmanager
    def workers(self) -> Iterator[None]:
        """One after the other."""
        ended = threading.Event()

        def run() -> None:
            while not ended.is_set():
                command = [sys.executable, "-m", "tests.jobs.worker_process"]
                self.process = subprocess.Popen(
                    [*command, self.settings.model_dump_json()], cwd=config.ROOT
                )
                while self.process.poll() is None and not ended.wait(0.05):
                    pass
            assert self.process is not None
            self.process.terminate()
            self.process.wait(30)

        thread = threading.Thread(target=run)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()


@pytest.mark.slow
def test_every_message_arrives_at_least_once_although_workers_are_killed(
    site: Site, database_url: str, tmp_path: Path
) -> None:
    settings = config.load(
        paths=config.Paths(data=tmp_path / "data"),
        jobs={"database_url": database_url},
        notify={"allowed_networks": ["127.0.0.0/8"], "pauses": (0.0,) + 15 * (0.02,)},
    )
    killed = Killed(settings)
    with receiving(by_message=killed.answer) as receiver:
        webhook, first = site.webhooks.create(TENANT, receiver.url)
        for number in range(1, LECTURES + 1):
            site.store.submit(a_submission(lecture_id=number))
        do_all(site.store)
        with killed.workers():
            eventually(lambda: killed.left < KILLS, 60)
            second = "whsec_" + "B" * 40
            site.webhooks.change(TENANT, webhook.id, Change(secret=second))
            for _ in range(TESTS):
                site.webhooks.test(TENANT, webhook.id)
            eventually(site.is_quiet, 180)
    assert killed.left == 0
    _check(site, webhook.id, receiver)
    _check_signatures(receiver, first, second)


def _check(site: Site, webhook_id: int, receiver: Receiver) -> None:
    sent = site.webhooks.deliveries.of(TENANT, webhook_id, limit=100)
    events = Counter(each.event for each in sent)
    assert events == {
        "lecture.started": LECTURES,
        "lecture.done": LECTURES,
        "webhook.test": TESTS,
    }
    assert {each.state for each in sent} == {State.DELIVERED}
    arrived = [message for message in receiver.messages if message.answered == 200]
    assert {message.body for message in arrived} == {each.body.encode() for each in sent}
    # Of each event one message, which came again where nobody had heard the answer.
    assert len(set(receiver.ids(200))) == len(sent)
    assert len(receiver.ids(200)) >= len(sent) + KILLS


def _check_signatures(receiver: Receiver, first: str, second: str) -> None:
    by_second = 0
    for message in receiver.messages:
        Standard(first).verify(message.body, dict(message.headers))
        if len(message.headers["webhook-signature"].split()) == 2:
            Standard(second).verify(message.body, dict(message.headers))
            by_second += 1
    assert by_second >= TESTS


@pytest.mark.slow
def test_several_workers_share_the_work_and_send_each_message_once(site: Site) -> None:
    with receiving() as receiver:
        webhook, _ = site.webhooks.create(TENANT, receiver.url)
        for _ in range(60):
            site.webhooks.test(TENANT, webhook.id)
        with contextlib.ExitStack() as working:
            for number in range(3):
                working.enter_context(site.delivering(owner=f"worker-{number}"))
            eventually(site.is_quiet, 60)
    assert len(receiver.messages) == len(set(receiver.ids())) == 60
    assert receiver.most_at_once <= 2
