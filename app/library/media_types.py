"""What a stored file is, by its first bytes and never by what a caller says of it."""

from __future__ import annotations

import re
from typing import NamedTuple

START = 64
"""Bytes that tell."""


class MediaType(NamedTuple):
    """A kind of file."""

    name: str
    suffix: str
    """With its dot; empty when the kind is not known."""


UNKNOWN = MediaType("application/octet-stream", "")

_BY_START: tuple[tuple[re.Pattern[bytes], MediaType], ...] = tuple(
    (re.compile(start, re.DOTALL), MediaType(name, suffix))
    for start, name, suffix in (
        (rb"\xff\xd8\xff", "image/jpeg", ".jpg"),
        (rb"\x89PNG\r\n\x1a\n", "image/png", ".png"),
        (rb"GIF8[79]a", "image/gif", ".gif"),
        (rb"RIFF....WEBP", "image/webp", ".webp"),
        (rb"II[\x2a\x2b]\0|MM\0[\x2a\x2b]", "image/tiff", ".tiff"),
        (rb"BM", "image/bmp", ".bmp"),
        (rb"....ftypavi[fs]", "image/avif", ".avif"),
        (rb"....ftyp(?:mif1|msf1|hei|hev)", "image/heic", ".heic"),
        (rb"(?:RIFF|RF64)....WAVE", "audio/wav", ".wav"),
        (rb"\x1aE\xdf\xa3", "audio/webm", ".webm"),
        (rb"OggS", "audio/ogg", ".ogg"),
        (rb"fLaC", "audio/flac", ".flac"),
        (rb"....ftyp", "audio/mp4", ".m4a"),
        (rb"FORM....AIF[FC]", "audio/aiff", ".aiff"),
        (rb"caff", "audio/x-caf", ".caf"),
        (rb"ID3|\xff[\xfb\xfa\xf3\xf2\xe3\xe2]", "audio/mpeg", ".mp3"),
        (rb"\xff[\xf0\xf1\xf8\xf9]", "audio/aac", ".aac"),
        (rb"#!AMR", "audio/amr", ".amr"),
    )
)
"""The first that matches counts."""


def media_type(start: bytes) -> MediaType:
    """The kind of a file that begins so.

    >>> media_type(b"RIFF....WAVEfmt ").name, media_type(b"<html>").name
    ('audio/wav', 'application/octet-stream')
    """
    return next((told for begins, told in _BY_START if begins.match(start)), UNKNOWN)
