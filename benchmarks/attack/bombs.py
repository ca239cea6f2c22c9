"""Small files that unpack to large ones, and headers that promise more than there is."""

from __future__ import annotations

import gzip
import io
import itertools
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial

from benchmarks.attack.ground import Ground

SIZES = ((65_535, 65_535), (20_000, 20_000), (1_000_000, 1), (1, 1_000_000), (2**31 - 1, 2**31 - 1))
"""Width and height."""

ZEROS = 100_000_000
"""How much comes out of a packed file."""


def attack(ground: Ground) -> None:
    """Give each for whatever it could be taken for."""
    folder = ground.folder("bombs")
    for key, made in (
        ("face_path", _pictures()),
        ("voice_path", _sounds()),
        ("lecture_text_path", _texts()),
        ("lexicon_path", _lexicons()),
    ):
        for label, make in ground.some(made, 0.2):
            path = folder / label.replace(" ", "-").replace("/", "-")
            path.write_bytes(make())
            answer = ground.post(f"{key} {label}", **{key: str(path)})
            if key != "voice_path":
                ground.expect(f"{key} {label}", answer, good=answer.refused)
            path.unlink()
        ground.stop_everything()


Made = Iterator[tuple[str, Callable[[], bytes]]]


def _pictures() -> Made:
    for width, height in SIZES:
        size = f"of {width} x {height}"
        yield f"png {size}", partial(png, width, height, zlib.compress(b"\0" * 1000))
        yield f"interlaced png {size}", partial(png, width, height, b"", interlaced=True)
        for name, make in (
            ("gif", _gif),
            ("bmp", _bmp),
            ("tiff", _tiff),
            ("jpeg", _jpeg),
            ("webp", _webp),
            ("pnm", _pnm),
            ("heic", _heic),
        ):
            yield f"{name} {size}", partial(make, width, height)
    yield "png with a text of 100 MB", lambda: png(9, 9, b"", extra=(b"zTXt", _packed_text()))
    yield "png with a profile of 100 MB", lambda: png(9, 9, b"", extra=(b"iCCP", _packed_text()))
    yield "png of 100 MB in one line", lambda: png(9, 9, _zeros())
    yield "jpeg of 5000 scans", lambda: _jpeg(8000, 8000, scans=5000)
    yield "gif of 5000 frames", lambda: _gif(60_000, 60_000, frames=5000)
    yield "tiff whose pages go round", lambda: _tiff(9, 9, following=8)
    yield "zip", _zip
    yield "gzip", _gzip
    yield "svgz", lambda: gzip.compress(b"<svg>" + b" " * ZEROS)
    yield "laughing svg", lambda: _laughs("<svg>&j;</svg>").encode()


def _sounds() -> Made:
    for rate in (0, 1, 2**31 - 1, 2**32 - 1):
        yield f"wav of {rate} Hz", partial(wav, rate, 1, 16, b"\0" * 4000)
    for channels in (0, 255, 65_535):
        yield f"wav of {channels} channels", partial(wav, 24_000, channels, 16, b"\0" * 4000)
    for bits in (0, 1, 7, 64, 65_535):
        yield f"wav of {bits} bits", partial(wav, 24_000, 1, bits, b"\0" * 4000)
    yield "wav that claims 4 GB", lambda: wav(24_000, 1, 16, b"\0" * 4000, claimed=2**32 - 9)
    yield "silence of an hour", lambda: wav(8_000, 1, 8, b"\x80" * 28_800_000)
    yield "flac of a header", lambda: b"fLaC\x80\0\0\x22" + b"\xff" * 34
    yield "ogg of a header", lambda: b"OggS\0\2" + b"\xff" * 20 + b"\xff" * 300
    yield (
        "mp4 of a table",
        lambda: struct.pack(">I4s", 20, b"moov") + b"\0\0\0\x0cstsz\xff\xff\xff\xff",
    )
    yield "matroska in itself", lambda: b"\x1a\x45\xdf\xa3\x80" + b"\x18\x53\x80\x67\xff" * 50_000
    yield "tags of 20 MB", lambda: b"ID3\4\0\0\x09\x20\0\0" + b"TXXX" * 5_000_000
    yield "aac frames without sound", lambda: b"\xff\xf1\x50\x80\x01\x7f\xfc" * 5_000
    yield "mp3 frames without sound", lambda: (b"\xff\xfb\x10\0" + b"\0" * 100) * 50_000
    yield "amr", lambda: b"#!AMR\n" + b"\x04" * 3_000_000
    yield "zip", _zip
    yield "gzip", _gzip


def _texts() -> Made:
    yield "zip", _zip
    yield "gzip", _gzip
    yield "docx of 100 MB", lambda: _zip("word/document.xml")
    yield "zeros", lambda: b"\0" * 900_000
    yield "half characters", lambda: b"\xed\xa0\x80" * 300_000
    yield "UTF-32 beyond Unicode", lambda: b"\xff\xfe\0\0" + b"\xff\xff\xff\xff" * 1000


def _lexicons() -> Made:
    yield "laughing yaml", _laughing_yaml
    yield "450 nested lists", lambda: b"[" * 450 + b"]" * 450
    yield "1000 nested lists", lambda: b"[" * 1000 + b"]" * 1000
    yield "lists that never end", lambda: b"[" * 5000
    yield "990 nested maps", lambda: "".join(" " * i + "a:\n" for i in range(990)).encode()
    yield "a number of 10000 digits", lambda: b"en:\n  a: " + b"9" * 10_000
    yield "a sexagesimal number", lambda: b"en:\n  a: " + b"1:" * 5_000 + b"1"
    yield "gzip", _gzip
    yield "zip", _zip
    yield "laughing xml", lambda: _laughs("<en>&j;</en>").encode()


def png(
    width: int,
    height: int,
    data: bytes,
    *,
    interlaced: bool = False,
    extra: tuple[bytes, bytes] | None = None,
) -> bytes:
    """A grey PNG of one bit per pixel, whatever its data are."""

    def chunk(name: bytes, content: bytes) -> bytes:
        check = zlib.crc32(name + content)
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, int(interlaced))
    parts = [chunk(b"IHDR", head), *([chunk(*extra)] if extra else [])]
    return b"\x89PNG\r\n\x1a\n" + b"".join([*parts, chunk(b"IDAT", data), chunk(b"IEND", b"")])


def wav(rate: int, channels: int, bits: int, data: bytes, *, claimed: int | None = None) -> bytes:
    """A WAV whose header says so."""
    size = len(data) if claimed is None else claimed
    block = channels * bits // 8 % 65_536
    form = struct.pack("<HHIIHH", 1, channels, rate, rate * block % 2**32, block, bits)
    head = b"RIFF" + struct.pack("<I", min(size + 36, 2**32 - 1)) + b"WAVEfmt \x10\0\0\0" + form
    return head + b"data" + struct.pack("<I", size) + data


def _gif(width: int, height: int, frames: int = 1) -> bytes:
    size = struct.pack("<HH", width % 65_536, height % 65_536)
    frame = b",\0\0\0\0" + size + b"\0\2\2\x44\1\0"
    return b"GIF89a" + size + b"\x80\0\0\0\0\0\xff\xff\xff" + frame * frames + b";"


def _bmp(width: int, height: int) -> bytes:
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 8, 1, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 2000, 0, 0, 1078) + head + b"\0" * 1024 + b"\xff\0" * 400


def _tiff(width: int, height: int, following: int = 0) -> bytes:
    tags = (
        (256, width),
        (257, height),
        (258, 8),
        (259, 1),
        (262, 1),
        (273, 8),
        (277, 1),
        (279, 99),
    )
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    return (
        b"II*\0\x08\0\0\0" + struct.pack("<H", len(tags)) + entries + struct.pack("<I", following)
    )


def _jpeg(width: int, height: int, scans: int = 1) -> bytes:
    frame = b"\xff\xc2\0\x0b\x08" + struct.pack(">HH", height % 65_536, width % 65_536)
    frame += b"\1\1\x11\0"
    table = b"\xff\xc4\0\x14\0" + b"\1" + b"\0" * 15 + b"\0"
    quantised = b"\xff\xdb\0\x43\0" + b"\1" * 64
    scan = b"\xff\xda\0\x08\1\1\0\0\0\0" + b"\0" * 8
    return b"\xff\xd8" + quantised + frame + table + scan * scans + b"\xff\xd9"


def _webp(width: int, height: int) -> bytes:
    size = struct.pack("<I", (width - 1) % 2**24)[:3] + struct.pack("<I", (height - 1) % 2**24)[:3]
    chunk = b"VP8X" + struct.pack("<I", 10) + b"\x10\0\0\0" + size
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


def _pnm(width: int, height: int) -> bytes:
    return b"P6 %d %d 255\n\0\0\0" % (width, height)


def _heic(width: int, height: int) -> bytes:
    def box(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", 8 + len(content)) + name + content

    full = b"\0\0\0\0"
    extent = box(b"ispe", full + struct.pack(">II", width, height))
    properties = box(b"iprp", box(b"ipco", extent) + box(b"ipma", full + b"\0\0\0\1\0\1\1\x81"))
    item = box(b"infe", b"\2\0\0\0\0\1\0\0hvc1\0")
    content = full + box(b"hdlr", full * 2 + b"pict" + b"\0" * 13) + box(b"pitm", full + b"\0\1")
    content += box(b"iinf", full + b"\0\1" + item) + properties
    return box(b"ftyp", b"heic\0\0\0\0mif1heic") + box(b"meta", content)


def _zeros() -> bytes:
    return zlib.compress(b"\0" * ZEROS, 9)


def _packed_text() -> bytes:
    return b"x\0\0" + _zeros()


def _gzip() -> bytes:
    return gzip.compress(b"a" * ZEROS)


def _zip(name: str = "x.txt") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"a" * ZEROS)
    return packed.getvalue()


def _laughs(body: str) -> str:
    names = "abcdefghij"
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in itertools.pairwise(names)
    )
    return f'<?xml version="1.0"?><!DOCTYPE x [{entities}]>{body}'


def _laughing_yaml() -> bytes:
    names = "abcdefghij"
    lines = ["a: &a [ha, ha]"] + [
        f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]"
        for before, name in itertools.pairwise(names)
    ]
    return "\n".join([*lines, "en:\n  x: *j"]).encode()
