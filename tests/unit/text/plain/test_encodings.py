"""A text is read as what it is, or refused with what to do: never as another text."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import LectureTextError
from app.text.plain.encodings import decoded
from tests.unit.text.plain.lecture_texts import EAST_ASIAN, ENCODINGS, OTHERS, TEXTS

LENGTHS = (20, 40, 90, 200)
MARK = "\ufeff"


def cut(text: str, length: int, chance: random.Random) -> str:
    words = text.split()
    start = chance.randrange(len(words))
    piece = ""
    while len(piece) < length:
        piece += words[start % len(words)] + " "
        start += 1
    return piece.strip()


def written() -> Iterator[tuple[str, bytes]]:
    """Texts, and the bytes of them that an 8-bit encoding has."""
    chance = random.Random(20)
    for language, encodings in ENCODINGS.items():
        for encoding in encodings:
            for length in LENGTHS:
                piece = cut(TEXTS[language], length, chance)
                for text in (piece, piece.upper()):
                    content = text.encode(encoding, "ignore")
                    yield content.decode(encoding), content


def test_no_text_is_read_as_another_one() -> None:
    cases = [case for case in written() if not case[1].isascii()]
    assert len(cases) > 300
    read = 0
    for text, content in cases:
        try:
            assert decoded(content) == text
            read += 1
        except LectureTextError as refusal:
            assert str(refusal).endswith("save it as plain text in UTF-8")
    assert read > 0.7 * len(cases)


@pytest.mark.parametrize(
    ("language", "encoding"),
    [(language, encoding) for language in ENCODINGS for encoding in ENCODINGS[language]],
)
def test_a_page_is_read_in_every_usual_encoding(language: str, encoding: str) -> None:
    content = TEXTS[language].encode(encoding, "ignore")
    assert decoded(content) == content.decode(encoding)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(text, encoding) for text, encodings in EAST_ASIAN for encoding in encodings],
)
def test_chinese_japanese_and_korean_are_read_or_refused(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding)) == text
    assert decoded((text * 30).encode(encoding)) == text * 30
    for length in (3, 8, 20):
        for start in range(0, len(text) - length, 7):
            piece = text[start : start + length]
            try:
                assert decoded(piece.encode(encoding)) == piece
            except LectureTextError as refusal:
                assert "save it as plain text in UTF-8" in str(refusal)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(text, encoding) for text, encodings in OTHERS for encoding in encodings],
)
def test_what_no_known_encoding_is_for_is_refused(text: str, encoding: str) -> None:
    content = text.encode(encoding, "ignore")
    with pytest.raises(LectureTextError, match="save it as plain text in UTF-8"):
        decoded(content)


@pytest.mark.parametrize("text", ["Привет, мир!", "Hello there.", "你好，世界。\n", "Ça va ?"])
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
)
def test_unicode_is_read_with_and_without_a_mark(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding)) == text


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_read_in_every_language(language: str, encoding: str) -> None:
    chance = random.Random(16)
    for length in LENGTHS:
        text = cut(TEXTS[language], length, chance)
        assert decoded(text.encode(encoding)) == text


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"])).filter(lambda text: text[:1] != MARK)
)
def test_valid_utf_8_is_never_mistaken(text: str) -> None:
    assert decoded(text.encode()) == text


@pytest.mark.parametrize("encoding", ["utf-16-be", "utf-32-be"])
def test_a_mark_may_say_that_the_high_bytes_come_first(encoding: str) -> None:
    assert decoded("\ufeffПривет".encode(encoding)) == "Привет"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("Il va à Paris demain.".encode("cp850"), "perhaps Windows-1252 or DOS 850"),
        ("Привет тебе, мир!".encode("cp1251"), "perhaps Windows-1251 or Mac OS Cyrillic"),
        ("Der Škoda ist rot.".encode("cp1252"), "cannot be told for certain"),
        ("Привет, мир".encode() + b"\xff", r"UTF-8 that is damaged \(byte 20\)"),
        (b"\xff\xfea\0b", r"UTF-16 that is damaged \(byte 2\)"),
        ("Hi \ud800 there".encode("utf-16", "surrogatepass"), "UTF-16 that is damaged"),
        ("Hi \ud800 there, Привет".encode("utf-8", "surrogatepass"), "UTF-8 that is damaged"),
        (b"\xff\xfe\0\0\0\0\x11\0", "UTF-32 that is damaged"),
        (b"Hello\0 there.", "NUL"),
        (b"Hello there \0and here \0and now.", "NUL"),
        (b"\xfe\xed\0\0\1\2\xff", "NUL bytes"),
        (b"\x02\x03\x04 and more", "control characters"),
        (b"\xff" * 50, "nor surely"),
    ],
)
def test_what_cannot_be_read_is_told(content: bytes, said: str) -> None:
    with pytest.raises(LectureTextError, match=said) as refusal:
        decoded(content)
    assert "UTF-8" in str(refusal.value)
    assert refusal.value.field == "text"


def test_a_control_character_that_a_pdf_reader_left_is_no_reason_to_refuse() -> None:
    text = "A word that was bro\x02ken at the end of a line of some document." * 2
    assert decoded(text.encode()) == text


def test_what_dos_programs_end_texts_with_is_no_part_of_the_text() -> None:
    text = TEXTS["ru"][:100].replace("№", "N")
    assert decoded(text.encode("cp866") + b"\x1a") == text
    assert decoded(b"Hi.\x1a") == "Hi."
