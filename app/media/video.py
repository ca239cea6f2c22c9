"""Clips joined into one video: picture copied, sound copied or encoded once."""

from __future__ import annotations

import logging
import wave
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.errors import MediaError
from app.media.concat import clips_in, labelled, write_chapters, write_script
from app.media.encoder import SAME_BYTES, SOUND_OPTIONS, TIME_SCALE
from app.media.ffmpeg import Stream, run, sink, source
from app.media.files import scratch_dir, whole_file
from app.media.probe import Probe, probe
from app.media.splice import INPOINT, obstacle, spliced, spliced_packets
from app.ports.face import FRAMES_PER_SECOND
from app.ports.media import Chapter, Clip
from app.ports.sound import SAMPLE_RATE
from app.ports.work import Cancel

log = logging.getLogger(__name__)

_SAMPLES_PER_FRAME = SAMPLE_RATE // FRAMES_PER_SECOND
_SOUND = "sound.wav"
_LIP_SYNC = 0.01
"""Seconds between the starts of picture and sound that nobody notices."""
_JOIN_SECONDS = 1800.0
"""Longest time.  10 minutes of lecture take 5 s of one core (60 clips) when sound is encoded."""


def join(
    clips: Sequence[Clip],
    target: Path,
    *,
    cancel: Cancel,
    chapters: Sequence[Chapter] = (),
    ffmpeg: Path | None = None,
) -> float:
    """Join clips into one MP4.

    The picture is copied, never encoded again.  The sound is spliced packet by packet
    where the clips allow it (see :mod:`app.media.splice`), as those do that this service
    makes.  Otherwise it is put together sample by sample from the WAVs and encoded once:
    AAC streams copied one after another as they are would each bring their own priming,
    which shifts the sound by 39 to 95 ms and damages the seams (measured on 40 fragments;
    this way stays within 4 ms).

    Args:
        clips: At least one, all of one size, made by one encoder with the same settings.
        target: MP4 to write.
        cancel: Checked before each clip and, while sound is encoded, twenty times per second.
        chapters: In time order; none is fine.
        ffmpeg: The program; found when not given.

    Returns:
        Its length in seconds.

    Raises:
        MediaError: The clips do not fit together, or ffmpeg failed.
        DiskFull: No space is left.
    """
    if not clips:
        raise MediaError(f"no clips to join into {target.name}")
    frames = _matching_frames(clips, cancel)
    reason = obstacle(clips, frames, cancel)
    with scratch_dir(target) as scratch, whole_file(target) as part:
        write_chapters(chapters, scratch)
        write_script(clips, frames, scratch, cancel=cancel, inpoint=None if reason else INPOINT)
        if reason:
            log.debug("sound is encoded target=%s reason=%s", target.name, reason)
            _write_sound(clips, scratch / _SOUND, cancel)
            graph = _encoded(scratch, part)
        else:
            log.debug("sound is spliced target=%s clips=%d", target.name, len(clips))
            graph = spliced(scratch, part)
        purpose = f"joining {len(clips)} clips into {target.name}"
        run(graph, purpose=purpose, timeout=_JOIN_SECONDS, cancel=cancel, ffmpeg=ffmpeg)
        found = probe(part)
        if not reason:
            _check_spliced(found, sum(frames), target.name)
        return _verified_length(found, sum(frames), target.name)


def _matching_frames(clips: Sequence[Clip], cancel: Cancel) -> list[int]:
    """Frames of each clip, once all are known to fit together."""
    first = probe(clips[0].video)
    counts = []
    for clip in clips:
        cancel.check()
        found = probe(clip.video)
        _check_alike(found, first, clip.video.name, clips[0].video.name)
        _check_sound(clip, found.frames)
        counts.append(found.frames)
    return counts


def _check_alike(found: Probe, first: Probe, name: str, first_name: str) -> None:
    if found.video_codec != "h264" or found.frames == 0:
        raise MediaError(f"{name} holds no H.264 picture")
    if round(found.frame_rate, 3) != FRAMES_PER_SECOND:
        raise MediaError(f"{name} has {found.frame_rate:g} frames per second, not 25")
    if (found.width, found.height) != (first.width, first.height):
        raise MediaError(
            f"{name} is {found.width}x{found.height}, {first_name} is {first.width}x{first.height}"
        )
    if found.decoder_setup != first.decoder_setup:
        raise MediaError(f"{name} and {first_name} were encoded with different settings")


def _check_sound(clip: Clip, frames: int) -> None:
    with _opened(clip.sound) as wav:
        samples = wav.getnframes()
    if samples != frames * _SAMPLES_PER_FRAME:
        raise MediaError(
            f"{clip.video.name} has {frames} frames, "
            f"{clip.sound.name} has sound for {samples / _SAMPLES_PER_FRAME:g}"
        )


@contextmanager
def _opened(sound: Path) -> Iterator[wave.Wave_read]:
    try:
        with wave.open(str(sound), "rb") as wav:
            form = (wav.getframerate(), wav.getnchannels(), wav.getsampwidth())
            if form != (SAMPLE_RATE, 1, 2):
                raise MediaError(f"{sound.name} is not 24 kHz, mono, 16 bit: {form}")
            yield wav
    except (EOFError, FileNotFoundError, wave.Error) as error:
        raise MediaError(f"{sound.name} is no WAV that can be read") from error


def _write_sound(clips: Sequence[Clip], sound: Path, cancel: Cancel) -> None:
    with sound.open("wb") as written, wave.open(written, "wb") as whole:
        whole.setnchannels(1)
        whole.setsampwidth(2)
        whole.setframerate(SAMPLE_RATE)
        for clip in clips:
            cancel.check()
            with _opened(clip.sound) as wav:
                whole.writeframesraw(wav.readframes(wav.getnframes()))


def _encoded(scratch: Path, part: Path) -> Stream:
    import ffmpeg

    voice = source(scratch / _SOUND, format="wav")
    joined = ffmpeg.output(
        clips_in(scratch).video,
        voice.audio,
        sink(part),
        format="mp4",
        vcodec="copy",
        video_track_timescale=TIME_SCALE,
        map_chapters=2,
        movflags="+faststart",
        # The priming packet of the first clip's own sound lies before 0; without this ffmpeg
        # takes it for the start of the lecture and shows every picture 21 ms late.
        copyts=None,
        **SOUND_OPTIONS,
        **{**SAME_BYTES, "map_metadata": 2},
    )
    return labelled(joined, scratch)


def _check_spliced(found: Probe, frames: int, name: str) -> None:
    """A packet too many or too few would shift the sound of all clips behind it."""
    wanted = spliced_packets(frames)
    if found.audio_packets != wanted:
        raise MediaError(
            f"{name} came out with {found.audio_packets} sound packets instead of {wanted}"
        )


def _verified_length(found: Probe, frames: int, name: str) -> float:
    if found.frames != frames:
        raise MediaError(f"{name} came out with {found.frames} frames instead of {frames}")
    late = found.audio_start - found.video_start
    if abs(late) > _LIP_SYNC:
        raise MediaError(f"the sound of {name} came out {late * 1000:.0f} ms late")
    apart = abs(found.video_duration - found.audio_duration)
    if apart > 1 / FRAMES_PER_SECOND:
        raise MediaError(f"picture and sound of {name} differ by {apart * 1000:.0f} ms")
    return found.video_duration
