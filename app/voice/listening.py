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
    from app.voice.activity import Frames, Levels, Spoken

LONGEST_READ = 3600.0
"""Seconds of a recording that are decoded to find somebody who speaks."""

LONGEST_FURTHER = 600.0
"""Seconds of each sound track after the first."""

WHOLE = 600.0
"""Seconds of a recording in which every frame is listened to, and of sound at most, all channels
together; later ones are looked into first."""
WHOLE_SOUND = 1200.0

SILENT = -88.0
"""dBFS; the last bits of 16 lie below."""

_BLOCK_FRAMES = 960
"""Half a minute."""

_LOOK_PERIOD = 120
_LOOK_FRAMES = 24
"""0.8 s of every 3.8 s; nobody says a sentence in the 3 s between."""

_LOOK_SPOKEN = 8
"""Frames of a block: 5 s of speech in noise give as many in 29 of 30 blocks, a band in 3 of 40."""

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
    left: Budget
    """What others may cost."""
    loudest: float
    """dBFS, of the loudest 32 ms."""
    whole: bool
    """Whether it was followed to its end; not when it is very long."""
    best: Passage | None
    """The clearest passage in which somebody speaks."""


@dataclass(frozen=True, slots=True)
class Budget:
    """Seconds of sound, all channels together, that a recording may cost."""

    decoded: float
    """A single channel counts twice, since to read the file takes as long."""
    listened: float
    """In which speech is looked for, which takes six times as long."""

    @property
    def is_spent(self) -> bool:
        """Whether nothing more is to be done."""
        return self.decoded <= 0.0 or self.listened <= 0.0

    def less(self, decoded: float, listened: float) -> Budget:
        """What is left."""
        return Budget(self.decoded - decoded, self.listened - listened)


def listen(path: Path, track: int, *, budget: Budget, ffmpeg: Path | None) -> Heard:
    """Follow a track until a passage is as good as can be, or to its end.

    Args:
        path: A file of anybody's.
        track: From 0.
        budget: What it may cost; exceeded by one block at most.
        ffmpeg: The program; found when not given.

    Raises:
        EngineUnavailable: There is no ffmpeg.
    """
    seconds, listened, loudest, whole = 0.0, 0.0, FLOOR_DB, True
    searches: list[Search] = []
    left, longest = budget, LONGEST_FURTHER if track else LONGEST_READ
    try:
        for block in _blocks(path, track, ffmpeg):
            searches = searches or [Search(track, each) for each in range(block.shape[1])]
            sounds = [levels_of(channel) for channel in block.T]
            loudest = max(loudest, *(float(levels.max()) for levels in sounds))
            every = seconds < WHOLE and listened < WHOLE_SOUND
            cost = _follow(block, sounds, searches, every=every)
            seconds += block.shape[0] / RATE
            listened += cost
            left = left.less(max(2, block.shape[1]) * block.shape[0] / RATE, cost)
            ample = any(search.best and search.best.score >= 1.0 for search in searches)
            if ample or left.is_spent or seconds >= longest:
                whole = ample
                break
    except MediaError:
        # What was heard before it broke off counts; when nothing was, the caller says why.
        pass
    passages = [search.best for search in searches if search.best]
    best = max(passages, key=lambda passage: passage.rank, default=None)
    return Heard(seconds, left, loudest, whole, best)


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


def _follow(
    block: Block, sounds: Sequence[Levels], searches: Sequence[Search], *, every: bool
) -> float:
    """Let the searches hear a block; the seconds of sound that were listened to.

    Args:
        block: Of a recording.
        sounds: Levels of its channels.
        searches: Of its channels.
        every: Whether to listen to all of it without looking into it.
    """
    sources = _sources(block, sounds)
    distinct = sorted(set(sources.values()))
    listened, speaks = (0.0, True) if every else _look_into(block, sounds, distinct)
    told: dict[int, Spoken] = {}
    if speaks:
        told = {each: spoken_frames(block[:, each], sounds[each]) for each in distinct}
        listened += len(distinct) * block.shape[0] / RATE
    for channel, (levels, search) in enumerate(zip(sounds, searches, strict=True)):
        spoken = told.get(sources.get(channel, -1))
        search.hear(levels, np.zeros(levels.size, np.bool_) if spoken is None else spoken)
    return listened


def _sources(block: Block, sounds: Sequence[Levels]) -> dict[int, int]:
    """For each channel that is not silent the first one with the same sound."""
    sources: dict[int, int] = {}
    for channel, levels in enumerate(sounds):
        if levels.max() >= SILENT:
            samples, firsts = block[:, channel], dict.fromkeys(sources.values())
            same = (each for each in firsts if _is_same(samples, block[:, each]))
            sources[channel] = next(same, channel)
    return sources


def _look_into(
    block: Block, sounds: Sequence[Levels], channels: Sequence[int]
) -> tuple[float, bool]:
    """Seconds of sound that were listened to, and whether somebody seems to speak in them.

    A part of each four seconds is heard, of one channel after the other.
    """
    listened, spoken = 0.0, 0
    starts = np.arange(0, block.shape[0] // FRAME, _LOOK_PERIOD)
    for turn, channel in enumerate(channels):
        samples, levels = block[:, channel], sounds[channel]
        frames = _looked_into(starts[turn :: len(channels)], levels)
        listened += frames.size * FRAME / RATE
        spoken += int(np.count_nonzero(spoken_frames(samples, levels, frames)))
    return listened, spoken >= _LOOK_SPOKEN


def _looked_into(starts: Frames, levels: Levels) -> Frames:
    """Numbers of the frames that a look at each start takes, silent ones left out."""
    frames: Frames = (starts[:, None] + np.arange(_LOOK_FRAMES)).reshape(-1)
    frames = frames[frames < levels.size]
    return frames[levels[frames] >= SILENT]


def _is_same(one: Samples, other: Samples) -> bool:
    """Whether two channels carry one sound, at whatever level and polarity."""
    power = float(np.linalg.norm(one)) * float(np.linalg.norm(other))
    return power > 0.0 and abs(float(np.vdot(one, other))) > _SAME * power
