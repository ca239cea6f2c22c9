"""What is said of a file that is no recording."""

from __future__ import annotations

from pathlib import Path

import pytest

import config
from app.errors import VoiceSampleError
from app.voice import find_passage

SAMPLES = config.ROOT / "samples"

FILES = {
    "a GIF picture": b"GIF89a" + bytes(range(200)),
    "a WebP picture": b"RIFF\x24\0\0\0WEBPVP8 ",
    "a HEIC or AVIF picture": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
    "a PDF document": b"%PDF-1.7\n",
    "a text document (RTF)": rb"{\rtf1\ansi Hello}",
    "an office document": b"PK\3\4\x14\0\0\0\0\0word/document.xml" + bytes(100),
    "an archive (ZIP)": b"PK\3\4\x14\0\0\0\0\0voice.wav" + bytes(100),
    "an archive (gzip)": b"\x1f\x8b\x08" + bytes(range(100)),
    "a MIDI file: notes, not sound": b"MThd\0\0\0\6\0\1\0\1\0\x60",
    "a playlist, which only names other files": b"\n#EXTM3U\nother.wav\n",
    "a web page": b"<html><body>404 Not Found</body></html>",
    "encrypted": b"Salted__" + bytes(range(200)),
    "empty, nothing but zeros": bytes(4000),
    "a text": "Добрый день.".encode("cp1251"),
}


@pytest.mark.parametrize("said", FILES)
def test_a_file_of_another_kind_is_called_by_its_name(said: str, tmp_path: Path) -> None:
    (tmp_path / "voice.wav").write_bytes(FILES[said])
    with pytest.raises(VoiceSampleError) as refused:
        find_passage(tmp_path / "voice.wav")
    assert str(refused.value) == f"the voice sample holds no sound: it is {said}"


@pytest.mark.parametrize("text", ["lecture-en.txt", "lecture-ru.txt"])
def test_a_lecture_text_is_a_text(text: str) -> None:
    with pytest.raises(VoiceSampleError, match=r"it is a text$"):
        find_passage(SAMPLES / text)


def test_a_text_in_utf_16_is_a_text(tmp_path: Path) -> None:
    (tmp_path / "voice.wav").write_text("Добрый день.", encoding="utf-16")
    with pytest.raises(VoiceSampleError, match=r"it is a text$"):
        find_passage(tmp_path / "voice.wav")


@pytest.mark.parametrize("beginning", [b"RIFF\x24\0\0\0WAVEfmt ", b"fLaC\0\0", b"OggS\0\2\0\0"])
def test_the_beginning_of_a_recording_is_called_cut_off(beginning: bytes, tmp_path: Path) -> None:
    (tmp_path / "voice.wav").write_bytes(beginning)
    with pytest.raises(VoiceSampleError, match=r"cut off or damaged$"):
        find_passage(tmp_path / "voice.wav")
