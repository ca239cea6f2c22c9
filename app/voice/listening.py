"""Listen to a sound track from its start, each channel by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app.errors import MediaError
from app.media.blocks import sound_blocks
from app.voice.activity import FLOOR_DB, FRAME, RATE, levels_of, spoken_frames
from app.voice.passage import Passage, Search

if TYPE_CHECKING:
    import numpy.typing as npt

    from app.media.blocks import Block
    from app.ports.sound import Samples
    from app.voice.activity import Levels, Spoken

LONGEST_READ = 4 * 3600.0
"""Seconds of a recording that are decoded to find somebody who speaks."""

SILENT = -88.0
"""dBFS; the last bits of 16 lie below."""

_BLOCK_FRAMES = 960
"""Half a minute."""

_MOST_CHANNELS = 8
_SAME = 0.9999
"""Correlation from which on two channels carry one sound."""

_LOWEST_HERTZ = 40.0
"""Below it there are offsets, wind and steps, and no voice."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What there is on a sound track."""

    seconds: float
    """That were decoded; 0 when there is no such track, or nothing of it can be decoded."""
    listened: float
    """Seconds of sound in which speech was looked for, all channels together."""
    loudest: float
    """dBFS, of the loudest 32 ms."""
    whole: bool
    """Whether it was followed to its end; not when it is very long."""
    best: Passage | None
    """The clearest passage in which somebody speaks."""


def listen(path: Path, track: int, *, budget: float, ffmpeg: Path | None) -> Heard:
    """Follow a track until a passage is as good as can be, or to its end.

    Args:
        path: A file of anybody's.
        track: From 0.
        budget: Seconds of sound to look for speech in, all channels together.
        ffmpeg: The program; found when not given.

    Raises:
        EngineUnavailable: There is no ffmpeg.
    """
    seconds, listened, loudest, whole = 0.0, 0.0, FLOOR_DB, True
    searches: list[Search] = []
    try:
        for block in _blocks(path, track, ffmpeg):
            searches = searches or [Search(track, each) for each in range(block.shape[1])]
            sounds = [levels_of(channel) for channel in block.T]
            loudest = max(loudest, *(float(levels.max()) for levels in sounds))
            seconds += block.shape[0] / RATE
            listened += _follow(block, sounds, searches)
            ample = any(search.best and search.best.score >= 1.0 for search in searches)
            if ample or listened >= budget or seconds >= LONGEST_READ:
                whole = ample
                break
    except MediaError:
        # What was heard before it broke off counts; when nothing was, the caller says why.
        pass
    passages = [search.best for search in searches if search.best]
    best = max(passages, key=lambda passage: passage.rank, default=None)
    return Heard(seconds, listened, loudest, whole, best)


def without_rumble(blocks: Iterable[Block], rate: int) -> Iterator[Block]:
    """Blocks that follow each other, without what is below a voice."""
    # Half a second to load, for engines that may never be asked to listen.
    from scipy.signal import butter, sosfilt, sosfilt_zi

    sections = butter(2, _LOWEST_HERTZ, "highpass", fs=rate, output="sos")
    state: npt.NDArray[np.float64] | None = None
    for block in blocks:
        if state is None:
            # As if the first sample had lasted for ever, so that an offset makes no step.
            state = sosfilt_zi(sections)[:, :, None] * block[0].astype(np.float64)
        filtered, state = sosfilt(sections, block, axis=0, zi=state)
        yield filtered.astype(np.float32)


def _blocks(path: Path, track: int, ffmpeg: Path | None) -> Iterator[Block]:
    blocks = sound_blocks(path, RATE, size=_BLOCK_FRAMES * FRAME, track=track, ffmpeg=ffmpeg)
    with closing(blocks):
        yield from without_rumble((block[:, :_MOST_CHANNELS] for block in blocks), RATE)


def _follow(block: Block, sounds: Sequence[Levels], searches: Sequence[Search]) -> float:
    """Let the searches hear a block; the seconds of sound that were listened to."""
    listened = 0.0
    told: dict[int, Spoken] = {}
    for channel, (levels, search) in enumerate(zip(sounds, searches, strict=True)):
        samples = block[:, channel]
        same = next((each for each in told if _is_same(samples, block[:, each])), None)
        if same is not None:
            spoken = told[same]
        elif levels.max() < SILENT:
            spoken = np.zeros(levels.size, np.bool_)
        else:
            spoken = told[channel] = spoken_frames(samples, levels)
            listened += samples.size / RATE
        search.hear(levels, spoken)
    return listened


def _is_same(one: Samples, other: Samples) -> bool:
    """Whether two channels carry one sound, at whatever level and polarity."""
    power = float(np.linalg.norm(one)) * float(np.linalg.norm(other))
    return power > 0.0 and abs(float(np.vdot(one, other))) > _SAME * power
