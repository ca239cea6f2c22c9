"""What a file is in which no sound was found, in the words of whoever sent it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from app.errors import MediaError
from app.media.containers import FOREIGN, FOREIGN_CPU_SECONDS
from app.media.ffmpeg import run, source

_HEAD = 1 << 16
"""Bytes looked at from the start."""

_PROBE_SECONDS = 30.0

_BEGINNINGS = (
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"BM", "a BMP picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document"),
    (b"Rar!", "an archive (RAR)"),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7z)"),
    (b"\x1f\x8b", "an archive (gzip)"),
    (b"\xfd7zXZ\0", "an archive (xz)"),
    (b"MThd", "a MIDI file: notes, not sound"),
    (b"#EXTM3U", "a playlist, which only names other files"),
    (b"[playlist]", "a playlist, which only names other files"),
    (b"ffconcat", "a playlist, which only names other files"),
    (b"Salted__", "encrypted"),
    (b"-----BEGIN PGP MESSAGE", "encrypted"),
    (b"age-encryption.org/", "encrypted"),
)

_PICTURE_BRANDS = frozenset({b"heic", b"heix", b"mif1", b"msf1", b"avif", b"avis"})
_OFFICE = (b"word/", b"ppt/", b"xl/", b"mimetypeapplication/vnd.oasis")
_ASF = b"0&\xb2u\x8ef\xcf\x11"
_MEDIA = (b"RIFF", b"RF64", b"FORM", b"OggS", b"ID3", b"fLaC", b"caff", b".snd", b"FLV", b"#!AMR",
          b"\x1aE\xdf\xa3", b"\0\0\1\xba", _ASF, b".RMF")  # fmt: skip
"""How files of sound and video begin."""

_LOCKED_BOXES = re.compile(rb"enca|drms|aavd|aaxc")
"""Sample entries of an MP4 that only a key opens: common encryption, FairPlay, Audible."""

_LOCKED_ASF = (
    bytes.fromhex("fbb31122 23bd d211 b4b7 00a0c955fc6e"),
    bytes.fromhex("14e68a29 2226 174c b935 dae07ee9289c"),
)
"""Content encryption objects of Windows Media."""


LOCKED = "is copy-protected: its sound cannot be read without its key"


def why_no_sound(path: Path, *, ffmpeg: Path | None = None) -> str:
    """What to say of a file whose sound cannot be decoded, to follow "the voice sample".

    Args:
        path: A file that is there.
        ffmpeg: The program; found when not given.

    Raises:
        EngineUnavailable: There is no ffmpeg.
    """
    with path.open("rb") as opened:
        head = opened.read(_HEAD)
    if told := _known(head):
        return f"holds no sound: it is {told}"
    if is_locked(path):
        return LOCKED
    streams = _streams(path, ffmpeg)
    if sounds := [codec for kind, codec in streams if kind == "audio"]:
        return f"holds sound that cannot be decoded ({sounds[0]}): it is damaged or encrypted"
    if streams:
        return "has no sound: it is a video without a sound track"
    if _lacks_index(path, head):
        return "is cut off: the index at its end is missing, as when a copy breaks off"
    if head.startswith(_MEDIA) or head[4:8] == b"ftyp":
        return "holds no sound that can be read: it is cut off or damaged"
    if _is_text(head):
        return "holds no sound: it is a text"
    return "holds no sound that can be read: it is no recording in a format known here"


def is_locked(path: Path) -> bool:
    """Whether a file's sound is encrypted; ffmpeg may make noise of it all the same."""
    with path.open("rb") as opened:
        head = opened.read(_HEAD)
    if head.startswith(_ASF):
        return any(guid in head for guid in _LOCKED_ASF)
    index = next((box for name, box in _boxes(path, head) if name == b"moov"), b"")
    return bool(_LOCKED_BOXES.search(index))


def _known(head: bytes) -> str | None:
    """What a file is that is certainly no recording."""
    if not head.strip(b"\0"):
        return "empty, nothing but zeros"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "a WebP picture"
    if head[4:8] == b"ftyp" and head[8:12] in _PICTURE_BRANDS:
        return "a HEIC or AVIF picture"
    if head.startswith(b"PK\3\4"):
        return "an office document" if any(x in head for x in _OFFICE) else "an archive (ZIP)"
    if re.match(rb"\s*<(!doctype html|html)", head, re.IGNORECASE):
        return "a web page"
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return next((name for start, name in _BEGINNINGS if bare.startswith(start)), None)


def _is_text(head: bytes) -> bool:
    """Whether it reads as text of some 8-bit encoding or of UTF-16."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]", head)


def _streams(path: Path, ffmpeg: Path | None) -> list[tuple[str, str]]:
    """Kind and codec of each stream; none when ffmpeg does not know the file."""
    # The head of this format names the streams; nothing is decoded and nothing copied.
    graph = source(path, **FOREIGN).output("pipe:1", map="0", codec="copy", t=0, format="framecrc")
    try:
        told = run(
            graph,
            purpose=f"looking into {path.name}",
            timeout=_PROBE_SECONDS,
            ffmpeg=ffmpeg,
            cpu_seconds=FOREIGN_CPU_SECONDS,
        )
    except MediaError:
        return []
    rows = told.decode("utf-8", "replace")
    kinds = dict(re.findall(r"^#media_type (\d+): (\w+)", rows, re.MULTILINE))
    codecs = dict(re.findall(r"^#codec_id (\d+): (\w+)", rows, re.MULTILINE))
    return [(kind, codecs.get(number, "unknown")) for number, kind in kinds.items()]


def _lacks_index(path: Path, head: bytes) -> bool:
    boxes = {name for name, _ in _boxes(path, head)}
    return bool(boxes & {b"ftyp", b"mdat"}) and not boxes & {b"moov", b"moof"}


def _boxes(path: Path, head: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The outermost boxes of an MP4 and how each begins; nothing of another file."""
    if head[4:8] not in (b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide"):
        return
    end, place = path.stat().st_size, 0
    with path.open("rb") as opened:
        while place + 8 <= end:
            opened.seek(place)
            start = opened.read(_HEAD)
            length = int.from_bytes(start[:4], "big")
            if length == 1:
                length = int.from_bytes(start[8:16], "big")
            yield start[4:8], start[: length or len(start)]
            if length < 8:
                return
            place += length
