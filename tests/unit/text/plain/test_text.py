"""The text of a lecture: read once, refused at once when nobody could speak it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.errors import LectureTextError
from app.lecture import SplitMode
from app.lecture.split import split_text
from app.text.plain.reading import read_text

DELIMITER = "_;"


def read(written: bytes) -> str:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "text"
        copy.write_bytes(written)
        return read_text(copy, DELIMITER)


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert read(b"\xef\xbb\xbfHello.") == "Hello."


def test_a_document_is_refused_by_its_kind() -> None:
    with pytest.raises(LectureTextError, match=r"Rich Text Format .* plain text") as refusal:
        read(rb"{\rtf1 Hello}")
    assert refusal.value.field == "text"


def test_the_copy_of_a_text_in_another_encoding_is_utf_8(tmp_path: Path) -> None:
    copy = tmp_path / "text"
    copy.write_bytes("Привет, мир".encode("utf-16"))
    assert read_text(copy, DELIMITER) == "Привет, мир"
    assert copy.read_text(encoding="utf-8") == "Привет, мир"


PIECES = st.one_of(
    st.sampled_from([" ", "\n", "\x1c", "\u00a0", "\u200b", "_", ";", "_;", "a.", "Б!"]),
    st.characters(exclude_categories=["Cs", "Cc"]),
)


@given(
    text=st.lists(PIECES, max_size=12)
    .map("".join)
    .filter(lambda text: not text.startswith("\ufeff")),
    mode=st.sampled_from(get_args(SplitMode)),
    language=st.sampled_from(["en", "ru", "fr", "es"]),
)
@example(text="__;;", mode="sentences", language="fr")
def test_it_is_refused_exactly_when_no_fragment_comes_of_it(
    text: str, mode: SplitMode, language: str
) -> None:
    try:
        split_text(text, delimiter=DELIMITER, mode=mode, language=language)
    except LectureTextError:
        with pytest.raises(LectureTextError, match="nothing to speak"):
            read(text.encode())
    else:
        assert read(text.encode()) == text
