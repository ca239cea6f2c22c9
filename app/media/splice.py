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
from fractions import Fraction
from pathlib import Path

import av

from app.disk import disk_full
from app.errors import MediaError
from app.media.encoder import AAC_FRAME, BLOCK_FRAMES, SOUND_RATE, TIME_SCALE
from app.ports.face import FRAMES_PER_SECOND
from app.ports.media import Chapter, Clip
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
_INPUT = {"protocol_whitelist": "file"}
_OUTPUT = {"movflags": "+faststart", "fflags": "+bitexact"}


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


def splice(
    clips: Sequence[Clip],
    frames: Sequence[int],
    part: Path,
    *,
    chapters: Sequence[Chapter],
    cancel: Cancel,
) -> None:
    """Write clips for which there is no :func:`obstacle` one after another into an MP4.

    Args:
        clips: At least one.
        frames: Pictures of each.
        part: File to write.
        chapters: In time order; none is fine.
        cancel: Checked before each clip; one of 10 s takes 10 ms.

    Raises:
        MediaError: A clip cannot be read or the file cannot be written.
        DiskFull: No space is left.
    """
    try:
        with av.open(f"file:{part}", "w", format="mp4", options=_OUTPUT) as joined:
            joined.set_chapters([_labelled(chapter) for chapter in chapters])
            before = 0
            for clip, count in zip(clips, frames, strict=True):
                cancel.check()
                _append(clip.video, joined, before)
                before += count
    except av.FFmpegError as error:
        work = f"joining {len(clips)} clips"
        failed = MediaError(f"{work} failed: {error.strerror}")
        raise disk_full(error, work) or failed from error


def _begins_silent(sound: Path) -> bool:
    with wave.open(str(sound), "rb") as wav:
        return not any(wav.readframes(_SILENT_HEAD))


def _sound_setup(video: Path, frames: int) -> bytes | None:
    """What a decoder of the clip's sound must know; None when it is not as we encode it."""
    try:
        with av.open(f"file:{video}", options=_INPUT) as clip:
            if not clip.streams.audio or not _timed_like_ours(clip, frames):
                return None
            sound = clip.streams.audio[0]
            if not _encoded_like_ours(sound.codec_context):
                return None
            first = next(clip.demux(sound))
            if first.pts != -AAC_FRAME or first.size > _SILENT_PACKET:
                return None
            return bytes(sound.codec_context.extradata or b"")
    except av.FFmpegError as error:
        raise MediaError(f"cannot read {video.name} as a video") from error


def _timed_like_ours(clip: av.container.InputContainer, frames: int) -> bool:
    """Whether both tracks begin at 0, last equally long, and no sample has been cut off."""
    picture, sound = clip.streams.video[0], clip.streams.audio[0]
    return (
        picture.time_base == Fraction(1, TIME_SCALE)
        and sound.time_base == Fraction(1, SOUND_RATE)
        and (picture.start_time, picture.duration) == (0, frames * _PICTURE_TICKS)
        and (sound.start_time, sound.duration) == (0, frames * _SOUND_TICKS)
        and sound.frames == frames * _SOUND_TICKS // AAC_FRAME + 1
    )


def _encoded_like_ours(codec: av.AudioCodecContext) -> bool:
    form = (codec.name, codec.profile, codec.sample_rate, codec.channels)
    return form == ("aac", "LC", SOUND_RATE, 1)


def _append(video: Path, joined: av.container.OutputContainer, before: int) -> None:
    """Copy the packets of a clip behind the pictures that stand ``before`` it."""
    with av.open(f"file:{video}", options=_INPUT) as clip:
        tracks = (clip.streams.video[0], clip.streams.audio[0])
        if not joined.streams:
            for track in tracks:
                joined.add_stream_from_template(track).time_base = track.time_base
        for packet in clip.demux(*tracks):
            if packet.pts is None or packet.dts is None:
                # PyAV tells the end of each track by an empty packet.
                continue
            if packet.is_corrupt:
                raise MediaError(f"{video.name} breaks off")
            is_picture = packet.stream_index == tracks[0].index
            if before and not is_picture and packet.pts < 0:
                continue
            shift = before * (_PICTURE_TICKS if is_picture else _SOUND_TICKS)
            packet.pts += shift
            packet.dts += shift
            packet.stream = joined.streams[0 if is_picture else 1]
            joined.mux(packet)


def _labelled(chapter: Chapter) -> av.container.core.Chapter:
    return {
        "id": 0,
        "start": round(chapter.start * 1000),
        "end": round(chapter.end * 1000),
        "time_base": Fraction(1, 1000),
        "metadata": {"title": " ".join(chapter.title.split())},
    }
