"""What a video file holds, read from its index."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av

from app.errors import MediaError


@dataclass(frozen=True, slots=True)
class Probe:
    """The first picture stream and the first sound stream of a file; times in seconds."""

    duration: float
    """Of the whole file."""
    video_codec: str
    """Empty when there is no picture."""
    audio_codec: str
    """Empty when there is no sound."""
    width: int
    height: int
    frames: int
    """Pictures, by the index; 0 when the container does not count them."""
    frame_rate: float
    video_start: float
    audio_start: float
    video_duration: float
    audio_duration: float
    decoder_setup: bytes
    """Parameter sets of the picture stream; equal ones can be copied one after another."""


def probe(path: Path) -> Probe:
    """Read the index of a file of ours; nothing is decoded.

    Raises:
        MediaError: The file is missing or holds neither picture nor sound.
    """
    options = {"protocol_whitelist": "file"}
    try:
        with av.open(f"file:{path}", options=options) as container:
            return _read(container)
    except (av.FFmpegError, OSError) as error:
        raise MediaError(f"cannot read {path.name} as a video") from error


def _read(container: av.container.InputContainer) -> Probe:
    video = container.streams.video[0] if container.streams.video else None
    audio = container.streams.audio[0] if container.streams.audio else None
    return Probe(
        duration=(container.duration or 0) / av.time_base,
        video_codec=video.codec_context.name if video else "",
        audio_codec=audio.codec_context.name if audio else "",
        width=video.codec_context.width if video else 0,
        height=video.codec_context.height if video else 0,
        frames=video.frames if video else 0,
        frame_rate=float(video.average_rate or 0) if video else 0.0,
        video_start=_seconds(video.start_time, video.time_base) if video else 0.0,
        audio_start=_seconds(audio.start_time, audio.time_base) if audio else 0.0,
        video_duration=_seconds(video.duration, video.time_base) if video else 0.0,
        audio_duration=_seconds(audio.duration, audio.time_base) if audio else 0.0,
        decoder_setup=bytes(video.codec_context.extradata or b"") if video else b"",
    )


def _seconds(ticks: int | None, time_base: Fraction | None) -> float:
    return float(ticks * time_base) if ticks is not None and time_base is not None else 0.0
