"""The text of a lecture, read and found to hold something to speak."""

from __future__ import annotations

from pathlib import Path

from app.disk import disk_full_named
from app.errors import LectureTextError
from app.text.plain.encodings import decoded
from app.text.plain.formats import format_of


def read_text(path: Path, delimiter: str) -> str:
    """The text, without a byte order mark; the file is UTF-8 from then on.

    Refused is what has nothing to speak on any slide: that is known long before the
    language, which the text is split by.

    Args:
        path: Of a copy, which may be changed.
        delimiter: What separates slides.

    Raises:
        LectureTextError: It is no plain text, in an encoding that cannot be told, or there is
            nothing but white space on its slides.
        DiskFull: No space for the copy.
    """
    text = plain_text(path)
    if not any(part.strip() for part in text.split(delimiter)):
        raise LectureTextError("the lecture text holds nothing to speak", field="text")
    return text


def plain_text(path: Path) -> str:
    """The same for a text on whose slides nothing need be said."""
    written = path.read_bytes()
    other = format_of(written)
    if other is not None:
        raise LectureTextError(other, field="text")
    text = decoded(written)
    plain = text.encode()
    if plain != written:
        with disk_full_named("the lecture text"):
            path.write_bytes(plain)
    return text
