"""The text of a lecture, read and found to hold something to speak."""

from __future__ import annotations

from app.disk import disk_full_named
from app.errors import LectureTextError
from app.intake.draft import Content
from app.intake.encodings import decoded
from app.intake.formats import format_of


def read_text(content: Content, delimiter: str) -> str:
    """The text, without a byte order mark; its copy is UTF-8 from then on.

    Refused is what has nothing to speak on any slide: that is known long before the
    language, which the text is split by.

    Args:
        delimiter: What separates slides.

    Raises:
        LectureTextError: It is no plain text, in an encoding that cannot be told, or there is
            nothing but white space on its slides.
        DiskFull: No space for the copy.
    """
    written = content.path.read_bytes()
    other = format_of(written)
    if other is not None:
        raise LectureTextError(other, field="text")
    text = decoded(written)
    if not any(part.strip() for part in text.split(delimiter)):
        raise LectureTextError("the lecture text holds nothing to speak", field="text")
    plain = text.encode()
    if plain != written:
        with disk_full_named("the lecture text"):
            content.path.write_bytes(plain)
    return text
