"""Files that hold no plain text are told by their content."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile

import pytest
from PIL import Image

from app.text.plain.formats import format_of
from tests.unit.text.plain.lecture_texts import TEXTS


def zipped(*names: str, kind: str = "") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        if kind:
            archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        for name in names:
            archive.writestr(name, "<xml/>" * 50)
    return packed.getvalue()


def old_office(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(99)


def picture(kind: str) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(drawn, kind)
    return drawn.getvalue()


def tarred() -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("lecture.txt"))
    return packed.getvalue()


OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
KINDS = {
    "Word document (.docx)": zipped("[Content_Types].xml", "word/document.xml"),
    "PowerPoint presentation (.pptx)": zipped("[Content_Types].xml", "ppt/presentation.xml"),
    "Excel workbook (.xlsx)": zipped("[Content_Types].xml", "xl/workbook.xml"),
    "OpenDocument text (.odt)": zipped("content.xml", kind=OPEN_DOCUMENT + "text"),
    "OpenDocument presentation (.odp)": zipped("content.xml", kind=OPEN_DOCUMENT + "presentation"),
    "OpenDocument spreadsheet (.ods)": zipped("content.xml", kind=OPEN_DOCUMENT + "spreadsheet"),
    "EPUB book": zipped("OEBPS/a.xhtml", kind="application/epub+zip"),
    "ZIP archive": zipped("lecture.txt"),
    "Word document (.doc)": old_office("WordDocument"),
    "PowerPoint presentation (.ppt)": old_office("PowerPoint Document"),
    "Excel workbook (.xls)": old_office("Workbook"),
    "old Microsoft Office document": old_office("Something"),
    "Rich Text Format (.rtf)": rb"{\rtf1\ansi Hello \b world\b0 .\par }",
    "PDF document": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "JPEG picture": picture("JPEG"),
    "PNG picture": picture("PNG"),
    "GIF picture": picture("GIF"),
    "BMP picture": picture("BMP"),
    "TIFF picture": picture("TIFF"),
    "WebP picture": picture("WEBP"),
    "HEIF picture": b"\0\0\0\x18ftypheic\0\0\0\0",
    "MPEG-4 video": b"\0\0\0\x18ftypisom\0\0\2\0",
    "MPEG-4 sound": b"\0\0\0\x18ftypM4A \0\0\2\0",
    "WAV sound": b"RIFF\x24\0\0\0WAVEfmt ",
    "AVI video": b"RIFF\x24\0\0\0AVI LIST",
    "MP3 sound": b"ID3\4\0\0\0\0\0\0",
    "Ogg sound": b"OggS\0\2",
    "FLAC sound": b"fLaC\0\0",
    "Matroska or WebM video": b"\x1a\x45\xdf\xa3\x9f",
    "gzip archive": gzip.compress(b"text"),
    "bzip2 archive": bz2.compress(b"text"),
    "xz archive": lzma.compress(b"text"),
    "7-Zip archive": b"7z\xbc\xaf\x27\x1c\0\4",
    "RAR archive": b"Rar!\x1a\x07\x01\0",
    "tar archive": tarred(),
    "program": b"\x7fELF\2\1\1",
    "FictionBook (.fb2)": b'<?xml version="1.0"?>\n<FictionBook xmlns="x">',
    "SVG picture": b'<?xml version="1.0"?>\n<svg xmlns="x">',
}


@pytest.mark.parametrize("name", KINDS)
def test_a_file_of_another_kind_is_named_with_what_to_do(name: str) -> None:
    told = format_of(KINDS[name])
    assert told is not None
    what, _, advice = told.partition(";")
    assert name in what
    assert "plain text" in advice and "UTF-8" in advice


@pytest.mark.parametrize(
    "text",
    [
        *TEXTS.values(),
        "<!DOCTYPE html>\n<html><body>Hello</body></html>",
        '<?xml version="1.0"?><html xmlns="x">Hello</html>',
        r"\documentclass{article}\begin{document}Hello\end{document}",
        "BM stands for benchmark. MZ is a letter pair, and PK is another.",
        "GIF is a format. %PDF is how a document begins.",
        "{\\it Hello}",
        "RIFF and ftyp are names.",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_is_no_file_of_another_kind(text: str, encoding: str) -> None:
    assert format_of(text.encode(encoding)) is None
