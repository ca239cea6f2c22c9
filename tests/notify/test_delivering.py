"""Messages that really go over a socket."""

from __future__ import annotations

import json

from standardwebhooks import Webhook as Standard

from tests.notify.conftest import Site, eventually
from tests.notify.receiver import Receiver, receiving
from tests.unit.jobs.lectures import TENANT, a_submission, do_all


def _types(receiver: Receiver) -> list[str]:
    return [json.loads(message.body)["type"] for message in receiver.messages]


def test_a_lecture_that_is_done_is_told_and_the_signature_verifies(site: Site) -> None:
    with receiving() as receiver:
        _, secret = site.webhooks.create(TENANT, receiver.url)
        site.store.submit(a_submission())
        do_all(site.store)
        with site.delivering():
            eventually(lambda: len(receiver.messages) == 2)
    for message in receiver.messages:
        Standard(secret).verify(message.body, dict(message.headers))
    assert sorted(_types(receiver)) == ["lecture.done", "lecture.started"]
    assert len(set(receiver.ids())) == 2
