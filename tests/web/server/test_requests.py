"""What honest clients do, and what is told of it in the log."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.web.server.request_log import Ids
from tests.process.family import wait_until
from tests.web.server.front import PING, POST, Front, StandInApplication, parse, read_all, read_one

STAYS = PING.replace(b"Connection: close\r\n", b"")


def get(path: bytes, fields: bytes = b"") -> bytes:
    return b"GET " + path + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + fields + b"\r\n"


@pytest.mark.parametrize(
    "fields",
    [
        b"Cookie: " + b"a" * 9000 + b"\r\n",
        b"Authorization: Negotiate " + b"a" * 9000 + b"\r\n",
        b"".join(b"X-H%d: 1\r\n" % number for number in range(120)),
        b"X: " + b"a " * 20_000 + b"\r\n",
        b"X-Forwarded-Proto: https\r\nX-Forwarded-Ssl: off\r\n",
    ],
    ids=["cookie", "authorization", "120 fields", "40 kB", "a proxy that contradicts itself"],
)
def test_what_callers_forward_passes(front: Front, fields: bytes) -> None:
    assert front.ask(get(b"/x", fields)).status == 200


def test_a_query_of_five_kilobytes_and_of_raw_bytes_passes(
    front: Front, application: StandInApplication
) -> None:
    assert front.ask(get(b"/x?" + b"a" * 5000)).status == 200
    assert front.ask(get("/x?id=семь".encode())).status == 200
    assert application.seen[-1]["QUERY_STRING"].startswith("id=%D1%81")


def test_no_field_with_an_underscore_reaches_the_application(
    front: Front, application: StandInApplication
) -> None:
    front.ask(get(b"/x", b"SCRIPT_NAME: /y\r\nX_Real_Ip: 1\r\nScript-Name: /z\r\n"))
    seen = application.seen[0]
    assert (seen["SCRIPT_NAME"], seen["PATH_INFO"]) == ("", "/x")
    assert "HTTP_X_REAL_IP" not in seen


def test_the_host_of_a_whole_address_counts(front: Front, application: StandInApplication) -> None:
    front.ask(get(b"http://lms.example/x"))
    assert application.seen[0]["HTTP_HOST"] == "lms.example"
    assert application.seen[0]["PATH_INFO"] == "/x"


@pytest.mark.parametrize("coding", [b"", b"Content-Encoding: identity\r\n"], ids=["", "identity"])
def test_a_body_in_chunks_arrives_whole(
    front: Front, application: StandInApplication, coding: bytes
) -> None:
    head = POST + coding + b"Connection: close\r\nTransfer-Encoding: Chunked\r\n\r\n"
    body = bytes(range(256)) * 3_900
    chunks = b"".join(
        b'%x;a="b"\r\n%s\r\n' % (len(part), part)
        for part in (body[at : at + 7_777] for at in range(0, len(body), 7_777))
    )
    assert front.ask(head + chunks + b"0\r\nX: y\r\n\r\n").status == 200
    assert application.seen[0]["body"] == body
    assert application.seen[0]["CONTENT_LENGTH"] == str(len(body))


def test_a_body_of_the_largest_size_passes(front: Front, application: StandInApplication) -> None:
    head = POST + b"Connection: close\r\nContent-Length: 1000000\r\n\r\n"
    assert front.ask(head + b"x" * 1_000_000).status == 200
    assert len(application.seen[0]["body"]) == 1_000_000


def test_a_connection_serves_one_request_after_the_other(front: Front) -> None:
    with front.open() as peer:
        for _ in range(3):
            peer.sendall(STAYS)
            answer = read_one(peer)
            assert answer.status == 200
            assert "connection" not in answer.headers


def test_requests_sent_at_once_are_answered_in_their_order(
    front: Front, application: StandInApplication
) -> None:
    paths = [b"/a", b"/b", b"/c"]
    sent = b"".join(get(path).replace(b"Connection: close\r\n", b"") for path in paths)
    with front.open(sent + get(b"/d")) as peer:
        received = read_all(peer)
    answers = []
    while received:
        answer = parse(received)
        answers.append(answer.json["path"])
        received = answer.rest
    assert answers == ["/a", "/b", "/c", "/d"]


def test_a_hundred_and_fifty_honest_requests_at_once_are_all_answered(front: Front) -> None:
    with ThreadPoolExecutor(150) as threads:
        answers = list(threads.map(front.ask, [PING] * 150))
    assert [answer.status for answer in answers] == [200] * 150


def test_who_waits_for_leave_to_send_a_body_gets_it(front: Front) -> None:
    head = POST + b"Connection: close\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"
    with front.open(head) as peer:
        assert peer.recv(1 << 16) == b"HTTP/1.1 100 Continue\r\n\r\n"
        peer.sendall(b"{}")
        assert parse(read_all(peer)).json["bytes"] == 2


def test_who_waits_for_leave_to_send_too_much_is_refused_instead(front: Front) -> None:
    head = POST + b"Expect: 100-continue\r\nContent-Length: 2000000\r\n\r\n"
    assert front.ask(head).status == 413


def test_who_waits_for_leave_without_a_body_is_answered(front: Front) -> None:
    assert front.ask(get(b"/x", b"Expect: 100-continue\r\n")).status == 200


@pytest.mark.parametrize("path", [b"/x", b"/broken"])
def test_an_answer_to_head_has_no_body(front: Front, path: bytes) -> None:
    with front.open(get(path).replace(b"GET", b"HEAD")) as peer:
        head, _, body = read_all(peer).partition(b"\r\n\r\n")
    assert b"Content-Length: " in head
    assert body == b""


def test_http_1_0_closes_unless_asked_to_stay(front: Front) -> None:
    assert front.ask(b"GET /x HTTP/1.0\r\n\r\n").headers["connection"] == "close"
    with front.open(b"GET /x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n") as peer:
        assert read_one(peer).headers["connection"] == "Keep-Alive"


class TestLog:
    @pytest.fixture(autouse=True)
    def told(self, caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
        caplog.set_level(logging.DEBUG, "app")
        caplog.handler.addFilter(Ids())
        return caplog

    def lines(self, told: pytest.LogCaptureFixture) -> list[tuple[int, str]]:
        def found() -> list[tuple[int, str]]:
            records = [each for each in told.records if each.name.endswith("request_log")]
            return [(each.levelno, each.getMessage()) for each in records]

        wait_until(lambda: bool(found()), 5)
        return found()

    def test_a_request_is_one_line(self, front: Front, told: pytest.LogCaptureFixture) -> None:
        answer = front.ask(get(b"/x?secret=1", b"X-Request-Id: lms-7.a_b\r\n"))
        assert answer.headers["x-request-id"] == "lms-7.a_b"
        [(level, line)] = self.lines(told)
        words = dict(word.split("=") for word in line.split()[1:])
        assert level == logging.INFO
        assert float(words.pop("ms")) < 1000
        assert words == {
            "method": "GET",
            "path": "/x",
            "status": "200",
            "bytes": str(len(answer.body)),
            "peer": "127.0.0.1",
            "request": "lms-7.a_b",
        }

    def test_so_is_one_that_is_refused(self, front: Front, told: pytest.LogCaptureFixture) -> None:
        answer = front.ask(b"\x16\x03\x01")
        [(_, line)] = self.lines(told)
        assert line.startswith("answered method=- path=- status=400 ")
        assert line.endswith(f" request={answer.headers['x-request-id']}")

    def test_a_health_check_is_told_to_whoever_debugs(
        self, front: Front, told: pytest.LogCaptureFixture
    ) -> None:
        front.ask(PING)
        assert [level for level, _ in self.lines(told)] == [logging.DEBUG]

    def test_no_path_forges_a_line(self, front: Front, told: pytest.LogCaptureFixture) -> None:
        front.ask(get(b"/a%0a" + b"\xe2\x80\xa8" + b"b" * 5000))
        [(_, line)] = self.lines(told)
        assert line.isascii() and "\n" not in line and len(line) < 400

    @pytest.mark.parametrize("asked", [b"a b", b"x" * 65, b"", b"a=b", b"a, b"])
    def test_an_id_of_another_form_is_replaced(self, front: Front, asked: bytes) -> None:
        answer = front.ask(get(b"/x", b"X-Request-Id: " + asked + b"\r\n"))
        assert len(answer.headers["x-request-id"]) == 16

    def test_the_traceback_of_a_fault_carries_the_id_and_the_answer_none_of_it(
        self, front: Front, told: pytest.LogCaptureFixture
    ) -> None:
        answer = front.ask(get(b"/broken"))
        assert (answer.status, answer.json["code"]) == (500, "internal")
        assert b"zanzibar" not in answer.body
        self.lines(told)
        [fault] = [record for record in told.records if record.exc_info]
        assert fault.getMessage() == f"answering failed request={answer.headers['x-request-id']}"
