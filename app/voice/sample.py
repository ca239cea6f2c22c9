"""A voice sample: the passage that is used of it, or why there is none."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app.errors import VoiceSampleError
from app.media.blocks import sound_blocks
from app.voice.foreign import LOCKED, is_locked, why_no_sound
from app.voice.listening import SILENT, Budget, Heard, listen, without_rumble
from app.voice.passage import LEAST_SPEECH, Passage

if TYPE_CHECKING:
    from app.media.blocks import Block
    from app.ports.sound import Samples

BUDGET = Budget(decoded=8400.0, listened=2000.0)
"""Of a file: an hour of two channels and ten minutes more, some 5 s of a core for the detector."""

_CLEAR = 12.0
_HARDLY_CLEAR = 6.0
"""Decibels; below the first a speaker is met less well, below the second hardly: similarity 0.70 to
0.89 at 10 dB over noise and music, 0.62 to 0.83 at 5; strangers have 0.55 (2026-11-30)."""

_LEVEL = -23.0
"""dBFS that quieter speech is raised to; the speaker encoder hears how loud a voice is."""

_BEYOND = 1.5
"""Full scales; a file of floating-point numbers can hold what is far beyond one."""

_GOOD_SPEECH = 3.0
"""Seconds; the least that an engine which clones may be told to use."""

_MOST_TRACKS = 4
_HARDLY_ANY = 0.3
"""Seconds; what sounds like speech for so short a time is none."""


def find_passage(path: Path, *, ffmpeg: Path | None = None) -> Passage:
    """The best passage of a recording: most speech, and clearest over the background.

    Every channel is listened to by itself, so one that is silent, noisy or the inverse of
    another does no harm; of a file with several sound tracks the first counts that speaks.
    The answer depends on the file's content alone.  Memory is bounded, and so is work, by
    :data:`BUDGET`; it ends once a passage is as good as can be.

    Raises:
        VoiceSampleError: It is no recording, or there is less than 1 s of speech in it.  The
            message does not name the file: a caller knows it by another name.
        EngineUnavailable: There is no ffmpeg.
    """
    return hear(path, ffmpeg=ffmpeg)[1]


def hear(path: Path, *, ffmpeg: Path | None = None) -> tuple[float, Passage]:
    """Seconds of the recording that were heard, and its best passage.

    Raises:
        VoiceSampleError: As :func:`find_passage`.
        EngineUnavailable: There is no ffmpeg.
    """
    if not path.is_file():
        raise VoiceSampleError("there is no voice sample")
    heard: list[Heard] = []
    budget = BUDGET
    while len(heard) < _MOST_TRACKS and not budget.is_spent:
        track = listen(path, len(heard), budget=budget, ffmpeg=ffmpeg)
        if not track.seconds:
            break
        if track.best is not None and track.best.is_usable:
            return track.seconds, track.best
        heard.append(track)
        budget = track.left
    if not heard:
        raise VoiceSampleError(f"the voice sample {why_no_sound(path, ffmpeg=ffmpeg)}")
    raise VoiceSampleError(f"the voice sample {LOCKED if is_locked(path) else _fault(heard)}")


def read_passage(path: Path, rate: int, *, ffmpeg: Path | None = None) -> Samples:
    """Sound of the best passage: its channel, its spans one after the other.

    Quiet speech is raised to -23 dBFS, what is far beyond full scale is brought there, and
    what is below a voice is taken out.

    Args:
        path: A voice sample.
        rate: Hertz wanted.
        ffmpeg: The program; found when not given.

    Raises:
        VoiceSampleError: As :func:`find_passage`.
        EngineUnavailable: There is no ffmpeg.
    """
    return sound_of(path, find_passage(path, ffmpeg=ffmpeg), rate, ffmpeg=ffmpeg)


def sound_of(path: Path, passage: Passage, rate: int, *, ffmpeg: Path | None = None) -> Samples:
    """As :func:`read_passage`, of a passage that is known.

    Raises:
        EngineUnavailable: There is no ffmpeg.
    """
    sound = np.concatenate(_spans(path, passage, rate, ffmpeg))
    gain = 10 ** ((_LEVEL - passage.level) / 20)
    if gain > 1.0 or np.abs(sound).max() > _BEYOND:
        sound = sound * np.float32(gain)
    return np.clip(sound, -1.0, 1.0)


def caution(passage: Passage) -> str:
    """What its speaker should know of a passage that is used all the same, or nothing.

    Returns:
        A sentence to follow the name of the file; empty when all is well.
    """
    if passage.clearance < _CLEAR:
        how = "may be met less well" if passage.clearance >= _HARDLY_CLEAR else "will hardly be met"
        return (
            f"the speech is only {passage.clearance:.0f} dB above the noise, music or echo around"
            f" it, so the voice {how}"
        )
    if passage.speech < _GOOD_SPEECH:
        return (
            f"there are only {passage.speech:.1f} s of speech, so the voice may be met less well;"
            " 10 s are enough"
        )
    return ""


def _spans(path: Path, passage: Passage, rate: int, ffmpeg: Path | None) -> list[Samples]:
    blocks = sound_blocks(path, rate, size=rate, track=passage.track, ffmpeg=ffmpeg)
    first = int(passage.spans[0][0])
    kept: list[Block] = []
    with closing(blocks):
        for second, block in enumerate(blocks):
            if second >= passage.end:
                break
            if second >= first:
                kept.append(block[:, passage.channel : passage.channel + 1])
    (sound,) = without_rumble([np.concatenate(kept)], rate)
    return [
        sound[max(0, round((start - first) * rate)) : round((end - first) * rate), 0]
        for start, end in passage.spans
    ]


def _fault(heard: list[Heard]) -> str:
    """Why nothing on any track can be used, to follow "the voice sample"."""
    seconds = max(track.seconds for track in heard)
    heard_of = "its first" if any(not track.whole for track in heard) else "its"
    if all(track.loudest < SILENT for track in heard):
        return f"is silent: nothing is heard in {heard_of} {long(seconds)}"
    passages = [track.best for track in heard if track.best is not None]
    best = max(passages, key=lambda passage: passage.speech, default=None)
    if best is not None and best.speech >= LEAST_SPEECH:
        return (
            "holds speech that is drowned out: the noise, music or echo around it is as loud as"
            " the voice itself"
        )
    if best is not None and best.speech >= _HARDLY_ANY:
        return f"holds {best.speech:.2f} s of speech, at least {LEAST_SPEECH:g} s is needed"
    if seconds < LEAST_SPEECH:
        return f"is {seconds:.2f} s long, at least {LEAST_SPEECH:g} s of speech is needed"
    return (
        f"holds no speech: in {heard_of} {long(seconds)} there is noise, music or something"
        " else, but no voice that speaks"
    )


def long(seconds: float) -> str:
    """A length as people say it.

    >>> long(8.04), long(3725)
    ('8.0 s', '62 min')
    """
    return f"{seconds:.1f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
