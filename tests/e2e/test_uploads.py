"""Large uploads into the web process as it is started."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

import config
from tests.e2e.conftest import environment_of
from tests.e2e.test_front import Web, serving
from tests.process.family import wait_until
from tests.web.server.front import PING, Answer, parse, read_all

pytestmark = pytest.mark.slow

SIZE = 200_000_000
PIECE = b"x" * 1_000_000
MOST_MORE = 20_000_000
"""Bytes by which such an upload may raise what the process has in memory."""

LECTURE = (
    b"POST /v1/lectures HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    b"Content-Type: multipart/form-data; boundary=y\r\n"
)
KEY = b"Authorization: Bearer %b\r\n"


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    with serving(tmp_path_factory.mktemp("web"), request_seconds=2) as running:
        yield running


def with_length(peer: socket.socket) -> None:
    peer.sendall(b"Content-Length: %d\r\n\r\n" % SIZE)
    for _ in range(SIZE // len(PIECE)):
        peer.sendall(PIECE)


def in_chunks(peer: socket.socket) -> None:
    peer.sendall(b"Transfer-Encoding: chunked\r\n\r\n")
    for _ in range(SIZE // len(PIECE)):
        peer.sendall(b"%x\r\n%b\r\n" % (len(PIECE), PIECE))
    peer.sendall(b"0\r\n\r\n")


def slowly(peer: socket.socket) -> None:
    """For longer than a small request would have."""
    peer.sendall(b"Content-Length: %d\r\n\r\n" % SIZE)
    for _ in range(SIZE // len(PIECE)):
        peer.sendall(PIECE)
        time.sleep(0.02)


@pytest.mark.parametrize("send", [with_length, in_chunks, slowly])
def test_an_upload_of_200_megabytes_takes_20_of_memory_at_most(
    web: Web, send: Callable[[socket.socket], None]
) -> None:
    process = web_process(web)
    web.front.ask(PING)
    before = memory(process)
    forget_peak(process)
    with web.front.open(LECTURE) as peer:
        send(peer)
        answer = parse(read_all(peer))
    assert is_taken(answer)
    assert peak(process) - before < MOST_MORE
    assert list((web.output.parent / "data" / "spool").iterdir()) == []


def test_others_are_answered_while_four_upload(web: Web) -> None:
    sending = [
        subprocess.Popen([sys.executable, "-c", _UPLOAD, str(web.front.port)]) for _ in range(3)
    ]
    try:
        waited = max(web.front.seconds_of(PING) for _ in range(100))
    finally:
        assert [process.wait(60) for process in sending] == [0] * 3
    assert waited < 1


_UPLOAD = f"""
import socket, sys
peer = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
peer.sendall({LECTURE!r} + b"Content-Length: {SIZE}\\r\\n\\r\\n")
for _ in range({SIZE // len(PIECE)}):
    peer.sendall(b"x" * {len(PIECE)})
assert peer.recv(1 << 16).startswith(b"HTTP/1.1 ")
"""


def test_a_process_that_is_killed_leaves_nothing_in_the_spool(tmp_path: Path) -> None:
    with serving(tmp_path) as web, web.front.open(LECTURE) as peer:
        peer.sendall(b"Content-Length: %d\r\n\r\n" % SIZE + PIECE * 20)
        process = web_process(web)
        wait_until(lambda: any("/spool/" in path for path in opened(process)))
        assert (tmp_path / "data" / "spool").stat().st_mode & 0o777 == 0o700
        process.kill()
        process.wait(5)
        assert list((tmp_path / "data" / "spool").iterdir()) == []


def test_with_a_key_in_the_world_only_who_shows_one_may_send_much(tmp_path: Path) -> None:
    with serving(tmp_path) as web:
        render, read = made_key(tmp_path, "render"), made_key(tmp_path, "read")
        length = b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % SIZE
        for shown, told in (
            (b"", (401, "unauthenticated")),
            (KEY % b"vl_wrong", (401, "unauthenticated")),
            (b"Authorization: Basic dTpw\r\n", (401, "unauthenticated")),
            (KEY % read.encode(), (403, "forbidden")),
        ):
            answer = web.front.ask(LECTURE + shown + length)
            assert answer.headers["content-type"] == "application/problem+json"
            assert (answer.status, answer.json["code"]) == told
        with web.front.open(LECTURE + KEY % render.encode() + length) as peer:
            assert peer.recv(25) == b"HTTP/1.1 100 Continue\r\n\r\n"


def test_who_comes_by_a_proxy_may_send_no_much_without_a_key(web: Web) -> None:
    forwarded = b"X-Forwarded-For: 127.0.0.1\r\nContent-Length: %d\r\n\r\n" % SIZE
    assert web.front.ask(LECTURE + forwarded).status == 401


def made_key(place: Path, scope: str) -> str:
    """A key, made in another process as an administrator does."""
    program = (
        "import config\n"
        "from app import bootstrap\n"
        "from app.access.keys import Keys, Scope\n"
        "store = bootstrap.store(config.load())\n"
        f"print(Keys(store.database).create('default', 'x', [Scope({scope!r})])[1])\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", program],
        cwd=config.ROOT,
        env=environment_of(place, config.ROOT / "models"),
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout.strip()


def is_taken(answer: Answer) -> bool:
    """Whether the application itself has answered, whatever it thinks of the body."""
    return answer.json["code"] not in ("body_too_large", "busy", "disk_full", "request_timeout")


def web_process(web: Web) -> psutil.Process:
    """The one that answers, among those of gunicorn."""
    (found,) = [
        process
        for process in web.process.children(recursive=True)
        if any(
            connection.status == psutil.CONN_LISTEN and connection.laddr.port == web.front.port
            for connection in process.net_connections("tcp")
        )
        and not any("gunicorn" in " ".join(one.cmdline()) for one in process.children())
    ]
    return found


def memory(process: psutil.Process) -> int:
    return int(process.memory_info().rss)


def forget_peak(process: psutil.Process) -> None:
    """proc_pid_clear_refs(5)."""
    Path(f"/proc/{process.pid}/clear_refs").write_text("5")


def peak(process: psutil.Process) -> int:
    """Most memory since then."""
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    (told,) = [line for line in lines if line.startswith("VmHWM:")]
    return int(told.split()[1]) * 1024


def opened(process: psutil.Process) -> list[str]:
    """Open files, those without a name as well."""
    return [str(link.readlink()) for link in Path(f"/proc/{process.pid}/fd").iterdir()]
