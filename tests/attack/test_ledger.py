"""What counts as a broken promise."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks.attack import wire
from benchmarks.attack.cancel_ways import HERE, plain, ways
from benchmarks.attack.ground import Ground, NotServed
from benchmarks.attack.ledger import EXAMPLES, Promise, Tally
from benchmarks.attack.pinger import Pings
from benchmarks.attack.place import Place, Scene
from benchmarks.attack.swaps import exchange, swapping
from benchmarks.attack.victims import MARKER, Outside, holders, listening, notes_reading

JSON = b"Content-Type: application/json\r\n"
ENVELOPE = json.dumps({"error": True, "message": "No", "result": None, "code": "busy"}).encode()


def answer(status: int, body: bytes = ENVELOPE, head: bytes = JSON) -> bytes:
    told = b"HTTP/1.1 %d X\r\n%sContent-Length: %d\r\n\r\n%s"
    return told % (status, head, len(body), body)


@contextmanager
def stand_in_service(said: bytes) -> Iterator[int]:
    """Says the same to everybody and hangs up; its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    peer, _ = server.accept()
                except OSError:
                    return
                with peer:
                    peer.recv(1 << 16)
                    peer.sendall(said)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield int(server.getsockname()[1])
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


@pytest.fixture
def outside(tmp_path: Path) -> Outside:
    return Outside(tmp_path / "outside")


def told_of(tmp_path: Path, outside: Outside, said: bytes, **how: bool) -> Sequence[Promise]:
    """Promises that this answer breaks."""
    tally = Tally("test")
    with stand_in_service(said) as port, listening() as listener:
        place = Place(tmp_path, port, checkout=tmp_path, worker=True)
        ground = Ground(Scene(place, outside, listener, Pings()), tally, short=True)
        ground.send("x", wire.request("GET", "/ping", port=port), **how)
    assert tally.requests == 1
    return sorted(tally.broken)


ANSWERS: Mapping[str, tuple[bytes, list[Promise]]] = {
    "success": (answer(200), []),
    "a refusal": (answer(400), []),
    "a fault": (answer(500), [Promise.FAULTS]),
    "a fault behind": (answer(502), [Promise.FAULTS]),
    "not implemented": (answer(501), []),
    "busy": (answer(503), []),
    "503 that is not busy": (answer(503, ENVELOPE.replace(b"busy", b"x")), [Promise.FAULTS]),
    "a page": (answer(400, b"<html>Bad Request</html>"), [Promise.ENVELOPE]),
    "half an envelope": (answer(400, b'{"error": true}'), [Promise.ENVELOPE]),
    "an envelope that is called a page": (
        answer(400, head=b"Content-Type: text/html\r\n"),
        [Promise.ENVELOPE],
    ),
    "an empty body": (answer(400, b""), [Promise.ENVELOPE]),
    "nothing": (b"", [Promise.ENVELOPE]),
    "100 first": (b"HTTP/1.1 100 Continue\r\n\r\n" + answer(400), []),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_breaks_what_it_breaks(name: str, tmp_path: Path, outside: Outside) -> None:
    said, broken = ANSWERS[name]
    assert told_of(tmp_path, outside, said) == broken


def test_what_is_no_request_may_be_hung_up_on(tmp_path: Path, outside: Outside) -> None:
    assert told_of(tmp_path, outside, b"", whole=False) == []


def test_a_promise_is_told_a_few_times_and_counted_every_time() -> None:
    tally = Tally("test")
    for number in range(EXAMPLES + 5):
        tally.break_(Promise.LOG, str(number))
    assert (tally.broken[Promise.LOG], len(tally.examples)) == (EXAMPLES + 5, EXAMPLES)


def test_every_answer_on_a_connection_is_read() -> None:
    chunked = b"HTTP/1.1 404 X\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
    with stand_in_service(answer(200) + chunked + answer(400, b"xyz")) as port:
        got = wire.exchange(b"GET / HTTP/1.1\r\n\r\n", port=port, several=1)
    assert [(each.status, each.body) for each in got] == [
        (200, ENVELOPE),
        (404, b"abc"),
        (400, b"xyz"),
    ]


def test_a_hang_up_and_silence_are_told_apart() -> None:
    with stand_in_service(b"") as port:
        assert wire.exchange(b"x", port=port)[0].status == 0
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        assert wire.exchange(b"x", port=port, seconds=0.05)[0].status == -1


def test_what_stays_untouched_is_no_change(outside: Outside) -> None:
    assert outside.changes() == []
    assert outside.changes() == [], "looking is no reading"


def test_every_touch_of_what_is_outside_is_told(outside: Outside) -> None:
    if not notes_reading(outside.folder.parent):
        pytest.skip("this file system does not note that files are read")
    (outside.folder / "lecture.txt").read_bytes()
    (outside.folder / "config.ini").write_bytes(b"overwritten")
    (outside.folder / "final" / "new").touch()
    (outside.folder / "voice.wav").unlink()
    told = outside.changes()
    assert {"read outside/lecture.txt", "changed outside/config.ini"} <= set(told)
    assert {"made outside/final/new", "removed outside/voice.wav"} <= set(told)


def test_a_file_that_was_made_and_removed_is_told(outside: Outside) -> None:
    (outside.folder / "final" / "x.part").touch()
    (outside.folder / "final" / "x.part").unlink()
    assert outside.changes() == ["changed outside/final"]


def test_a_copy_of_what_is_outside_is_found_and_a_link_is_none(
    outside: Outside, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "copy").write_bytes(outside.secret.read_bytes())
    (data / "hard").hardlink_to(outside.secret)
    (data / "soft").symlink_to(outside.secret)
    assert holders([data], outside, MARKER.encode()) == [str(data / "copy")]


def test_whoever_connects_is_counted() -> None:
    with listening() as listener:
        for _ in range(3):
            socket.create_connection(("127.0.0.1", listener.port)).close()
        with socket.create_connection(("127.0.0.1", listener.port)) as peer:
            assert peer.recv(1) == b""  # all before have been accepted
    assert listener.connections == 4


def test_names_are_swapped_and_in_the_end_where_they_were(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("one")
    other.symlink_to("elsewhere")
    exchange(one, other)
    assert one.is_symlink() and other.read_text() == "one"
    exchange(one, other)
    with swapping((one, other), away_seconds=0, home_seconds=0) as swapper:
        while swapper.swaps < 50:
            time.sleep(0.001)
    assert one.read_text() == "one" and other.is_symlink()


def test_there_are_two_hundred_ways_to_name_a_lecture() -> None:
    every = list(ways())
    told = [(way.method, way.target, way.body, way.headers) for way in every]
    assert len(set(told)) >= 200
    assert sum(frozenset({HERE}) in way.may_stop for way in every) >= 200
    assert all(not way.body and "?" not in way.target.rstrip("?") for way in plain())


def test_nobody_at_the_port_is_no_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert wire.exchange(b"x", port=port)[0].status == 0


def test_an_attack_that_makes_no_sense_is_broken_off(tmp_path: Path, outside: Outside) -> None:
    with stand_in_service(answer(500)) as port, listening() as listener:
        place = Place(tmp_path, port, checkout=tmp_path, worker=True)
        ground = Ground(Scene(place, outside, listener, Pings()), Tally("test"), short=True)
        with pytest.raises(NotServed, match="not accepted: 500"):
            ground.accepted(ground.body())
