"""HEIC files as phones write them: tiles in a grid, turned by a property, with a profile.

Nothing that the service loads can write them.  The tiles are encoded by libx265, which comes
with PyAV and is loaded by tests and measurements only; the boxes around them are written here.

Source: ISO/IEC 23008-12 (HEIF) and 14496-12 (boxes).
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Sequence
from fractions import Fraction

import av
import av.video
import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]

TILE = 512

_TURNS: dict[int, tuple[bytes, ...]] = {
    1: (),
    2: (b"imir\x01",),
    3: (b"irot\x02",),
    4: (b"imir\x00",),
    5: (b"irot\x01", b"imir\x00"),
    6: (b"irot\x03",),
    7: (b"irot\x03", b"imir\x00"),
    8: (b"irot\x01",),
}
"""Properties, type and content, that show a picture as an EXIF orientation would."""


def heic(
    picture: Picture, *, tile: int | None = TILE, orientation: int = 1, profile: bytes = b""
) -> bytes:
    """A HEIC of a picture.

    Args:
        picture: RGB, as it is stored; both sides even.
        tile: Side of the tiles of a grid; None for a picture in one piece.
        orientation: How it is to be turned when shown, as EXIF numbers it.
        profile: An ICC profile.
    """
    height, width = picture.shape[:2]
    if tile is None:
        tiles, (rows, columns), size = [picture], (1, 1), (width, height)
    else:
        rows, columns = -(-height // tile), -(-width // tile)
        beyond = ((0, rows * tile - height), (0, columns * tile - width), (0, 0))
        padded = np.pad(picture, beyond, mode="edge")
        tiles = [
            padded[row * tile : (row + 1) * tile, column * tile : (column + 1) * tile]
            for row in range(rows)
            for column in range(columns)
        ]
        size = (tile, tile)
    configuration, samples = _encoded(tiles)
    if tile is not None:
        grid = struct.pack(">BBBBII", 0, 1, rows - 1, columns - 1, width, height)
        samples.append(grid)
    properties = _properties(configuration, size, (width, height), orientation, profile)
    return _file(samples, properties, n_tiles=len(tiles), is_grid=tile is not None)


def _encoded(tiles: Sequence[Picture]) -> tuple[bytes, list[bytes]]:
    """The decoder's configuration, and each tile's own picture."""
    written = io.BytesIO()
    with av.open(written, "w", format="mp4") as video:
        height, width = tiles[0].shape[:2]
        parameters = "keyint=1:min-keyint=1:bframes=0:log-level=none:info=0"
        stream = video.add_stream(
            "libx265", rate=25, options={"x265-params": parameters, "crf": "16"}
        )
        assert isinstance(stream, av.video.VideoStream)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.codec_context.codec_tag = "hvc1"
        stream.time_base = Fraction(1, 25)
        for tile in tiles:
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(tile), format="rgb24")
            video.mux(stream.encode(frame))
        video.mux(stream.encode(None))
    content = written.getvalue()
    place = content.index(b"hvcC") - 4
    (length,) = struct.unpack_from(">I", content, place)
    with av.open(io.BytesIO(content), "r") as stored:
        samples = [bytes(packet) for packet in stored.demux(video=0) if packet.size]
    return content[place + 8 : place + length], samples


def _properties(
    configuration: bytes,
    tile: tuple[int, int],
    whole: tuple[int, int],
    orientation: int,
    profile: bytes,
) -> list[bytes]:
    """In the order in which :func:`_file` refers to them: first two of a tile, then the rest."""
    coding = struct.pack(">4sHHHB", b"nclx", 1, 13, 6, 0)
    found = [
        _box(b"hvcC", configuration),
        _full(b"ispe", struct.pack(">II", *tile)),
        _full(b"ispe", struct.pack(">II", *whole)),
        _box(b"colr", coding),
    ]
    if profile:
        found.append(_box(b"colr", b"prof" + profile))
    return found + [_box(turn[:4], turn[4:]) for turn in _TURNS[orientation]]


def _file(
    samples: Sequence[bytes], properties: Sequence[bytes], *, n_tiles: int, is_grid: bool
) -> bytes:
    """Boxes and content; items are numbered from 1, the grid comes last."""
    kinds = [b"hvc1"] * n_tiles + [b"grid"] * is_grid
    shared = [1, 2, 4]
    of_primary = [*([] if is_grid else [1]), *range(3, len(properties) + 1)]
    referred = [shared] * n_tiles + [of_primary] if is_grid else [of_primary]
    head = _box(b"ftyp", b"heic\0\0\0\0mif1heic")
    meta = b""
    for start in (0, len(head) + 8):
        # The second time it is known where the content begins.
        places = _locations(samples, start + len(meta))
        meta = _meta(kinds, properties, referred, places)
    return head + meta + _box(b"mdat", b"".join(samples))


def _meta(
    kinds: Sequence[bytes],
    properties: Sequence[bytes],
    referred: Sequence[Sequence[int]],
    places: bytes,
) -> bytes:
    primary = len(kinds)
    entries = b"".join(
        _full(b"infe", struct.pack(">HH", number, 0) + kind + b"\0", 2, int(number != primary))
        for number, kind in enumerate(kinds, 1)
    )
    parts = [
        _full(b"hdlr", b"\0\0\0\0pict" + bytes(13)),
        _full(b"pitm", struct.pack(">H", primary)),
        _full(b"iinf", struct.pack(">H", len(kinds)) + entries),
    ]
    if len(kinds) > 1:
        tiles = range(1, primary)
        numbers = struct.pack(f">HH{len(tiles)}H", primary, len(tiles), *tiles)
        parts.append(_full(b"iref", _box(b"dimg", numbers)))
    associated = b"".join(
        struct.pack(">HB", number, len(indices)) + bytes(0x80 | index for index in indices)
        for number, indices in enumerate(referred, 1)
    )
    table = _full(b"ipma", struct.pack(">I", len(referred)) + associated)
    parts.append(_box(b"iprp", _box(b"ipco", b"".join(properties)) + table))
    parts.append(places)
    return _full(b"meta", b"".join(parts))


def _locations(samples: Iterable[bytes], start: int) -> bytes:
    places = b""
    count = 0
    for count, sample in enumerate(samples, 1):
        places += struct.pack(">HHHII", count, 0, 1, start, len(sample))
        start += len(sample)
    return _full(b"iloc", struct.pack(">BBH", 0x44, 0, count) + places)


def _full(kind: bytes, content: bytes, version: int = 0, flags: int = 0) -> bytes:
    return _box(kind, struct.pack(">I", version << 24 | flags) + content)


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + kind + content
