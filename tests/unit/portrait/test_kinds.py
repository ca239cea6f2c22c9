"""A file is known by its content, and one that is not read is called by its name."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from app.errors import SourceImageError
from app.portrait import read_picture
from app.portrait.kinds import Kind, kind_of


def refusal(tmp_path: Path, content: bytes) -> str:
    path = tmp_path / "face.jpg"
    path.write_bytes(content)
    with pytest.raises(SourceImageError) as caught:
        read_picture(path)
    return str(caught.value)


def boxed(major: bytes, *compatible: bytes) -> bytes:
    brands = major + bytes(4) + b"".join(compatible)
    return struct.pack(">I", len(brands) + 8) + b"ftyp" + brands


def tiff(order: str, *tags: tuple[int, int, int], after: bytes = b"") -> bytes:
    """The header of a TIFF: tag, type and value of each entry of its first directory."""
    mark = b"II*\0" if order == "<" else b"MM\0*"
    entries = b"".join(
        struct.pack(order + "HHI", tag, kind, 1)
        + struct.pack(
            order + ("HH" if kind == 3 else "I"), *((value, 0) if kind == 3 else (value,))
        )
        for tag, kind, value in tags
    )
    head = mark + struct.pack(order + "IH", 8, len(tags)) + entries + bytes(4)
    return head + after


def raw(make: bytes) -> bytes:
    tags = ((0x00FE, 4, 1), (0x010F, 2, 50), (0x014A, 4, 80))
    return tiff("<", *tags, after=make + bytes(40))


UNREAD = {
    "a JPEG XL picture": b"\xff\x0a\xfa\x1f",
    "a JPEG 2000 picture": b"\x00\x00\x00\x0cjP  \r\n\x87\n",
    "a Photoshop picture": b"8BPS\x00\x01",
    "a Windows icon": b"\x00\x00\x01\x00\x01\x00",
    "a RAW picture of a Canon camera (CR2)": b"II*\x00\x10\x00\x00\x00CR\x02\x00",
    "a RAW picture of a Canon camera (CR3)": boxed(b"crx ", b"crx ", b"isom"),
    "a RAW picture of a Nikon camera": raw(b"NIKON CORPORATION\0"),
    "a RAW picture of a Fujifilm camera": b"FUJIFILMCCD-RAW 0201",
    "a RAW picture (DNG)": tiff(">", (0x00FE, 4, 1), (0xC612, 1, 0x01040000)),
}
ELSEWHERE = {
    "a PDF document": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "an SVG drawing": b"<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'/>",
    "a web page": b"<!DOCTYPE html><html></html>",
    "a ZIP archive or an office document": b"PK\x03\x04\x14\x00",
}
MOVING = {
    "an MP4 or QuickTime video": boxed(b"qt  ", b"qt  "),
    "a Matroska or WebM video": b"\x1aE\xdf\xa3\x01\x00",
    "an AVI video": b"RIFF\x00\x00\x00\x00AVI LIST",
}


@pytest.mark.parametrize("name", UNREAD)
def test_a_picture_that_is_not_read_is_named_with_what_to_do(tmp_path: Path, name: str) -> None:
    sentence = refusal(tmp_path, UNREAD[name])
    assert sentence == f"the file is {name}, which is not read: save it as JPEG or PNG"


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_document_is_named(tmp_path: Path, name: str) -> None:
    sentence = refusal(tmp_path, ELSEWHERE[name])
    assert sentence.startswith(f"the file is {name}, not a photograph: save the picture in it")


@pytest.mark.parametrize("name", MOVING)
def test_a_video_is_named(tmp_path: Path, name: str) -> None:
    sentence = refusal(tmp_path, MOVING[name])
    assert sentence.startswith(f"the file is {name}, not a photograph: take a still picture")


@pytest.mark.parametrize("content", [b"", b"This is a text.", b"ftyp", b"II*\0", b"MM\0*\xff\xff"])
def test_what_has_no_name_is_refused_with_the_kinds_that_are_read(
    tmp_path: Path, content: bytes
) -> None:
    sentence = refusal(tmp_path, content)
    assert "damaged" in sentence or sentence == (
        "the file is not a picture: JPEG, PNG, HEIC, WebP, AVIF, GIF, TIFF and BMP are read"
    )


@pytest.mark.parametrize(
    ("brands", "kind"),
    [
        ((b"heic", b"mif1", b"heic"), Kind.HEIC),
        ((b"mif1", b"mif1", b"heic"), Kind.HEIC),
        ((b"heix", b"mif1"), Kind.HEIC),
        ((b"msf1", b"hevc"), Kind.HEIC),
        ((b"avif", b"mif1", b"miaf"), Kind.AVIF),
        ((b"mif1", b"avif"), Kind.AVIF),
    ],
)
def test_heic_and_avif_are_told_apart_by_their_brands(
    brands: tuple[bytes, ...], kind: Kind
) -> None:
    assert kind_of(boxed(*brands)) is kind
