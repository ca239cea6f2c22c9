"""A recording that is heard instead of a text: kept as the service uses it, and cut into pieces."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING

import numpy as np

from app.errors import MediaError, RecordingError, VoiceSampleError
from app.media.audio import SAMPLES_PER_FRAME
from app.media.blocks import sound_blocks
from app.media.claimed_length import claimed_length
from app.media.levels import LOUDNESS, MOST_GAIN, MOST_LIMITED, TRUE_PEAK
from app.media.loudness_meter import LoudnessMeter
from app.media.passages import KEPT
from app.ports.face import FRAMES_PER_SECOND
from app.ports.sound import SAMPLE_RATE
from app.voice.foreign import LOCKED, is_locked, why_no_sound
from app.voice.listening import SILENT
from app.voice.pauses import cuts
from app.voice.sample import find_passage, long

if TYPE_CHECKING:
    from app.media.blocks import Block
    from app.ports.sound import Samples
    from app.voice.activity import Levels

SHORTEST = 0.2
"""Seconds; a word has more."""

CPU_SECONDS = 600
"""Of ffmpeg's; twelve hours of a recording take 12 to 100."""

_BLOCK = 10 * SAMPLE_RATE
_MOST_TRACKS = 4

_MISSING_SECONDS = 1.0
_MISSING_SHARE = 0.02
"""What may be missing of the length that a file claims, whichever is more: encoders pad."""

_CLEAR = 6.0
"""Decibels of speech over what else is heard; with less, words are missed."""

_CANCELLED = 0.1
"""Of the channels' power; mixed to less, they are opposite, and the loudest is taken instead."""


@dataclass(frozen=True, slots=True)
class Recording:
    """What is known of a recording that was kept."""

    seconds: float
    gain: float
    """Decibels that bring all of it to the loudness of speech, its highest peaks held."""
    cuts: tuple[float, ...]
    """Seconds at which to cut it into pieces; whole frames, in order."""
    caution: str
    """What its owner should know of it; empty when all is well."""


def keep_recording(
    path: Path, target: Path, *, most_seconds: float, ffmpeg: Path | None = None
) -> Recording:
    """Decode a recording of anybody's once, into a file of samples, and measure it meanwhile.

    The first sound track is taken that is not silent, its channels mixed into one.  Nothing is
    left out and nothing filtered.  Memory does not grow with the length, but for a number a frame.

    Args:
        path: A file of any name and format.
        target: File to write, as :data:`app.media.passages.KEPT` says.
        most_seconds: Longest sound that is taken.
        ffmpeg: The program; found when not given.

    Raises:
        RecordingError: It is no recording, silent, too short, too long or cut off.  The message
            does not name the file: a caller knows it by another name.
        EngineUnavailable: There is no ffmpeg.
        OSError: The file cannot be written.
    """
    kept = _kept(path, target, most_seconds, ffmpeg)
    seconds = kept.samples / SAMPLE_RATE
    claimed = claimed_length(path, ffmpeg=ffmpeg) or 0.0
    if claimed - seconds > max(_MISSING_SECONDS, _MISSING_SHARE * claimed):
        raise RecordingError(
            f"the recording is cut off: by its own account it has {long(claimed)}, and only"
            f" {long(seconds)} can be read"
        )
    return Recording(
        seconds,
        kept.gain(),
        tuple(frame / FRAMES_PER_SECOND for frame in cuts(kept.levels())),
        _caution(path, ffmpeg),
    )


def _kept(path: Path, target: Path, most_seconds: float, ffmpeg: Path | None) -> _Kept:
    """The first track that is not silent."""
    heard: list[_Kept] = []
    while len(heard) < _MOST_TRACKS:
        source = _Source(path, len(heard), most_seconds, ffmpeg)
        kept = _written(source, target)
        if not kept.samples:
            break
        if kept.levels().max() >= SILENT:
            _check_length(kept)
            return kept
        heard.append(kept)
    if not heard:
        raise RecordingError(f"the recording {why_no_sound(path, ffmpeg=ffmpeg)}")
    if is_locked(path):
        raise RecordingError(f"the recording {LOCKED}")
    seconds = max(kept.samples for kept in heard) / SAMPLE_RATE
    raise RecordingError(f"the recording is silent: nothing is heard in its {long(seconds)}")


def _check_length(kept: _Kept) -> None:
    seconds = kept.samples / SAMPLE_RATE
    if seconds < SHORTEST:
        raise RecordingError(
            f"the recording is {seconds:.2f} s long, at least {SHORTEST:g} s are needed"
        )


def _written(source: _Source, target: Path) -> _Kept:
    kept, loudest = _write(source.mixed(), target), source.opposite()
    return kept if loudest is None else _write(source.channel(loudest), target)


def _write(pieces: Iterator[Samples], target: Path) -> _Kept:
    kept = _Kept()
    with target.open("wb") as file:
        for piece in pieces:
            kept.take(piece, file)
    return kept


@dataclass(slots=True)
class _Source:
    """A sound track of a file, mixed into one channel."""

    path: Path
    track: int
    most_seconds: float
    ffmpeg: Path | None
    _mixed_power: float = 0.0
    _powers: Samples | None = None

    def mixed(self) -> Iterator[Samples]:
        """Pieces in order: the mean of all channels."""
        for block in self._blocks():
            piece: Samples = block.mean(axis=1, dtype=np.float32)
            powers = np.square(block, dtype=np.float64).sum(axis=0)
            self._powers = powers if self._powers is None else self._powers + powers
            self._mixed_power += float(np.square(piece, dtype=np.float64).sum())
            yield piece

    def opposite(self) -> int | None:
        """The loudest channel, if those that were mixed are each other's inverse."""
        if self._powers is None or self._mixed_power >= _CANCELLED * self._powers.mean():
            return None
        return int(np.argmax(self._powers)) if self._powers.max() > 0.0 else None

    def channel(self, number: int) -> Iterator[Samples]:
        """Pieces of one channel."""
        for block in self._blocks():
            yield block[:, number]

    def _blocks(self) -> Iterator[Block]:
        """Up to the end of what can be decoded.

        Raises:
            RecordingError: It is too long.
        """
        samples = 0
        blocks = sound_blocks(
            self.path,
            SAMPLE_RATE,
            size=_BLOCK,
            track=self.track,
            ffmpeg=self.ffmpeg,
            cpu_seconds=CPU_SECONDS,
        )
        with closing(blocks):
            try:
                for block in blocks:
                    samples += block.shape[0]
                    if samples > self.most_seconds * SAMPLE_RATE:
                        raise RecordingError(
                            f"the recording is longer than {long(self.most_seconds)}, which is"
                            " the most that is left for it in one lecture; divide it"
                        )
                    yield block
            except MediaError:
                # No such track, or it breaks off: what the file claims to hold tells which.
                return


@dataclass(slots=True)
class _Kept:
    """What was heard of a sound while it was written."""

    samples: int = 0
    _meter: LoudnessMeter = field(default_factory=lambda: LoudnessMeter(SAMPLE_RATE))
    _levels: list[Levels] = field(default_factory=list)

    def take(self, piece: Samples, file: IO[bytes]) -> None:
        """Write the next piece; all but the last have whole frames."""
        self._meter.hear(piece)
        self._levels.append(_levels(piece))
        self.samples += piece.size
        file.write(piece.astype(KEPT).tobytes())

    def levels(self) -> Levels:
        """Of each frame of the picture, in dBFS."""
        return np.concatenate(self._levels)

    def gain(self) -> float:
        """Decibels to the loudness of speech, as far as peaks allow."""
        loudness = self._meter.loudness()
        if not np.isfinite(loudness):
            return 0.0
        peak = 20 * np.log10(self._meter.peak)
        return float(min(LOUDNESS - loudness, MOST_GAIN, TRUE_PEAK - peak + MOST_LIMITED))


def _levels(piece: Samples) -> Levels:
    frames = np.pad(piece, (0, -piece.size % SAMPLES_PER_FRAME)).reshape(-1, SAMPLES_PER_FRAME)
    power = np.square(frames, dtype=np.float64).mean(axis=1)
    levels: Levels = 10 * np.log10(np.maximum(power, 1e-12))
    return levels


def _caution(path: Path, ffmpeg: Path | None) -> str:
    """Whether somebody speaks in it, and how clearly."""
    try:
        passage = find_passage(path, ffmpeg=ffmpeg)
    except VoiceSampleError:
        return "nobody is heard to speak in it: the lips follow whatever sounds"
    if passage.clearance < _CLEAR:
        return (
            f"the speech is only {passage.clearance:.0f} dB above the noise, music or echo around"
            " it: lips and captions may miss some of it"
        )
    return ""
