"""What a file is that should be plain text, told by its content.

Nothing is parsed: only bytes are compared, for the file is a stranger's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_LETTERED = "; open it and save it as plain text (.txt) in UTF-8"
_SHOWN = "; write the lecture's text as plain text (.txt) in UTF-8"
_PACKED = "; unpack it and name the text inside, plain text in UTF-8"

_IN_ZIP: Sequence[tuple[bytes, str]] = (
    (b"word/document", "a Word document (.docx)"),
    (b"ppt/presentation", "a PowerPoint presentation (.pptx)"),
    (b"xl/workbook", "an Excel workbook (.xlsx)"),
    (b"application/epub+zip", "an EPUB book"),
    (b"application/vnd.oasis.opendocument.text", "an OpenDocument text (.odt)"),
    (b"application/vnd.oasis.opendocument.presentation", "an OpenDocument presentation (.odp)"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "an OpenDocument spreadsheet (.ods)"),
    (b"Index/Document.iwa", "an Apple iWork document"),
    (b"Index/Presentation.iwa", "an Apple iWork document"),
)
"""Names inside a ZIP archive, which stand there as they are."""

_IN_OLE: Sequence[tuple[bytes, str]] = (
    ("WordDocument".encode("utf-16-le"), "a Word document (.doc)"),
    ("PowerPoint Document".encode("utf-16-le"), "a PowerPoint presentation (.ppt)"),
    ("Workbook".encode("utf-16-le"), "an Excel workbook (.xls)"),
)
"""Names inside an old document of Microsoft Office."""

_BEGINS: Sequence[tuple[bytes, str]] = (
    (rb"\s*\{\\rtf", "a document in Rich Text Format (.rtf)" + _LETTERED),
    (rb".{0,1024}%PDF-\d", "a PDF document" + _LETTERED),
    (rb"%!PS", "a PostScript document" + _LETTERED),
    (rb"AT&TFORM", "a DjVu document" + _LETTERED),
    (rb"\x89PNG\r\n\x1a\n", "a PNG picture" + _SHOWN),
    (rb"\xff\xd8\xff", "a JPEG picture" + _SHOWN),
    (rb"GIF8[79]a", "a GIF picture" + _SHOWN),
    (rb"BM.{4}\0\0\0\0", "a BMP picture" + _SHOWN),
    (rb"II\*\0|MM\0\*", "a TIFF picture" + _SHOWN),
    (rb"RIFF.{4}WEBP", "a WebP picture" + _SHOWN),
    (rb"RIFF.{4}WAVE", "a WAV sound" + _SHOWN),
    (rb"RIFF.{4}AVI ", "an AVI video" + _SHOWN),
    (rb".{4}ftyp(?:heic|heix|mif1|msf1|avif)", "a HEIF picture" + _SHOWN),
    (rb".{4}ftyp(?:M4A|M4B)", "an MPEG-4 sound" + _SHOWN),
    (rb".{4}ftyp", "an MPEG-4 video" + _SHOWN),
    # In Russian a text may begin with these two bytes, but it has no NUL.
    (rb"ID3[\2-\4]|\xff[\xfb\xfa\xf3\xf2].{0,4000}\0", "an MP3 sound" + _SHOWN),
    (rb"OggS", "an Ogg sound" + _SHOWN),
    (rb"fLaC", "a FLAC sound" + _SHOWN),
    (rb"FORM.{4}AIF", "an AIFF sound" + _SHOWN),
    (rb"\x1a\x45\xdf\xa3", "a Matroska or WebM video" + _SHOWN),
    (rb"\x1f\x8b", "a gzip archive" + _PACKED),
    (rb"BZh[1-9]1AY&SY", "a bzip2 archive" + _PACKED),
    (rb"\xfd7zXZ\0", "an xz archive" + _PACKED),
    (rb"\x28\xb5\x2f\xfd", "a Zstandard archive" + _PACKED),
    (rb"7z\xbc\xaf\x27\x1c", "a 7-Zip archive" + _PACKED),
    (rb"Rar!\x1a\x07", "a RAR archive" + _PACKED),
    (rb".{257}ustar", "a tar archive" + _PACKED),
    (rb"\x7fELF|MZ.{58}", "a program" + _SHOWN),
    (rb"SQLite format 3\0", "a database" + _SHOWN),
    (rb"\s*<\?xml.{0,1024}<FictionBook", "a FictionBook (.fb2)" + _LETTERED),
    (rb"\s*<\?xml.{0,1024}<svg", "an SVG picture" + _SHOWN),
    (rb"\s*<svg\s", "an SVG picture" + _SHOWN),
    (rb"\s*<\?xml.{0,1024}Word\.Document", "a Word document in XML" + _LETTERED),
    (rb"\s*<\?xml.{0,1024}<office:document", "an OpenDocument text in XML" + _LETTERED),
    (rb"MIME-Version:.{0,1024}multipart/related", "a web archive (.mht)" + _LETTERED),
)
"""How files of that kind begin."""


def format_of(content: bytes) -> str | None:
    r"""What a file is and how to make a text of it; ``None`` when it may be plain text.

    A web page is text: what is markup in it is nobody's business here.

    >>> format_of(b"{\\rtf1 Hello}")
    'a document in Rich Text Format (.rtf); open it and save it as plain text (.txt) in UTF-8'
    >>> format_of(b"<html>Hello</html>") is None
    True
    """
    if content.startswith(b"PK\x03\x04"):
        return _holding(content, _IN_ZIP) or "a ZIP archive" + _PACKED
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _holding(content, _IN_OLE) or "an old Microsoft Office document" + _LETTERED
    head = content.removeprefix(b"\xef\xbb\xbf")[:4096]
    return next((told for how, told in _BEGINS if re.match(how, head, re.DOTALL)), None)


def _holding(content: bytes, signs: Sequence[tuple[bytes, str]]) -> str | None:
    return next((told + _LETTERED for sign, told in signs if sign in content), None)
