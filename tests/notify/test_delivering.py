"""Messages that really go over a socket."""

from __future__ import annotations

import json
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from standardwebhooks import Webhook as Standard

from app.jobs.store.job import JobKey
from app.notify.addresses import Allowed
from app.notify.deliverer import Manner, attempt
from app.notify.deliveries import Delivery, State
from app.notify.queue import Due
from app.notify.webhooks import Change
from tests.notify.conftest import HERE, Site, eventually
from tests.notify.receiver import Receiver, receiving, serving_raw
from tests.unit.jobs.lectures import TENANT, a_submission, claimed, do_all

SECRET = "whsec_" + "A" * 32


def _types(receiver: Receiver) -> list[str]:
    return [json.loads(message.body)["type"] for message in receiver.messages]


def _verified(receiver: Receiver, secret: str) -> list[dict[str, object]]:
    return [
        Standard(secret).verify(message.body, dict(message.headers))
        for message in receiver.messages
    ]


def _only(site: Site, webhook_id: int) -> Delivery:
    (found,) = site.webhooks.deliveries.of(TENANT, webhook_id, limit=10)
    return found


def test_a_lecture_that_is_done_is_told_and_the_signature_verifies(site: Site) -> None:
    with receiving() as receiver:
        _, secret = site.webhooks.create(TENANT, receiver.url)
        site.store.submit(a_submission())
        do_all(site.store)
        with site.delivering():
            eventually(lambda: len(receiver.messages) == 2)
    assert len(_verified(receiver, secret)) == 2
    assert sorted(_types(receiver)) == ["lecture.done", "lecture.started"]
    assert len(set(receiver.ids())) == 2


def test_a_failure_is_told_with_its_reason(site: Site) -> None:
    with receiving() as receiver:
        _, secret = site.webhooks.create(TENANT, receiver.url)
        site.store.submit(a_submission())
        site.store.fail(claimed(site.store), "engine_failed", "it stumbles", retryable=False)
        with site.delivering():
            eventually(lambda: "lecture.failed" in _types(receiver))
    (failed,) = (told for told in _verified(receiver, secret) if told["type"] == "lecture.failed")
    lecture = failed["data"]["lecture"]  # type: ignore[index]  # of JSON
    assert lecture["id"] == "lec_0000000000007"
    assert lecture["state"] == "failed"
    assert lecture["error"] == {"code": "engine_failed", "message": "it stumbles"}
    assert lecture["created"] <= lecture["finished"] == failed["timestamp"]


def test_a_cancellation_is_told_once(site: Site) -> None:
    with receiving() as receiver:
        site.webhooks.create(TENANT, receiver.url)
        site.store.submit(a_submission())
        site.store.cancel(TENANT, 7)
        with site.delivering():
            eventually(lambda: receiver.messages)
    assert _types(receiver) == ["lecture.cancelled"]


def test_a_webhook_hears_what_it_asked_for_and_of_its_tenant(site: Site) -> None:
    from app.notify.events import Event

    with receiving() as receiver, receiving() as strange:
        site.webhooks.create(TENANT, receiver.url, events=[Event.DONE])
        site.webhooks.create("strange", strange.url)
        site.store.submit(a_submission())
        do_all(site.store)
        with site.delivering():
            eventually(lambda: receiver.messages)
            eventually(site.is_quiet)
    assert (_types(receiver), strange.messages) == (["lecture.done"], [])


def test_nobody_is_told_of_what_was_made_at_a_terminal(site: Site) -> None:
    site.store.submit(a_submission(tenant="shell"))
    do_all(site.store)
    assert site.announcements() == 0


def test_announcements_that_nobody_hears_vanish(site: Site) -> None:
    for number in range(1, 5):
        site.store.submit(a_submission(lecture_id=number))
    do_all(site.store)
    assert site.announcements() == 8
    with site.delivering():
        eventually(site.is_quiet)


def test_a_callback_is_told_the_end_of_its_lecture(site: Site) -> None:
    with receiving() as receiver:
        secret = site.callbacks.note(JobKey(TENANT, 7), receiver.url)
        for number in (7, 8):
            site.store.submit(a_submission(lecture_id=number))
        do_all(site.store)
        with site.delivering():
            eventually(lambda: receiver.messages)
            eventually(site.is_quiet)
    (told,) = _verified(receiver, secret)
    assert told["type"] == "lecture.done"
    assert "0007" in json.dumps(told)
    (delivery,) = site.webhooks.deliveries.to_callback(TENANT, 7, limit=9)
    assert (delivery.state, delivery.event, delivery.url) == (
        "delivered",
        "lecture.done",
        receiver.url,
    )
    assert site.webhooks.deliveries.to_callback(TENANT, 8, limit=9) == []


def test_a_callback_that_is_forgotten_is_told_nothing(site: Site) -> None:
    with receiving() as receiver:
        site.callbacks.note(JobKey(TENANT, 7), receiver.url)
        site.callbacks.forget(JobKey(TENANT, 7))
        site.store.submit(a_submission())
        do_all(site.store)
        with site.delivering():
            eventually(site.is_quiet)
        assert receiver.messages == []


def test_it_is_tried_until_the_receiver_has_it(site: Site) -> None:
    with receiving(lambda number: 500 if number < 4 else 200) as receiver:
        webhook, secret = site.webhooks.create(TENANT, receiver.url)
        site.webhooks.test(TENANT, webhook.id)
        with site.delivering(pauses=(0.0,) + 9 * (0.01,)):
            eventually(lambda: _only(site, webhook.id).state is State.DELIVERED)
    assert len(set(receiver.ids())) == 1
    assert len(_verified(receiver, secret)) == 5
    assert [tried.status for tried in _only(site, webhook.id).log] == [500] * 4 + [200]


def test_after_the_last_try_it_is_given_up(site: Site) -> None:
    with receiving(lambda _number: 503) as receiver:
        webhook, _ = site.webhooks.create(TENANT, receiver.url)
        site.webhooks.test(TENANT, webhook.id)
        with site.delivering(pauses=(0.0, 0.01, 0.01)):
            eventually(lambda: _only(site, webhook.id).state is State.FAILED)
        assert len(receiver.messages) == 3


def test_a_receiver_that_is_gone_is_told_nothing_more(site: Site) -> None:
    with receiving(lambda _number: 410) as receiver:
        webhook, _ = site.webhooks.create(TENANT, receiver.url)
        site.webhooks.test(TENANT, webhook.id)
        with site.delivering():
            eventually(lambda: site.webhooks.find(TENANT, webhook.id).disabled)
            site.store.submit(a_submission())
            eventually(site.is_quiet)
        assert len(receiver.messages) == 1
    assert (
        site.webhooks.find(TENANT, webhook.id).disabled_reason == "the receiver answered 410 Gone"
    )
    assert _only(site, webhook.id).state is State.FAILED


def test_a_receiver_says_when_it_wants_to_be_asked_again(site: Site) -> None:
    with receiving(lambda _number: (429, {"Retry-After": "600"})) as receiver:
        webhook, _ = site.webhooks.create(TENANT, receiver.url)
        site.webhooks.test(TENANT, webhook.id)
        with site.delivering():
            eventually(lambda: _only(site, webhook.id).tries == 1)
    wait = _only(site, webhook.id).next_try
    assert wait is not None
    assert 590 < wait - time.time() < 610


def test_a_slow_receiver_holds_up_nobody(site: Site) -> None:
    with serving_raw([]) as silent, receiving() as quick:
        slow, _ = site.webhooks.create(TENANT, f"http://127.0.0.1:{silent}/")
        for _ in range(20):
            site.webhooks.test(TENANT, slow.id)
        webhook, _ = site.webhooks.create(TENANT, quick.url)
        site.webhooks.test(TENANT, webhook.id)
        begun = time.monotonic()
        with site.delivering():
            eventually(lambda: quick.messages)
            assert time.monotonic() - begun < 1.5  # a try to the other takes two


def test_what_is_on_its_way_keeps_nobody_from_stopping(site: Site) -> None:
    with serving_raw([]) as silent:
        webhook, _ = site.webhooks.create(TENANT, f"http://127.0.0.1:{silent}/")
        site.webhooks.test(TENANT, webhook.id)
        with site.delivering(try_seconds=60.0):
            eventually(lambda: site.on_their_way() == 1)
            begun = time.monotonic()
        assert time.monotonic() - begun < 3


def test_a_secret_that_is_replaced_is_verified_by_old_and_new(site: Site) -> None:
    with receiving() as receiver:
        webhook, former = site.webhooks.create(TENANT, receiver.url)
        site.webhooks.change(TENANT, webhook.id, Change(secret=SECRET))
        site.webhooks.test(TENANT, webhook.id)
        with site.delivering():
            eventually(lambda: receiver.messages)
    assert _verified(receiver, former) == _verified(receiver, SECRET)


def test_no_secret_is_logged(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    with receiving(lambda number: 500 if number == 0 else 200) as receiver:
        webhook, secret = site.webhooks.create(TENANT, receiver.url)
        site.webhooks.change(TENANT, webhook.id, Change(secret=SECRET))
        site.webhooks.test(TENANT, webhook.id)
        with site.delivering():
            eventually(lambda: len(receiver.messages) == 2)
    assert "message delivered" in caplog.text
    for hidden in (secret, SECRET, "/hook", "v1,"):
        assert hidden not in caplog.text


def _sent(url: str, *, allowed: Allowed = HERE, seconds: float = 1.0) -> str | None:
    due = Due(1, "worker", TENANT, None, url, "webhook.test", "{}", 0, (SECRET,))
    return attempt(due, Manner(allowed, try_seconds=seconds))[0].error


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ([b"HTTP/1.1 200 OK\r\n\r\n"], None),
        ([b"HTTP/1.0 204\r\n\r\n"], None),
        ([b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 201 Created\r\n\r\n"], None),
        ([b"HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"], None),
        ([b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", b"x" * 1_000_000], None),
        ([b"HTTP/1.1 199 Odd\r\n\r\n"], "connection_broken"),
        ([b"HTTP/1.1 404 No\r\n\r\n"], "bad_status"),
        ([b"HTTP/1.1 2000 OK\r\n\r\n"], "no_http"),
        ([b"HTTP/2 200\r\n\r\n"], "no_http"),
        ([b"HTTP/1.1 200 OK\r\n"], "no_http"),
        ([b"220 mail ESMTP\r\n\r\n"], "no_http"),
        ([b"\x15\x03\x01\x00\x02\x02\x46\r\n\r\n"], "no_http"),
        ([b"HTTP/1.1 200 OK\r\nX: ", b"x" * 100_000], "no_http"),
        ([b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n"], "no_http"),
        ([b""], "connection_broken"),
    ],
)
def test_an_answer_is_read_as_far_as_it_matters(answer: list[bytes], error: str | None) -> None:
    with serving_raw([*answer, b""]) as port:
        assert _sent(f"http://127.0.0.1:{port}/") == error


def test_an_answer_that_comes_drop_by_drop_takes_no_longer() -> None:
    drops = [bytes([byte]) for byte in b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 100]
    with serving_raw(drops, pause=0.1) as port:
        begun = time.monotonic()
        assert _sent(f"http://127.0.0.1:{port}/") == "timeout"
        assert time.monotonic() - begun < 1.5


def test_nobody_listens() -> None:
    with serving_raw([b""]) as port:
        pass
    assert _sent(f"http://127.0.0.1:{port}/") == "connection_refused"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of ``lms.example``, with its key in the same file; signed by itself."""
    path = tmp_path_factory.mktemp("tls") / "lms.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-nodes", "-days", "2", "-subj", "/CN=lms.example"]
    command += ["-addext", "subjectAltName=DNS:lms.example", "-keyout", "-", "-out", "-"]
    path.write_bytes(subprocess.run(command, check=True, capture_output=True).stdout)
    return path


@contextmanager
def _secure(certificate: Path) -> Iterator[tuple[int, list[str | None]]]:
    """A receiver that speaks TLS; its port, and the names that it was called by."""
    named: list[str | None] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_arguments: object) -> None: ...

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda _socket, name, _context: named.append(name)
    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_address[1], named
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_certificate_is_checked_by_name_at_the_address_that_was_judged(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sent(host: str, port: int) -> str | None:
        manner = Manner(HERE, try_seconds=2.0, resolve=lambda _host: ["127.0.0.1"])
        url = f"https://{host}:{port}/"
        due = Due(1, "worker", TENANT, None, url, "webhook.test", "{}", 0, (SECRET,))
        return attempt(due, manner)[0].error

    with _secure(certificate) as (port, named):
        assert sent("lms.example", port) == "bad_certificate"
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert sent("lms.example", port) is None
        assert named[-1] == "lms.example"
        assert sent("other.example", port) == "bad_certificate"
        assert sent("127.0.0.1", port) == "bad_certificate"


def test_tls_is_not_spoken_with_whoever_does_not() -> None:
    with serving_raw([b"HTTP/1.1 200 OK\r\n\r\n", b""]) as port:
        assert _sent(f"https://127.0.0.1:{port}/") == "tls_failed"
