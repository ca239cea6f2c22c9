"""What kind of file a picture is in, known by its content and never by its name."""

from __future__ import annotations

import re
from enum import Enum

from app.portrait.tiff_header import raw_of_a_camera

READ = "JPEG, PNG, HEIC, WebP, AVIF, GIF, TIFF and BMP are read"

START = 4096
"""Bytes that tell the kind."""


class Kind(Enum):
    """A kind of picture that is read; the value is what people call it."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WebP"
    TIFF = "TIFF"
    GIF = "GIF"
    BMP = "BMP"
    HEIC = "HEIC"
    AVIF = "AVIF"


_READ: tuple[tuple[bytes, Kind], ...] = (
    (b"\xff\xd8\xff", Kind.JPEG),  # and MPO, whose first picture is taken
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"GIF87a", Kind.GIF),
    (b"GIF89a", Kind.GIF),
    (b"BM", Kind.BMP),
)

_TIFF = (b"II\x2a\x00", b"MM\x00\x2a", b"II\x2b\x00", b"MM\x00\x2b")

_UNREAD: tuple[tuple[bytes, str], ...] = (
    (b"\xff\x0a", "a JPEG XL picture"),
    (b"\x00\x00\x00\x0cJXL ", "a JPEG XL picture"),
    (b"\x00\x00\x00\x0cjP  ", "a JPEG 2000 picture"),
    (b"\xff\x4f\xff\x51", "a JPEG 2000 picture"),
    (b"II\xbc\x01", "a JPEG XR picture"),
    (b"8BPS", "a Photoshop picture"),
    (b"gimp xcf", "a GIMP picture"),
    (b"qoif", "a QOI picture"),
    (b"\x76\x2f\x31\x01", "an OpenEXR picture"),
    (b"#?RADIANCE", "a Radiance HDR picture"),
    (b"DDS ", "a DirectDraw picture"),
    (b"\x00\x00\x01\x00", "a Windows icon"),
    (b"icns", "an Apple icon"),
    (b"\xd7\xcd\xc6\x9a", "a Windows metafile"),
    (b"FUJIFILMCCD-RAW", "a RAW picture of a Fujifilm camera"),
    (b"IIRO", "a RAW picture of an Olympus camera"),
    (b"IIRS", "a RAW picture of an Olympus camera"),
    (b"IIU\x00", "a RAW picture of a Panasonic camera"),
    (b"FOVb", "a RAW picture of a Sigma camera"),
    (b"%PDF", "a PDF document"),
    (b"%!PS", "a PostScript document"),
    (b"\xc5\xd0\xd3\xc6", "a PostScript document"),
    (b"\x1aE\xdf\xa3", "a Matroska or WebM video"),
    (b"FLV\x01", "a Flash video"),
    (b"\x00\x00\x01\xba", "an MPEG video"),
    (b"\x00\x00\x01\xb3", "an MPEG video"),
    (b"0&\xb2u\x8ef\xcf\x11", "a Windows Media video"),
    (b"OggS", "an Ogg video or sound"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "a text document"),
)

_PORTABLE = re.compile(rb"P[1-7]\s")
_SVG = re.compile(rb"<svg[\s>]", re.IGNORECASE)
_WEB_PAGE = re.compile(rb"<(!doctype html|html|head|body)[\s>]", re.IGNORECASE)
_VIDEO_BRANDS = {
    *("isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "qt  ", "M4V ", "M4VH"),
    *("M4VP", "3gp4", "3gp5", "3gp6", "3g2a", "dash", "MSNV", "XAVC"),
}


def kind_of(start: bytes) -> Kind | None:
    """The kind of picture that begins so; None when it is none that is read.

    >>> kind_of(b"GIF89a"), kind_of(b"%PDF-1.7")
    (<Kind.GIF: 'GIF'>, None)
    """
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return Kind.WEBP
    if start.startswith(_TIFF):
        return None if raw_of_a_camera(start) else Kind.TIFF
    for first_bytes, kind in _READ:
        if start.startswith(first_bytes):
            return kind
    brands = _brands(start)
    if {"avif", "avis"} & brands:
        return Kind.AVIF
    if any(brand in {"mif1", "msf1"} or brand[:3] in {"hei", "hev"} for brand in brands):
        return Kind.HEIC
    return None


def refusal(start: bytes) -> str:
    """Why a file that begins so is not read, and what to do.

    >>> refusal(b"%PDF-1.7")
    'the file is a PDF document, not a photograph: save the picture in it as JPEG or PNG'
    """
    what = _name(start)
    if what is None:
        return f"the file is not a picture: {READ}"
    if "video" in what:
        return f"the file is {what}, not a photograph: take a still picture and save it as JPEG"
    if any(word in what for word in ("document", "archive", "web page", "drawing")):
        return f"the file is {what}, not a photograph: save the picture in it as JPEG or PNG"
    return f"the file is {what}, which is not read: save it as JPEG or PNG"


def _name(start: bytes) -> str | None:
    if not start:
        return None
    if start.startswith(_TIFF):
        return raw_of_a_camera(start)
    if start[:4] == b"RIFF" and start[8:12] == b"AVI ":
        return "an AVI video"
    for first_bytes, name in _UNREAD:
        if start.startswith(first_bytes):
            return name
    brands = _brands(start)
    if "crx " in brands:
        return "a RAW picture of a Canon camera (CR3)"
    if start[4:8] in {b"moov", b"mdat", b"wide", b"free"} or brands & _VIDEO_BRANDS:
        return "an MP4 or QuickTime video"
    if start[128:132] == b"DICM":
        return "a DICOM picture"
    if _PORTABLE.match(start):
        return "a PNM picture"
    if _SVG.search(start):
        return "an SVG drawing"
    return "a web page" if _WEB_PAGE.search(start) else None


def _brands(start: bytes) -> set[str]:
    """Major and compatible brands of a file in boxes, such as MP4 and HEIC."""
    if start[4:8] != b"ftyp":
        return set()
    end = min(int.from_bytes(start[:4], "big"), len(start))
    names = [start[8:12], *(start[place : place + 4] for place in range(16, end - 3, 4))]
    return {name.decode("latin-1") for name in names}
