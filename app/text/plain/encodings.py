"""Bytes become text when it is certain which text they are."""

from __future__ import annotations

import codecs
from collections.abc import Sequence

from app.errors import LectureTextError
from app.text.plain.code_pages import code_page_of
from app.text.plain.east_asian import east_asian_codec_of
from app.text.plain.letters import may_be_written

SAVE = "save it as plain text in UTF-8"

_MARKS: Sequence[tuple[bytes, str, str]] = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    # Those of UTF-32 first: that of UTF-16 begins one of them.
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
"""Byte order marks, Python's names of the encodings and those for people."""

_WHITE = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85")
_MOST_CONTROLS = 0.02
"""Share of control characters above which it is no text; PDF readers leave a few behind."""
_BEYOND_ASCII = bytes(range(128, 256))
_PRINTED = bytes(range(32, 127)) + b"\t\r\n"
_LEAST_UNPRINTED = 0.3
"""Share of the bytes of UTF-16 that are no printed ASCII: half in most scripts, less in Chinese."""
_MOST_SCRIPTS = 12
"""Blocks of 256 characters that a text in UTF-16 is made of, Chinese and Korean aside."""


def decoded(content: bytes) -> str:
    """The text, in whichever encoding it certainly is, without a byte order mark.

    Raises:
        LectureTextError: It is damaged, no text at all, or may be several texts; the message
            says what to do.
    """
    for mark, codec, name in _MARKS:
        if content.startswith(mark):
            return _text(_strictly(content[len(mark) :], codec, name))
    wide = _wide(content)
    if wide is not None:
        return wide
    try:
        return _text(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        if b"\0" in content:
            raise _not_text("NUL bytes") from error
        if _is_damaged(content):
            raise _damaged("UTF-8", error) from error
    return _text(_in_code_page(content))


def _strictly(content: bytes, codec: str, name: str) -> str:
    try:
        return content.decode(codec)
    except UnicodeDecodeError as error:
        raise _damaged(name, error) from error


def _damaged(name: str, error: UnicodeDecodeError) -> LectureTextError:
    return LectureTextError(
        f"text in {name} that is damaged (byte {error.start}); {SAVE} once more", field="text"
    )


def _not_text(what: str) -> LectureTextError:
    return LectureTextError(
        f"no plain text, for it holds {what}; {SAVE}, from the program that wrote it", field="text"
    )


def _text(text: str) -> str:
    text = text.removesuffix("\x1a")  # which DOS programs end texts with
    if "\0" in text:
        raise _not_text("NUL characters")
    controls = sum(map(text.count, (chr(code) for code in range(32) if chr(code) not in _WHITE)))
    if controls > _MOST_CONTROLS * len(text):
        raise _not_text("control characters")
    return text


def _wide(content: bytes) -> str | None:
    """UTF-16 without a mark: the spaces and line ends tell which byte of two comes first."""
    if len(content) % 2 or b"\0" not in content:
        return None
    if len(content.translate(None, _PRINTED)) < _LEAST_UNPRINTED * len(content):
        return None  # ASCII with some NULs, which would be Chinese
    found = []
    for codec in ("utf-16-le", "utf-16-be"):
        try:
            found.append(content.decode(codec))
        except UnicodeDecodeError:
            found.append("")
    little, big = found
    for text, other in ((little, big), (big, little)):
        if _has_white(text) and not _has_white(other) and _is_written(text):
            return text
    return None


def _has_white(text: str) -> bool:
    return any(white in text for white in " \n\r")


def _is_written(text: str) -> bool:
    """Whether it has nothing but characters that people write, of a few scripts."""
    used = set(text)
    blocks = {ord(character) >> 8 for character in used if not "\u2e80" <= character <= "\ud7ff"}
    return len(blocks) <= _MOST_SCRIPTS and all(
        character in _WHITE or may_be_written(character) for character in used
    )


def _is_damaged(content: bytes) -> bool:
    """Whether most of what is not ASCII is UTF-8 all the same."""
    whole = content.decode("utf-8", "ignore")
    plain = len(content.translate(None, _BEYOND_ASCII))
    broken = len(content) - len(whole.encode())
    return len(whole) - plain > broken


def _in_code_page(content: bytes) -> str:
    found = code_page_of(content)
    east_asian = east_asian_codec_of(content)
    if east_asian is not None and found.best is None:
        return content.decode(east_asian)
    if found.best is None or east_asian is not None:
        raise LectureTextError(
            f"neither UTF-8 nor surely in any other encoding that is known; {SAVE}", field="text"
        )
    if found.rivals:
        names = " or ".join(found.rivals[:3])
        raise LectureTextError(
            f"not UTF-8 but perhaps {names}, which cannot be told for certain; {SAVE}", field="text"
        )
    return content.decode(found.best)
