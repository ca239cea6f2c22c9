"""Sound that is encoded while it comes."""

from __future__ import annotations

import io
import time
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import EngineUnavailable, MediaError
from app.media.streamed import FORMATS, streamed, wav_head

ENCODED = [name for name, how in FORMATS.items() if how.options]
NOISE = bytes(n * n % 251 for n in range(48_000))
"""A second."""


def test_the_head_of_a_wav_tells_its_length() -> None:
    with wave.open(io.BytesIO(wav_head(len(NOISE)) + NOISE)) as wav:
        assert (wav.getframerate(), wav.getnchannels(), wav.getsampwidth()) == (24000, 1, 2)
        assert wav.readframes(wav.getnframes()) == NOISE


def test_what_is_not_encoded_goes_through_and_nothing_is_empty() -> None:
    assert list(streamed([NOISE, b"", NOISE], "pcm")) == [NOISE, NOISE]
    assert list(streamed([NOISE], "wav")) == [wav_head(), NOISE]


@pytest.mark.parametrize("name", ENCODED)
def test_what_is_there_is_encoded_before_more_comes(name: str) -> None:
    heard: list[bytes] = []

    def sound() -> Iterator[bytes]:
        yield NOISE * 3
        until = time.monotonic() + 10
        while not heard:
            assert time.monotonic() < until
            time.sleep(0.01)
            yield b""
        yield NOISE

    for piece in streamed(sound(), name):
        heard.append(piece)
    assert len(heard) > 1


def test_what_fails_at_its_source_ends_the_encoder() -> None:
    def sound() -> Iterator[bytes]:
        yield NOISE
        raise MediaError("it ends here")

    with pytest.raises(MediaError, match="it ends here"):
        list(streamed(sound(), "mp3"))


def test_an_encoder_that_dies_is_told(tmp_path: Path) -> None:
    program = tmp_path / "ffmpeg"
    program.write_text("#!/bin/sh\nexit 3\n")
    program.chmod(0o755)
    with pytest.raises(MediaError, match="exit status 3"):
        list(streamed([NOISE] * 100, "mp3", ffmpeg=program))


def test_without_a_program_nothing_is_encoded(tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailable):
        list(streamed([NOISE], "mp3", ffmpeg=tmp_path / "missing"))
