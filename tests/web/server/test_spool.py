"""Large bodies have so much room and no more, and leave nothing behind."""

from __future__ import annotations

import os
import random
import socket
from contextlib import ExitStack
from dataclasses import replace
from ipaddress import IPv4Network
from pathlib import Path

import pytest

from app.web.server import spool
from app.web.server.bounds import Bounds
from tests.process.family import wait_until
from tests.web.server.bodies import (
    BOUNDS,
    CHUNKED,
    LARGE,
    VOICE,
    chunks,
    length,
    problem,
)
from tests.web.server.front import PING, InThread, StandInApplication, parse, read_all


@pytest.fixture
def bounds() -> Bounds:
    return BOUNDS


def test_when_it_is_full_the_next_is_told_to_come_again(front: InThread) -> None:
    with ExitStack() as peers:
        for number in range(4):
            peer = front.open(VOICE + length(1_000_000) + b"x", f"127.0.0.{number + 2}")
            peers.enter_context(peer)
        wait_until(lambda: front.server.spool.reserved_bytes == 4_000_000)
        answer = front.ask(VOICE + length(900_000))
        assert problem(answer) == (503, "busy")
        assert answer.headers["retry-after"] == "10"
        assert front.seconds_of(PING) < 1
    wait_until(lambda: front.server.spool.reserved_bytes == 0)
    assert front.ask(VOICE + length(900_000) + LARGE).status == 200


def test_one_address_has_half_of_it_so_that_others_can_send(front: InThread) -> None:
    with ExitStack() as peers:
        for _ in range(2):
            peers.enter_context(front.open(VOICE + length(1_000_000) + b"x"))
        wait_until(lambda: front.server.spool.reserved_bytes == 2_000_000)
        assert problem(front.ask(VOICE + length(900_000)))[1] == "busy"
        assert front.ask(VOICE + length(900_000) + LARGE, "127.0.0.2").status == 200


def test_one_that_does_not_say_how_large_it_is_grows_until_there_is_no_room(
    front: InThread, bounds: Bounds
) -> None:
    upload = CHUNKED.replace(b"POST /v1/voices", b"PATCH /v1/uploads/up_1")
    with ExitStack() as peers:
        for number in range(3):
            peer = front.open(VOICE + length(1_000_000) + b"x", f"127.0.0.{number + 2}")
            peers.enter_context(peer)
        wait_until(lambda: front.server.spool.reserved_bytes == 3_000_000)
        peer = peers.enter_context(front.open(upload))
        peer.sendall(chunks(b"x" * 2_000_000)[:-5])
        assert problem(parse(read_all(peer))) == (503, "busy")


def test_more_than_the_disk_has_left_is_refused_before_it_is_sent(
    front: InThread, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found = os.statvfs(tmp_path)
    monkeypatch.setattr(spool, "_FREE_BYTES", found.f_bavail * found.f_frsize)
    assert problem(front.ask(VOICE + length(900_000))) == (507, "disk_full")


def test_a_disk_that_is_full_meanwhile_is_told(
    front: InThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: spool.Spool) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(spool.Spool, "open", full)
    assert problem(front.ask(VOICE + length(900_000) + LARGE)) == (507, "disk_full")
    assert front.server.spool.reserved_bytes == 0


def test_a_spool_that_is_gone_is_told_and_ends_nothing_else(
    front: InThread, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    tmp_path.rmdir()
    assert problem(front.ask(VOICE + length(900_000) + LARGE)) == (507, "disk_full")
    assert front.ask(PING).status == 200
    assert "cannot keep a request body error=No such file or directory" in caplog.text


def test_its_files_have_no_names(front: InThread, tmp_path: Path) -> None:
    with front.open(VOICE + length(900_000) + LARGE[:500_000]):
        wait_until(lambda: bool(spooled(tmp_path)))
        assert list(tmp_path.iterdir()) == []
    wait_until(lambda: not spooled(tmp_path))


@pytest.mark.parametrize("framing", ["length", "chunks"])
@pytest.mark.parametrize("bounds", [replace(BOUNDS, spool_bytes=1_000_000_000)], ids=[""])
def test_of_bodies_that_are_cut_off_anywhere_nothing_is_left(
    front: InThread,
    application: StandInApplication,
    tmp_path: Path,
    framing: str,
) -> None:
    whole = VOICE + length(900_000) + LARGE if framing == "length" else CHUNKED + chunks(LARGE)
    chance = random.Random(20)
    for _ in range(60):
        with front.open(whole[: chance.randrange(len(VOICE), len(whole))]) as peer:
            if chance.random() < 0.5:
                peer.shutdown(socket.SHUT_WR)
                assert problem(parse(read_all(peer))) == (400, "bad_request")
    front.ask(PING)  # has been accepted after all of them
    wait_until(lambda: not front.server.door.channels, 5)
    assert [seen["PATH_INFO"] for seen in application.seen] == ["/ping"]
    assert front.server.spool.reserved_bytes == 0
    assert not spooled(tmp_path)


@pytest.mark.parametrize("bounds", [Bounds(exempt=(IPv4Network("127.0.0.0/8"),))], ids=[""])
def test_callers_behind_a_trusted_proxy_share_no_half(front: InThread) -> None:
    upload = VOICE.replace(b"POST /v1/voices", b"PATCH /v1/uploads/up_1")
    with ExitStack() as peers:
        for _ in range(3):
            peers.enter_context(front.open(upload + length(600_000_000) + b"x"))
        wait_until(lambda: front.server.spool.reserved_bytes == 1_800_000_000)


def spooled(folder: Path) -> list[str]:
    """Open files without a name that lie in a folder."""
    found = []
    for link in Path("/proc/self/fd").iterdir():
        try:
            target = str(link.readlink())
        except OSError:
            continue
        if target.startswith(f"{folder}/") and target.endswith(" (deleted)"):
            found.append(target)
    return found
