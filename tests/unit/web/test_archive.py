"""An archive that is made while it is read."""

from __future__ import annotations

import io
import random
import struct
import subprocess
import zipfile
import zlib
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from app.web.v1.archive import Archive, Member

CONTENTS = {
    "a/one.bin": b"one" * 1000,
    "a/empty": b"",
    "a/three.txt": b"3",
    "a/two blocks": b"2" * 0xFFFF * 2,
    "a/one more": b"1" * (0xFFFF + 1),
}


class Zeros(io.RawIOBase):
    """Stands in for a file of very many bytes, of which none is on a disk."""

    def __init__(self, size: int) -> None:
        self._size, self._at = size, 0

    def seek(self, offset: int, whence: int = 0, /) -> int:
        assert whence == 0
        self._at = offset
        return offset

    def read(self, size: int = -1, /) -> bytes:
        found = bytes(min(size, self._size - self._at))
        self._at += len(found)
        return found


def zeros(size: int) -> BinaryIO:
    return cast(BinaryIO, Zeros(size))


def member(name: str, content: bytes) -> Member:
    return Member(name, len(content), 1_700_000_001.0, lambda: io.BytesIO(content))


def archive(members: list[Member] | None = None) -> Archive:
    if members is None:
        members = [member(name, content) for name, content in CONTENTS.items()]
    return Archive(members, lambda: None)


def whole(made: Archive, most: int = 1 << 16) -> bytes:
    return b"".join(iter(lambda: made.read(most), b""))


def test_what_went_in_comes_out() -> None:
    with zipfile.ZipFile(io.BytesIO(whole(archive()))) as opened:
        assert opened.testzip() is None
        assert {info.filename: opened.read(info) for info in opened.infolist()} == CONTENTS
        assert {info.compress_type for info in opened.infolist()} == {zipfile.ZIP_DEFLATED}
        assert opened.infolist()[0].date_time == (2023, 11, 14, 22, 13, 20)
        assert opened.infolist()[0].external_attr >> 16 == 0o100644


@pytest.mark.parametrize("most", [1, 7, 100_000])
def test_its_length_is_known_before(most: int) -> None:
    made = archive()
    assert made.size == len(whole(made, most))
    assert made.seek(0, 2) == made.size


def test_it_is_the_same_where_a_peer_takes_less_than_was_read() -> None:
    whims, made, sent = random.Random(5), archive(), b""
    while piece := made.read(whims.randint(1, 50)):
        taken = whims.randint(0, len(piece))
        made.seek(made.tell() - len(piece) + taken)
        sent += piece[:taken]
    assert sent == whole(archive())


def test_unzip_takes_it(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(whole(archive()))
    done = subprocess.run(["unzip", "-o", path, "-d", tmp_path], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert {name: (tmp_path / name).read_bytes() for name in CONTENTS} == CONTENTS


def test_a_reader_that_cannot_seek_knows_where_each_file_ends() -> None:
    left, found = whole(archive()), {}
    while left.startswith(b"PK\3\4"):
        flags, method = struct.unpack_from("<2H", left, 6)
        name_length, extra_length = struct.unpack_from("<2H", left, 26)
        begins = 30 + name_length + extra_length
        name = left[30 : 30 + name_length].decode()
        assert (flags, method) == (8, 8)
        reader = zlib.decompressobj(-zlib.MAX_WBITS)
        found[name] = reader.decompress(left[begins:])
        assert reader.eof
        left = reader.unused_data
        packed = len(found[name]) + 5 * max(1, -(-len(found[name]) // 0xFFFF))
        told = struct.pack("<3I", zlib.crc32(found[name]), packed, len(found[name]))
        assert left.startswith(b"PK\7\x08" + told)
        left = left[16:]
    assert found == CONTENTS
    assert left.startswith(b"PK\1\2")


def test_nothing_is_opened_before_its_turn_and_all_is_closed() -> None:
    opened: list[io.BytesIO] = []

    def one() -> BinaryIO:
        opened.append(io.BytesIO(b"x" * 10))
        return opened[-1]

    closed: list[bool] = []
    made = Archive([Member(f"{n}", 10, 0.0, one) for n in range(3)], lambda: closed.append(True))
    assert not opened
    made.read(31)  # what stands before the first file
    made.read(5)  # and before its only block
    assert not opened
    made.read(5)
    assert len(opened) == 1 and not opened[0].closed
    whole(made)
    assert len(opened) == 3 and all(each.closed for each in opened)
    made.close()
    assert closed == [True]


def test_bytes_that_are_passed_over_have_no_checksum() -> None:
    made = archive()
    made.seek(500)
    with pytest.raises(OSError, match="in order"):
        made.read(10)
    made.seek(made.size - 10)
    with pytest.raises(OSError, match="in order"):
        made.read(10)


def test_a_file_that_became_shorter_breaks_it_off() -> None:
    made = archive([Member("a", 10, 0.0, lambda: io.BytesIO(b"123"))])
    with pytest.raises(OSError, match="shorter"):
        whole(made)


def test_a_file_of_a_time_before_the_format_has_the_earliest() -> None:
    made = archive([Member("a", 0, -5.0, io.BytesIO)])
    with zipfile.ZipFile(io.BytesIO(whole(made))) as opened:
        assert opened.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


@pytest.mark.slow
def test_more_files_than_sixteen_bits_count_are_told_in_sixty_four() -> None:
    made = archive([Member(f"{n}", 0, 0.0, io.BytesIO) for n in range(70_000)])
    with zipfile.ZipFile(io.BytesIO(whole(made))) as opened:
        assert len(opened.infolist()) == 70_000


@pytest.mark.slow
def test_more_than_four_gigabytes_are_told_in_sixty_four_bits(tmp_path: Path) -> None:
    sizes = {"small": 3, "large": (4 << 30) + 5, "after": 7}
    made = archive([Member(name, size, 0.0, partial(zeros, size)) for name, size in sizes.items()])
    path = tmp_path / "large.zip"
    with path.open("wb") as file:
        while piece := made.read(1 << 24):
            if piece.count(0) == len(piece) and len(piece) > 1000:
                file.seek(len(piece), 1)  # a hole
            else:
                file.write(piece)
        assert file.tell() == made.size
    assert path.stat().st_blocks * 512 < 300_000_000
    with zipfile.ZipFile(path) as opened:
        assert {info.filename: info.file_size for info in opened.infolist()} == sizes
        assert opened.read("after") == bytes(7)
    few = ["unzip", "-t", str(path), "small", "after"]  # the large one takes it long
    tested = subprocess.run(few, capture_output=True, check=False)
    assert tested.returncode == 0, tested.stdout[-500:]
