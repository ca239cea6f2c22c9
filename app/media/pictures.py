"""The pictures of a video, one after another."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt

from app.errors import MediaError
from app.media.ffmpeg import Ffmpeg, source

_END_SECONDS = 10.0
"""Between the last picture and the end of ffmpeg."""
_LONGEST_FIELD = 16
"""Bytes of a line of a header, which holds a number or two."""


def pictures_of(
    video: Path, *, ffmpeg: Path | None = None
) -> Generator[npt.NDArray[np.uint8], None, None]:
    """Decode an MP4 that another program made; it can name no other file.

    Args:
        video: Its first picture stream is taken, at its own rate.
        ffmpeg: The program; found when not given.

    Yields:
        RGB, shape (height, width, 3).

    Raises:
        MediaError: It cannot be read or decoded to its end.
    """
    # Each picture of this format tells its own size: "P6", width and height, 255, then RGB.
    import ffmpeg as graph

    decoded = graph.output(
        source(video, protocol_whitelist="file", format_whitelist="mov").video,
        "pipe:1",
        format="image2pipe",
        vcodec="ppm",
        pix_fmt="rgb24",
    )
    with Ffmpeg(decoded, purpose=f"reading {video.name}", ffmpeg=ffmpeg, read=True) as running:
        while (picture := _next(running.stdout)) is not None:
            yield picture
        running.wait(timeout=_END_SECONDS)


def _next(stream: IO[bytes]) -> npt.NDArray[np.uint8] | None:
    """The next picture; None at the end."""
    kind = stream.readline(_LONGEST_FIELD)
    if not kind:
        return None
    size, depth = stream.readline(_LONGEST_FIELD), stream.readline(_LONGEST_FIELD)
    if (kind, depth) != (b"P6\n", b"255\n"):
        raise MediaError("ffmpeg gave something else than pictures")
    width, height = map(int, size.split())
    pixels = stream.read(width * height * 3)
    if len(pixels) < width * height * 3:
        raise MediaError("ffmpeg broke off within a picture")
    return np.frombuffer(pixels, np.uint8).reshape(height, width, 3)
