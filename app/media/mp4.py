"""The index of an MP4: what its tracks hold and when they are shown, without a decoder.

Boxes and their fields are those of ISO/IEC 14496-12 (the file), 14496-14 (``esds``) and
14496-15 (``avcC``).  Only the index is read, and it can name no other file.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.errors import MediaError

_LARGEST_INDEX = 64 << 20
"""Bytes; ten hours of lecture have 12 MB."""
_CODECS = {b"avc1": "h264", b"avc3": "h264"}
_VISUAL, _AUDIO = 86, 36
"""Bytes of a sample entry before the boxes in it, its own header included."""
_AUDIO_MORE = {1: 16, 2: 36}
"""How many more they are in the versions of QuickTime's sound description."""
_AAC = 0x40
"""Object type of MPEG-4 audio in a decoder's configuration (14496-1, table 5)."""
_DECODER_CONFIG, _DECODER_SPECIFIC = 0x04, 0x05
_SKIPPED = {0x03: 3, _DECODER_CONFIG: 13}
"""Bytes of a descriptor before those in it."""


@dataclass(frozen=True, slots=True)
class Track:
    """One stream; times in its own ticks."""

    codec: str
    """``h264`` or ``aac``; else the four characters by which the file calls it."""
    ticks_per_second: int
    start: int
    """When its first sample is shown."""
    duration: int
    """How long it is shown."""
    cut: int
    """What is not shown of the beginning: an encoder's priming."""
    samples: int
    """Pictures or packets; 0 when the index does not count them."""
    sample_ticks: int
    """How long all of them last together, whatever of it is shown."""
    first_bytes: int
    """Size of the first one."""
    in_order: bool
    """Whether they are shown in the order in which they are stored."""
    decoder_setup: bytes
    """What a decoder must know: ``avcC`` of H.264, AudioSpecificConfig of AAC."""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Index:
    """The first picture track and the first sound track."""

    duration: float
    """Seconds, of the whole file."""
    picture: Track | None
    sound: Track | None


def read_index(path: Path) -> Index:
    """Read the index of an MP4.

    Raises:
        MediaError: It is missing, no MP4, has no index, or ends before its content does.
    """
    try:
        with path.open("rb") as opened:
            return _index(_movie(opened, path.name))
    except (OSError, ValueError, IndexError, struct.error) as error:
        raise MediaError(f"cannot read {path.name} as a video") from error


def _movie(opened: BinaryIO, name: str) -> memoryview:
    """The content of ``moov``."""
    end = opened.seek(0, os.SEEK_END)
    position, movie, breaks_off = 0, None, False
    while position < end:
        opened.seek(position)
        kind, header, size = _header(opened.read(16), end - position)
        if kind == b"moov":
            if size > min(_LARGEST_INDEX, end - position):
                raise ValueError("its index is not whole")
            opened.seek(position + header)
            movie = memoryview(opened.read(size - header))
        breaks_off = position + size > end
        position += size
    if movie is None:
        raise ValueError("it has no index")
    if breaks_off:
        raise MediaError(f"{name} breaks off")
    return movie


def _header(start: bytes | memoryview, left: int) -> tuple[bytes, int, int]:
    """Kind, bytes of the header, bytes of the whole box; ``left`` when it goes to the end."""
    size, kind = struct.unpack_from(">I4s", start)
    header = 8
    if size == 1:
        (size,) = struct.unpack_from(">Q", start, 8)
        header = 16
    elif size == 0:
        size = left
    if size < header:
        raise ValueError("a box is smaller than its header")
    return kind, header, size


def _boxes(content: memoryview) -> Iterator[tuple[bytes, memoryview]]:
    while len(content) >= 8:
        kind, header, size = _header(content, len(content))
        if size > len(content):
            raise ValueError("a box is larger than the one around it")
        yield kind, content[header:size]
        content = content[size:]


def _find(content: memoryview, *path: bytes) -> memoryview | None:
    """The first box that lies below these, one in another."""
    for kind in path:
        found = next((inner for name, inner in _boxes(content) if name == kind), None)
        if found is None:
            return None
        content = found
    return content


def _need(content: memoryview, *path: bytes) -> memoryview:
    found = _find(content, *path)
    if found is None:
        raise ValueError("a box is missing")
    return found


def _index(movie: memoryview) -> Index:
    ticks_per_second, duration = _clock(_need(movie, b"mvhd"))
    tracks: dict[bytes, Track] = {}
    for kind, content in _boxes(movie):
        if kind == b"trak":
            handler = bytes(_need(content, b"mdia", b"hdlr")[8:12])
            if handler in (b"vide", b"soun") and handler not in tracks:
                tracks[handler] = _track(content, ticks_per_second)
    return Index(duration / ticks_per_second, tracks.get(b"vide"), tracks.get(b"soun"))


def _clock(header: memoryview) -> tuple[int, int]:
    """Ticks per second and duration of ``mvhd`` or ``mdhd``."""
    layout, offset = (">IQ", 20) if header[0] == 1 else (">II", 12)
    ticks_per_second, duration = struct.unpack_from(layout, header, offset)
    if ticks_per_second == 0:
        raise ValueError("its clock stands still")
    return ticks_per_second, duration


def _track(content: memoryview, movie_ticks: int) -> Track:
    ticks, duration = _clock(_need(content, b"mdia", b"mdhd"))
    table = _need(content, b"mdia", b"minf", b"stbl")
    offsets = _find(table, b"ctts")
    first_shown = 0 if offsets is None else _first_offset(offsets)
    empty, shown, cut = _edits(_find(content, b"edts", b"elst"))
    if shown:
        duration = min(duration, _rescaled(shown, movie_ticks, ticks))
    samples, first_bytes = _sizes(_find(table, b"stsz"))
    codec, setup, width, height = _format(_need(table, b"stsd"))
    return Track(
        codec=codec,
        ticks_per_second=ticks,
        start=_rescaled(empty, movie_ticks, ticks) + max(0, first_shown - cut),
        duration=duration,
        cut=max(0, cut - first_shown),
        samples=samples,
        sample_ticks=_lasting(_need(table, b"stts")),
        first_bytes=first_bytes,
        in_order=offsets is None,
        decoder_setup=setup,
        width=width,
        height=height,
    )


def _rescaled(ticks: int, of: int, to: int) -> int:
    return (ticks * to + of // 2) // of


def _edits(table: memoryview | None) -> tuple[int, int, int]:
    """Movie ticks of emptiness in front, movie ticks shown, track ticks cut off in front."""
    empty, shown, cut = 0, 0, None
    if table is not None:
        layout = ">Qq4x" if table[0] == 1 else ">Ii4x"
        count = struct.unpack_from(">I", table, 4)[0]
        edits = table[8 : 8 + count * struct.calcsize(layout)]
        for lasting, since in struct.iter_unpack(layout, edits):
            if since >= 0:
                shown += lasting
                cut = since if cut is None else cut
            elif cut is None:
                empty += lasting
    return empty, shown, cut or 0


def _first_offset(table: memoryview) -> int:
    """By how much the first sample is shown later than it is stored."""
    count = struct.unpack_from(">I", table, 4)[0]
    offset: int = struct.unpack_from(">i", table, 12)[0] if count else 0
    return offset


def _sizes(table: memoryview | None) -> tuple[int, int]:
    """How many samples there are, and the size of the first."""
    if table is None:
        return 0, 0
    same, count = struct.unpack_from(">II", table, 4)
    first = same if same or not count else struct.unpack_from(">I", table, 12)[0]
    return count, first


def _lasting(table: memoryview) -> int:
    count = struct.unpack_from(">I", table, 4)[0]
    return sum(n * ticks for n, ticks in struct.iter_unpack(">II", table[8 : 8 + 8 * count]))


def _format(descriptions: memoryview) -> tuple[str, bytes, int, int]:
    """Codec, decoder setup, width and height of the first description."""
    size, kind = struct.unpack_from(">I4s", descriptions, 8)
    entry = descriptions[8 : 8 + size]
    if kind in _CODECS:
        width, height = struct.unpack_from(">HH", entry, 32)
        return _CODECS[kind], bytes(_find(entry[_VISUAL:], b"avcC") or b""), width, height
    if kind == b"mp4a":
        (version,) = struct.unpack_from(">H", entry, 16)
        boxes = entry[_AUDIO + _AUDIO_MORE.get(version, 0) :]
        stream = _find(boxes, b"esds") or _find(boxes, b"wave", b"esds")
        object_type, setup = (0, b"") if stream is None else _decoder(stream[4:])
        return "aac" if object_type == _AAC else "mp4a", setup, 0, 0
    return kind.decode("ascii", "replace").strip(), b"", 0, 0


def _decoder(descriptors: memoryview) -> tuple[int, bytes]:
    """Object type and specific configuration of a decoder, from nested descriptors."""
    object_type = 0
    while descriptors:
        tag, content = _descriptor(descriptors)
        if tag == _DECODER_SPECIFIC:
            return object_type, bytes(content)
        if tag not in _SKIPPED:
            break
        if tag == _DECODER_CONFIG:
            object_type = content[0]
        descriptors = content[_SKIPPED[tag] :]
    return object_type, b""


def _descriptor(descriptors: memoryview) -> tuple[int, memoryview]:
    """Tag and content; the length comes in sevens of bits, each byte but the last above 127."""
    length, position = 0, 1
    while True:
        byte = descriptors[position]
        length, position = length << 7 | byte & 0x7F, position + 1
        if byte < 0x80:
            return descriptors[0], descriptors[position : position + length]
