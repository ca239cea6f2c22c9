"""Files as one ZIP that is made while it is read: nothing of it lies on a disk or in memory.

Not compressed, which videos do not need, so its length is known before.  A checksum stands behind
each file and in the directory at the end, when the bytes have been read.  Files lie in the stored
blocks of DEFLATE, of which the last says that it is the last: readers that cannot seek, as Java's
``ZipInputStream``, know without the directory where such a file ends; where one that is plainly
stored ends they do not.  The formats are RFC 1951 and PKWARE's APPNOTE.TXT 6.3.10, whose sections
are named where a record is made.
"""

from __future__ import annotations

import os
import struct
import time
import zlib
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import BinaryIO

_LARGE = 0xFFFFFFFF
"""A size or place that is this large or larger is told in 64 bits."""

_MANY = 0xFFFF

_SUM_COMES_LATER = 0x0008

_DEFLATED = 8

_BLOCK, _BLOCK_HEAD = 0xFFFF, 5
"""Bytes of a stored block at most, and of what stands before them (RFC 1951, 3.2.4)."""

_PLAIN, _WITH_64_BITS = 20, 45
"""What a reader must be able to do, as version of the format."""

_MADE_ON_UNIX = 3 << 8
_REGULAR_FILE = 0o100644 << 16


@dataclass(frozen=True, slots=True)
class Member:
    """A file that goes into an archive."""

    name: str
    """ASCII."""
    size: int
    modified: float
    """Seconds since the epoch."""
    open: Callable[[], BinaryIO]
    """Called when its turn comes; raises OSError when it is gone or another one."""

    @property
    def is_large(self) -> bool:
        return self.packed_size >= _LARGE

    @property
    def packed_size(self) -> int:
        """Bytes of its blocks; an empty file has one block, too."""
        return self.size + _BLOCK_HEAD * max(1, -(-self.size // _BLOCK))

    @property
    def header(self) -> bytes:
        """What stands before it (4.3.7)."""
        version = _WITH_64_BITS if self.is_large else _PLAIN
        size = _LARGE if self.is_large else 0
        extra = struct.pack("<HHQQ", 1, 16, 0, 0) if self.is_large else b""
        lengths = (len(self.name), len(extra))
        moment = _moment(self.modified)
        fields = (version, _SUM_COMES_LATER, _DEFLATED, *moment, 0, size, size, *lengths)
        return struct.pack("<4s5H3I2H", b"PK\3\4", *fields) + self.name.encode() + extra

    def descriptor(self, checksum: int) -> bytes:
        """What stands after it (4.3.9)."""
        form = "<4sIQQ" if self.is_large else "<4sIII"
        return struct.pack(form, b"PK\7\x08", checksum, self.packed_size, self.size)

    def block(self, at: int) -> tuple[int, int, bytes]:
        """The block in which a byte of the packed file lies.

        Returns:
            Where in the file its bytes begin, how many they are, and what stands before them.
        """
        number = at // (_BLOCK + _BLOCK_HEAD)
        start = number * _BLOCK
        length = min(_BLOCK, self.size - start)
        is_last = start + length == self.size
        return start, length, struct.pack("<BHH", is_last, length, length ^ _BLOCK)

    def entry(self, checksum: int, place: int) -> bytes:
        """What stands of it in the directory (4.3.12)."""
        values = (self.size, self.packed_size, place)
        large = [value for value in values if value >= _LARGE]
        extra = struct.pack(f"<HH{len(large)}Q", 1, 8 * len(large), *large) if large else b""
        version = _WITH_64_BITS if large else _PLAIN
        sizes = (min(self.packed_size, _LARGE), min(self.size, _LARGE))
        moment = _moment(self.modified)
        head = (_MADE_ON_UNIX | version, version, _SUM_COMES_LATER, _DEFLATED, *moment)
        lengths = (len(self.name), len(extra), 0, 0, 0)
        rest = (checksum, *sizes, *lengths, _REGULAR_FILE, min(place, _LARGE))
        return struct.pack("<4s6H3I5H2I", b"PK\1\2", *head, *rest) + self.name.encode() + extra


class Archive:
    """A file that can be read once, from its beginning; again only where it was just read."""

    def __init__(self, members: Sequence[Member], close: Callable[[], object]) -> None:
        """Nothing is opened yet.

        Args:
            close: Called when it is closed.
        """
        self._members = members
        self._close = close
        # Of each member three pieces: what stands before it, itself, what stands after it.
        lengths = [
            length
            for each in members
            for length in (len(each.header), each.packed_size, len(each.descriptor(0)))
        ]
        self._ends = list(accumulate(lengths))
        self._directory_at = self._ends[-1] if self._ends else 0
        sizes = [len(each.entry(0, self._begins(3 * n))) for n, each in enumerate(members)]
        self._directory_size = sum(sizes)
        self.size = self._directory_at + self._directory_size + len(self._end())
        self._at = 0
        self._sums: list[int] = []
        self._directory = bytearray()
        self._opened: tuple[int, BinaryIO] | None = None
        self._summed = (0, 0)
        """Of the opened one: how many bytes, and their checksum."""

    def read(self, size: int = -1, /) -> bytes:
        """Some bytes; none at the end.

        Raises:
            OSError: A file is not what it was, or bytes were passed over.
        """
        if size == 0 or self._at >= self.size:
            return b""
        piece = bisect_right(self._ends, self._at)
        found = self._piece(piece, size if size > 0 else self.size)
        self._at += len(found)
        return found

    def seek(self, offset: int, whence: int = 0, /) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def close(self) -> None:
        self._close_opened()
        self._close()

    def _piece(self, piece: int, most: int) -> bytes:
        """Bytes of a piece, from the present place on."""
        skipped = self._at - self._begins(piece)
        if piece == len(self._ends):
            return self._last(skipped, most)
        number, part = divmod(piece, 3)
        member = self._members[number]
        if part == 1:
            return self._packed(number, skipped, most)
        made = member.header if part == 0 else member.descriptor(self._sum(number))
        return made[skipped : skipped + most]

    def _packed(self, number: int, at: int, most: int) -> bytes:
        """Bytes of a block of a member, or of what stands before them."""
        start, length, head = self._members[number].block(at)
        skipped = at % (_BLOCK + _BLOCK_HEAD)
        if skipped < _BLOCK_HEAD:
            return head[skipped : skipped + most]
        skipped -= _BLOCK_HEAD
        return self._bytes(number, start + skipped, min(most, length - skipped))

    def _bytes(self, number: int, start: int, most: int) -> bytes:
        file = self._file(number)
        file.seek(start)
        found = file.read(most)
        if not found:
            raise OSError(f"{self._members[number].name} became shorter while it was sent")
        count, checksum = self._summed
        if start > count:
            raise OSError("an archive is read in order")
        new = found[count - start :]
        self._summed = count + len(new), zlib.crc32(new, checksum)
        return found

    def _file(self, number: int) -> BinaryIO:
        if self._opened is None or self._opened[0] != number:
            self._close_opened()
            self._opened = number, self._members[number].open()
            self._summed = 0, 0
        return self._opened[1]

    def _sum(self, number: int) -> int:
        """Checksum of a member whose bytes have been read; it goes into the directory."""
        if number == len(self._sums):
            member = self._members[number]
            is_opened = self._opened is not None and self._opened[0] == number
            count, checksum = self._summed if is_opened else (0, 0)
            if count != member.size:
                raise OSError("an archive is read in order")
            self._sums.append(checksum)
            self._directory += member.entry(checksum, self._begins(3 * number))
            self._close_opened()
        return self._sums[number]

    def _last(self, skipped: int, most: int) -> bytes:
        """Of the directory and its end."""
        if len(self._directory) != self._directory_size:
            raise OSError("an archive is read in order")
        if skipped < self._directory_size:
            return bytes(self._directory[skipped : skipped + most])
        skipped -= self._directory_size
        return self._end()[skipped : skipped + most]

    def _end(self) -> bytes:
        """What ends the archive (4.3.14 to 4.3.16)."""
        count, size, place = len(self._members), self._directory_size, self._directory_at
        large = b""
        if count >= _MANY or size >= _LARGE or place >= _LARGE:
            numbers = (count, count, size, place)
            version = (_MADE_ON_UNIX | _WITH_64_BITS, _WITH_64_BITS)
            large = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, *version, 0, 0, *numbers)
            large += struct.pack("<4sIQI", b"PK\6\7", 0, place + size, 1)
        few = min(count, _MANY)
        numbers_32 = (min(size, _LARGE), min(place, _LARGE))
        return large + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, few, few, *numbers_32, 0)

    def _begins(self, piece: int) -> int:
        return self._ends[piece - 1] if piece else 0

    def _close_opened(self) -> None:
        if self._opened is not None:
            self._opened[1].close()
            self._opened = None


def _moment(seconds: float) -> tuple[int, int]:
    """Time and date as MS-DOS has them (4.4.6), in UTC."""
    year, month, day, hour, minute, second, *_ = time.gmtime(max(seconds, 0.0))
    if year < 1980:
        return 0, 1 << 5 | 1
    return hour << 11 | minute << 5 | second // 2, min(year - 1980, 127) << 9 | month << 5 | day
