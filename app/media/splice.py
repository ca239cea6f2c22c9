"""Clips joined packet by packet: neither picture nor sound is encoded again.

AAC packet ``i`` of a clip covers the samples ``(i - 1) * 1024`` to ``(i + 1) * 1024`` and
overlaps its neighbours by half.  Packet 0 lies half before the clip: it holds the
encoder's priming.  Where a clip of N packets' worth of sound begins with a silent AAC
frame, its packet 0 holds silence only, and so does the latter half of its predecessor's
packet N, which the encoder filled with zeros: the one can stand in for the other.  Joined
are then packets 0 to N of the first clip and 1 to N of each further one, and everything
but the silent first AAC frame of each clip decodes to the very samples it had alone.
"""

from __future__ import annotations

import wave
from collections.abc import Sequence
from pathlib import Path

from app.media.concat import clips_in, labelled
from app.media.encoder import AAC_FRAME, BLOCK_FRAMES, SOUND_RATE, TIME_SCALE
from app.media.ffmpeg import Stream, sink
from app.media.mp4 import Track, read_index
from app.ports.face import FRAMES_PER_SECOND
from app.ports.media import Clip
from app.ports.sound import SAMPLE_RATE
from app.ports.work import Cancel

_SOUND_TICKS = SOUND_RATE // FRAMES_PER_SECOND
"""Of the sound track, per picture."""
_PICTURE_TICKS = TIME_SCALE // FRAMES_PER_SECOND
"""Of the picture track, per picture."""
_SILENT_HEAD = AAC_FRAME * SAMPLE_RATE // SOUND_RATE
"""Samples of a WAV in its first AAC frame."""
_SILENT_PACKET = 8
"""Bytes; ffmpeg's encoder writes 4 for digital silence and hundreds for anything else."""
_AAC_SETUP = (2, 3, 1)
"""Low complexity, 48 kHz, mono: the first fields of an AudioSpecificConfig (ISO/IEC 14496-3)."""
INPOINT = 0.0
"""Seconds at which a further clip is entered: its packet 0 lies before, all others behind."""


def obstacle(clips: Sequence[Clip], frames: Sequence[int], cancel: Cancel) -> str:
    """Why the sound of these clips must be encoded anew; empty when it can be spliced.

    Args:
        clips: Known to fit together by their pictures.
        frames: Pictures of each.
        cancel: Checked before each clip.

    Raises:
        MediaError: A clip cannot be read.
    """
    setups = set()
    for clip, count in zip(clips, frames, strict=True):
        cancel.check()
        if count % BLOCK_FRAMES:
            return f"{clip.sound.name} ends within an AAC frame"
        if not _begins_silent(clip.sound):
            return f"{clip.sound.name} does not begin with silence"
        setup = _sound_setup(clip.video, count)
        if setup is None:
            return f"the sound of {clip.video.name} was encoded in another way"
        setups.add(setup)
    return "" if len(setups) == 1 else "the clips' sounds were encoded in different ways"


def spliced(scratch: Path, part: Path) -> Stream:
    """Graph that writes clips for which there is no :func:`obstacle` one after another.

    Args:
        scratch: Holds the script, which enters further clips at :data:`INPOINT`, and chapters.
        part: MP4 to write.
    """
    import ffmpeg

    clips = clips_in(scratch)
    joined = ffmpeg.output(
        clips["v:0"],
        clips["a:0"],
        sink(part),
        format="mp4",
        vcodec="copy",
        acodec="copy",
        video_track_timescale=TIME_SCALE,
        map_metadata=1,
        map_chapters=1,
        movflags="+faststart",
        fflags="+bitexact",
        # The first clip's packet 0 lies before 0, and that is where it belongs.
        copyts=None,
    )
    return labelled(joined, scratch)


def spliced_packets(frames: int) -> int:
    """Sound packets of a spliced lecture of so many pictures."""
    return frames * _SOUND_TICKS // AAC_FRAME + 1


def _begins_silent(sound: Path) -> bool:
    with wave.open(str(sound), "rb") as wav:
        return not any(wav.readframes(_SILENT_HEAD))


def _sound_setup(video: Path, frames: int) -> bytes | None:
    """What a decoder of the clip's sound must know; None when it is not as we encode it."""
    index = read_index(video)
    if index.picture is None or index.sound is None:
        return None
    fits = _pictures_like_ours(index.picture, frames) and _sound_like_ours(index.sound, frames)
    return index.sound.decoder_setup if fits else None


def _pictures_like_ours(picture: Track, frames: int) -> bool:
    """Whether they begin at 0 and nothing is stored before it."""
    return (
        picture.ticks_per_second == TIME_SCALE
        and (picture.start, picture.duration) == (0, frames * _PICTURE_TICKS)
        and picture.in_order
    )


def _sound_like_ours(sound: Track, frames: int) -> bool:
    """Whether it is coded as ours, lasts as long as the pictures, and lacks no sample."""
    return (
        sound.codec == "aac"
        and _aac_form(sound.decoder_setup) == _AAC_SETUP
        and sound.ticks_per_second == SOUND_RATE
        and (sound.start, sound.duration) == (0, frames * _SOUND_TICKS)
        and (sound.cut, sound.samples) == (AAC_FRAME, spliced_packets(frames))
        and sound.first_bytes <= _SILENT_PACKET
    )


def _aac_form(setup: bytes) -> tuple[int, int, int]:
    """Object type, sampling frequency index, channel configuration: 5, 4 and 4 bits."""
    bits = int.from_bytes(setup[:2], "big")
    return bits >> 11, bits >> 7 & 0xF, bits >> 3 & 0xF
