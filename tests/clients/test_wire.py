"""What goes over a connection is read as it was meant."""

from __future__ import annotations

import socket
import threading

from tests.services import wire
from tests.services.relay import relay
from tests.services.wire import Message

GET = Message(("GET /a HTTP/1.1",))
HEAD = Message(("HEAD /b HTTP/1.1",))


def test_chunks_stay_apart_and_sizes_keep_their_letters() -> None:
    head = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
    stream = head + b"2\r\nhi\r\nA\r\n0123456789\r\n0\r\n\r\n"
    (request,) = wire.requests(stream)
    assert request.parts == (b"hi", b"0123456789")
    assert request.head() + request.rest() == stream


def test_a_request_that_was_cut_off_is_none() -> None:
    whole = b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi"
    assert [request.body for request in wire.requests(whole + whole[:-1])] == [b"hi"]


def test_an_answer_to_head_has_no_body_and_100_is_no_answer() -> None:
    stream = (
        b"HTTP/1.1 100 Continue\r\n\r\n"
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na"
        b"HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\n"
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nc"
    )
    found = wire.answers(stream, [GET, HEAD, GET])
    assert [(answer.lines[0].split()[1], answer.body) for answer in found] == [
        ("200", b"a"),
        ("404", b""),
        ("200", b"c"),
    ]


def test_a_relay_keeps_the_order_of_requests_over_several_connections() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_answer_everything, args=(server,), daemon=True).start()
        with relay(server.getsockname()[1]) as between:
            callers = [socket.create_connection(("127.0.0.1", between.port)) for _ in range(2)]
            for number, caller in ((1, 1), (2, 0), (3, 1)):
                callers[caller].sendall(b"GET /%d HTTP/1.1\r\n\r\n" % number)
                callers[caller].recv(100)
            for caller_socket in callers:
                caller_socket.close()
            assert [each.request.lines[0].split()[1] for each in between.exchanges()] == [
                "/1",
                "/2",
                "/3",
            ]


def _answer_everything(server: socket.socket) -> None:
    def answer(caller: socket.socket) -> None:
        with caller:
            while caller.recv(100):
                caller.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")

    for _ in range(2):
        threading.Thread(target=answer, args=(server.accept()[0],), daemon=True).start()
