"""Uploads that break off, and processes that are killed, leave nothing behind."""

from __future__ import annotations

import random
import socket
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import psutil
import pytest
from sqlalchemy import update

import config
from app.jobs.store.database import Database
from app.library.tables import library_upload
from tests.e2e.conftest import SAMPLES, environment_of
from tests.e2e.test_front import Web, answers, serving
from tests.e2e.test_uploads import forget_peak, memory, peak, web_process
from tests.process.family import wait_until
from tests.web.server.front import PING, parse, read_all

pytestmark = pytest.mark.slow

PICTURE = (SAMPLES / "lecturer-woman.jpg").read_bytes()
NOT_A_PICTURE = b"\xff\xd8\xff" + bytes(1_500_000)
KILLED_EACH = 4
"""One of so many uploads ends with the process."""

HEAD = (
    "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {size}\r\n"
)


@pytest.mark.parametrize("number", [12, pytest.param(200, marks=pytest.mark.proof)])
def test_uploads_that_are_killed_anywhere_leave_no_file(tmp_path: Path, number: int) -> None:
    chance = random.Random(number)
    with serving(tmp_path) as web:
        for turn in range(number):
            request = chance.choice([a_form, a_portion, a_beginning])(web, chance)
            if turn % KILLED_EACH:
                break_off(web, request[: chance.randrange(1, len(request))])
            else:
                kill_during(web, request, chance.uniform(0, 0.5))
        remove_what_was_stored(web)
    expire_uploads(tmp_path)
    print("before the sweep:", len(left(tmp_path / "data")))
    clean(tmp_path)
    assert left(tmp_path / "data") == []


def test_an_upload_of_200_megabytes_into_a_form_takes_20_of_memory_at_most(tmp_path: Path) -> None:
    with serving(tmp_path) as web:
        process = web_process(web)
        web.front.ask(PING)
        before = memory(process)
        forget_peak(process)
        request = form("/v1/voices", "sample", b"RIFF" + bytes(199_000_000))
        with web.front.open(request) as peer:
            answer = parse(read_all(peer))
        # A machine with much to do may have no time to look at it.
        assert answer.json["code"] in ("bad_voice_sample", "busy")
        assert peak(process) - before < 20_000_000
    assert left(tmp_path / "data") == []


def form(path: str, part: str, content: bytes) -> bytes:
    body = (
        f'--y\r\nContent-Disposition: form-data; name="{part}"; filename="me"\r\n\r\n'.encode()
        + content
        + b"\r\n--y--\r\n"
    )
    told = HEAD.format(method="POST", path=path, size=len(body))
    return f"{told}Content-Type: multipart/form-data; boundary=y\r\n\r\n".encode() + body


def a_form(_web: Web, chance: random.Random) -> bytes:
    """A picture, or what is none."""
    return form("/v1/avatars", "image", chance.choice([PICTURE, NOT_A_PICTURE]))


def a_beginning(_web: Web, chance: random.Random) -> bytes:
    """An upload with its first portion."""
    size = chance.randrange(1, 1_500_000)
    return tus("POST", "/v1/uploads", bytes(size), f"Upload-Length: {size + chance.randrange(3)}")


def a_portion(web: Web, chance: random.Random) -> bytes:
    """The first portion of an upload that has begun."""
    size = chance.randrange(1, 1_500_000)
    begun = parse_head(web, tus("POST", "/v1/uploads", b"", f"Upload-Length: {size}"))
    return tus("PATCH", begun["location"], bytes(size), "Upload-Offset: 0")


def tus(method: str, path: str, body: bytes, *headers: str) -> bytes:
    told = HEAD.format(method=method, path=path, size=len(body))
    told += "Tus-Resumable: 1.0.0\r\n" + "".join(f"{header}\r\n" for header in headers)
    return f"{told}Content-Type: application/offset+octet-stream\r\n\r\n".encode() + body


def parse_head(web: Web, request: bytes) -> dict[str, str]:
    """Header fields of an answer, which may have no body."""
    with web.front.open(request) as peer:
        lines = read_all(peer).decode("latin-1").split("\r\n\r\n")[0].split("\r\n")[1:]
    return {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}


def break_off(web: Web, sent: bytes) -> None:
    with web.front.open() as peer, suppress(OSError):
        peer.sendall(sent)
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


def kill_during(web: Web, sent: bytes, seconds: float) -> None:
    """Send a whole request, and kill the process a moment later."""
    process = web_process(web)
    with web.front.open() as peer, suppress(OSError):
        peer.sendall(sent)
        time.sleep(seconds)
        process.kill()
        process.wait(5)
    wait_until(lambda: answers(web.front), 30)
    wait_until(lambda: is_one(web), 30)


def is_one(web: Web) -> bool:
    try:
        web_process(web)
    except (ValueError, psutil.NoSuchProcess):
        return False
    return True


def remove_what_was_stored(web: Web) -> None:
    """What was stored before its process was killed is no leftover."""
    asked = HEAD.format(method="GET", path="/v1/avatars?limit=100", size=0)
    for item in web.front.ask(f"{asked}\r\n".encode()).json["items"]:
        path = f"/v1/avatars/{item['id']}"
        parse_head(web, HEAD.format(method="DELETE", path=path, size=0).encode() + b"\r\n")


def expire_uploads(place: Path) -> None:
    opened = Database(f"sqlite:///{place / 'data' / 'jobs.db'}")
    with closing(opened) as database, database.write() as connection:
        connection.execute(update(library_upload).values(expires=0.0))


def clean(place: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "app", "clean", "--older-than", "1d"],
        cwd=config.ROOT,
        env=environment_of(place, config.ROOT / "models"),
        check=True,
    )


def left(data: Path) -> list[Path]:
    """Files of the data folder besides the database and the identity.

    The copies of input that jobs have are not of uploads: those are removed in their own time.
    """
    own = {"identity", "jobs.db", "jobs.db-wal", "jobs.db-shm", "jobs.db.migrating"}
    return [
        path
        for path in data.rglob("*")
        if path.is_file() and path.name not in own and "inputs" not in path.parts
    ]
