"""The text of a lecture, read and found to hold something to speak."""

from __future__ import annotations

from app.errors import LectureTextError
from app.intake.draft import Content


def read_text(content: Content, delimiter: str) -> str:
    """The text, without a byte order mark.

    Refused is what has nothing to speak on any slide: that is known long before the
    language, which the text is split by.

    Args:
        delimiter: What separates slides.

    Raises:
        LectureTextError: It is not UTF-8, or there is nothing but white space on its slides.
    """
    try:
        text = content.path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LectureTextError(f"not UTF-8 text (byte {error.start})", field="text") from error
    if not any(part.strip() for part in text.split(delimiter)):
        raise LectureTextError("the lecture text holds nothing to speak", field="text")
    return text
