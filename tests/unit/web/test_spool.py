"""Room for large bodies, and where their bytes go."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.server import refusals
from app.web.server.spool import Body, NoRoom, Room, Spool

HERE, THERE = "192.0.2.1", "192.0.2.2"


@given(st.lists(st.binary(max_size=20_000), max_size=6))
def test_a_body_is_what_was_sent_in_memory_and_in_a_file(pieces: list[bytes]) -> None:
    body = Body(Spool(None, 100), None)
    for piece in pieces:
        body.append(piece)
    whole = b"".join(pieces)
    assert len(body) == len(whole)
    assert body.getfile().read() == whole
    assert body.getfile().read() == whole
    assert hasattr(body.getfile(), "getvalue") == (len(whole) <= 16_384)
    body.close()
    body.close()


def test_room_is_given_until_there_is_none_and_comes_back() -> None:
    spool = Spool(None, 100)
    rooms = [Room(spool, HERE), Room(spool, THERE), Room(spool, None)]
    assert [room.reserve(50) for room in rooms] == [None, None, refusals.SPOOL_FULL]
    assert spool.reserved_bytes == 100
    rooms[0].close()
    rooms[0].close()
    assert rooms[2].reserve(50) is None


def test_one_alone_always_has_room() -> None:
    spool = Spool(None, 100)
    assert Room(spool, HERE).reserve(1_000) is None
    assert Room(spool, THERE).reserve(1) is refusals.SPOOL_FULL


def test_one_address_has_half_with_all_its_bodies() -> None:
    spool = Spool(None, 100)
    assert Room(spool, HERE).reserve(40) is None
    assert Room(spool, HERE).reserve(11) is refusals.SPOOL_FULL
    assert Room(spool, HERE).reserve(10) is None
    assert Room(spool, THERE).reserve(50) is None


def test_many_behind_a_proxy_are_no_one_address() -> None:
    spool = Spool(None, 100)
    assert [Room(spool, None).reserve(50) for _ in range(2)] == [None, None]


def test_what_shows_its_length_late_asks_again_as_it_grows() -> None:
    spool = Spool(None, 20_000_000)
    growing, other = Room(spool, HERE), Room(spool, THERE)
    assert growing.reserve(None) is None
    assert other.reserve(15_000_000) is None
    growing.write(4_000_000)
    with pytest.raises(NoRoom) as refused:
        growing.write(1)
    assert refused.value.refusal is refusals.SPOOL_FULL
    other.close()
    growing.write(1)
    assert growing.written == 4_000_001


def test_what_others_have_still_to_send_counts_as_taken_of_the_disk(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    spool = Spool(tmp_path, 10**12)
    monkeypatch.setattr(spool, "_free_bytes", lambda: 1_000)
    first, second = Room(spool, HERE), Room(spool, THERE)
    assert first.reserve(600) is None
    assert second.reserve(600) is refusals.DISK_FULL
    first.write(600)  # is among what the disk tells as taken
    assert second.reserve(600) is None
