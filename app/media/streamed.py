"""Sound encoded while it comes: what is there already can be heard before the rest is made."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.media.ffmpeg import Ffmpeg
from app.ports.sound import SAMPLE_RATE

_SECONDS = 60.0
"""For the last of it, once ffmpeg has all."""

_ENDLESS = 0xFFFFFFFF
"""A length in a WAV that goes on: players read to the end."""


@dataclass(frozen=True, slots=True)
class Format:
    """How sound is sent."""

    media_type: str
    options: tuple[str, ...] = ()
    """ffmpeg's for its output; none: it is sent without being encoded."""


FORMATS: Mapping[str, Format] = {
    "mp3": Format("audio/mpeg", ("-c:a", "libmp3lame", "-b:a", "64k", "-f", "mp3")),
    "opus": Format("audio/ogg", ("-c:a", "libopus", "-b:a", "48k", "-f", "ogg")),
    "aac": Format("audio/aac", ("-c:a", "aac", "-b:a", "64k", "-f", "adts")),
    "flac": Format("audio/flac", ("-c:a", "flac", "-sample_fmt", "s16", "-f", "flac")),
    "wav": Format("audio/wav"),
    "pcm": Format("audio/pcm"),
}
"""By name; mono, of 24 kHz but for Opus, which has 48."""

_INPUT = ("-f", "s16le", "-ar", str(SAMPLE_RATE), "-ac", "1")
_AT_ONCE = ("-probesize", "32", "-analyzeduration", "0", "-fflags", "nobuffer")
_PROMPT = ("-flush_packets", "1", "-map_metadata", "-1", "-fflags", "+bitexact")
_NO_LENGTH = ("-write_xing", "0", "-id3v2_version", "0")
"""An MP3's head would tell a length that nobody knows yet."""


def wav_head(data_bytes: int | None = None) -> bytes:
    r"""The head of a WAV of 24 kHz, mono, 16 bit.

    >>> len(wav_head(2)), wav_head(2)[40:]
    (44, b'\x02\x00\x00\x00')

    Args:
        data_bytes: Of its samples; ``None``: as many as come.
    """
    data = _ENDLESS if data_bytes is None else data_bytes
    riff = _ENDLESS if data_bytes is None else data_bytes + 36
    sound = struct.pack("<HHIIHH", 1, 1, SAMPLE_RATE, 2 * SAMPLE_RATE, 2, 16)
    return (
        struct.pack("<4sI4s", b"RIFF", riff, b"WAVE")
        + struct.pack("<4sI", b"fmt ", len(sound))
        + sound
        + struct.pack("<4sI", b"data", data)
    )


def streamed(sound: Iterable[bytes], name: str, *, ffmpeg: Path | None = None) -> Iterator[bytes]:
    """Sound in a format of :data:`FORMATS`, in pieces.

    One encoder has all of it, so that nothing clicks where two pieces meet.

    Args:
        sound: Samples of 24 kHz, mono, 16 bit, whole ones in each piece; an empty piece
            where more is waited for, so that what ffmpeg has ready meanwhile is sent.
        name: Of the format.
        ffmpeg: The program; found when not given.

    Raises:
        MediaError: ffmpeg failed.
        EngineUnavailable: There is no ffmpeg.
    """
    options = FORMATS[name].options
    if options:
        yield from _encoded(sound, name, options, ffmpeg)
        return
    if name == "wav":
        yield wav_head()
    yield from filter(None, sound)


def _encoded(
    sound: Iterable[bytes], name: str, options: tuple[str, ...], ffmpeg: Path | None
) -> Iterator[bytes]:
    special = _NO_LENGTH if name == "mp3" else ()
    arguments = [*_AT_ONCE, *_INPUT, "-i", "pipe:0", *options, *special, *_PROMPT, "pipe:1"]
    sent = 0
    with Ffmpeg(arguments, purpose=f"encoding {name}", ffmpeg=ffmpeg, feed=True) as running:
        for piece in sound:
            _feed(running, piece)
            if ready := running.written(sent):
                sent += len(ready)
                yield ready
        running.stdin.close()
        rest = running.wait(timeout=_SECONDS)[sent:]
    if rest:
        yield rest


def _feed(running: Ffmpeg, piece: bytes) -> None:
    try:
        running.stdin.write(piece)
        running.stdin.flush()
    except OSError as error:
        raise running.failed() from error
