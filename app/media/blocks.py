"""Sound of anybody's file, a block at a time and every channel by itself."""

from __future__ import annotations

import os
import select
import struct
from collections.abc import Generator
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt

from app.errors import MediaError
from app.media.containers import FOREIGN, FOREIGN_CPU_SECONDS
from app.media.ffmpeg import Ffmpeg, source

Block = npt.NDArray[np.float32]
"""Shape (n_samples, n_channels)."""

_PATIENCE = 60.0
"""Longest time without a byte of ffmpeg's, in seconds."""

_HEADER = struct.Struct(">4sIIIII")
"""Of an AU file: mark, where the samples start, their bytes, encoding, rate, channels."""

_LONGEST_HEADER = 4096
_MOST_CHANNELS = 64


def sound_blocks(
    path: Path,
    rate: int,
    *,
    size: int,
    track: int = 0,
    ffmpeg: Path | None = None,
    cpu_seconds: int = FOREIGN_CPU_SECONDS,
) -> Generator[Block, None, None]:
    """Decode a file from its start, for as long as the caller wants more.

    The file may come from anybody: see :mod:`app.media.containers`.  One that breaks off
    gives what can be decoded of it.

    Args:
        path: Of any name.
        rate: Hertz wanted.
        size: Samples of each block but the last, which may be shorter.
        track: Which of the file's sound tracks, from 0.
        ffmpeg: The program; found when not given.
        cpu_seconds: Of computing that ffmpeg gets; what it has decoded by then is all.

    Yields:
        Finite values, of any size where the file holds floating-point numbers.

    Raises:
        MediaError: There is no such track, nothing of it can be decoded, or it takes too long.
    """
    # ffmpeg hands each piece of sound from thread to thread, which for pieces of 20 ms takes
    # longer than to decode them; so they are put together as soon as they are decoded.
    decoded = source(path, **FOREIGN)[f"a:{track}"].output(
        "pipe:1",
        format="au",
        acodec="pcm_f32be",
        af=f"aresample={rate},asetnsamples={rate}:pad=0",
    )
    with Ffmpeg(
        decoded,
        purpose=f"reading {path.name}",
        ffmpeg=ffmpeg,
        read=True,
        cpu_seconds=cpu_seconds,
    ) as running:
        channels = _channels(running.stdout, path)
        bytes_of_block = size * channels * 4
        while raw := _read(running.stdout, bytes_of_block, path):
            whole = len(raw) // (channels * 4) * channels
            samples = np.frombuffer(raw, np.dtype(">f4"), whole).reshape(-1, channels)
            yield np.nan_to_num(samples.astype(np.float32), posinf=0.0, neginf=0.0)
            if len(raw) < bytes_of_block:
                return


def _channels(stream: IO[bytes], path: Path) -> int:
    """Read the header, which tells how many channels there are."""
    header = _read(stream, _HEADER.size, path)
    if len(header) < _HEADER.size:
        raise MediaError(f"no sound in {path.name}")
    _, start, _, _, _, channels = _HEADER.unpack(header)
    if not (_HEADER.size <= start <= _LONGEST_HEADER and channels):
        raise MediaError("ffmpeg gave something else than an AU file")
    if channels > _MOST_CHANNELS:
        raise MediaError(f"{path.name} has {channels} channels; at most {_MOST_CHANNELS} are read")
    _read(stream, start - _HEADER.size, path)
    return int(channels)


def _read(stream: IO[bytes], size: int, path: Path) -> bytes:
    """So many bytes, or what there is before the end."""
    got = bytearray()
    while len(got) < size:
        if not select.select([stream], [], [], _PATIENCE)[0]:
            raise MediaError(f"ffmpeg gave nothing for {_PATIENCE:g} s at reading {path.name}")
        # Not through the buffer of the stream, which select cannot see.
        piece = os.read(stream.fileno(), size - len(got))
        if not piece:
            break
        got += piece
    return bytes(got)
