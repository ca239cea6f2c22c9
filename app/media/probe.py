"""What a video file holds, read from its index."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.media.mp4 import Track, read_index


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
    audio_packets: int
    frame_rate: float
    video_start: float
    audio_start: float
    video_duration: float
    audio_duration: float
    decoder_setup: bytes
    """Parameter sets of the picture stream; equal ones can be copied one after another."""


def probe(path: Path) -> Probe:
    """Read the index of an MP4; nothing is decoded.

    Raises:
        MediaError: The file is missing, no MP4 or not whole.
    """
    index = read_index(path)
    video, audio = index.picture, index.sound
    return Probe(
        duration=index.duration,
        video_codec=video.codec if video else "",
        audio_codec=audio.codec if audio else "",
        width=video.width if video else 0,
        height=video.height if video else 0,
        frames=video.samples if video else 0,
        audio_packets=audio.samples if audio else 0,
        frame_rate=_frame_rate(video) if video else 0.0,
        video_start=video.start / video.ticks_per_second if video else 0.0,
        audio_start=audio.start / audio.ticks_per_second if audio else 0.0,
        video_duration=video.duration / video.ticks_per_second if video else 0.0,
        audio_duration=audio.duration / audio.ticks_per_second if audio else 0.0,
        decoder_setup=video.decoder_setup if video else b"",
    )


def _frame_rate(video: Track) -> float:
    if not video.sample_ticks:
        return 0.0
    return video.samples * video.ticks_per_second / video.sample_ticks
