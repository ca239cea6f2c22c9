"""Frames in, a clip with sound out."""

from __future__ import annotations

import math
import wave
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal

from app.errors import MediaError
from app.media.ffmpeg import Ffmpeg, Stream, sink, source
from app.media.files import whole_file
from app.ports.face import FRAMES_PER_SECOND

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

PixelFormat = Literal["rgb24", "bgr24", "yuv420p"]

_HALF_BYTES_PER_PIXEL = {"rgb24": 6, "bgr24": 6, "yuv420p": 3}
_FINISH_SECONDS = 300.0
"""More than ffmpeg ever needs once it has all frames; a hanging one is killed."""

TIME_SCALE = 12800
"""Ticks per second of every video track, so that tracks can be copied one after another."""

SOUND_RATE = 48000
SOUND_OPTIONS = {
    "acodec": "aac",
    "audio_bitrate": "128k",
    "ar": SOUND_RATE,
    "ac": 1,
    # Noise that the decoder makes up depends on all that it decoded before; without it a
    # clip sounds the same, to the sample, alone and behind others.
    "aac_pns": 0,
}
"""48 kHz although speech has 24: the encoder's priming is 1024 samples, and at 48 kHz a player
that ignores edit lists is late by 21 ms instead of 43; it is the rate every player's hardware
runs at; and twice 24 kHz is exact, so a frame of 960 samples stays a whole number of samples."""

AAC_FRAME = 1024
"""Samples that a sound packet adds, and that the encoder sends ahead as priming."""

BLOCK_FRAMES = 8
"""Pictures, 320 ms: the shortest time that is a whole number of pictures and of AAC frames (15)."""

SAME_BYTES = {"map_metadata": -1, "fflags": "+bitexact", "flags:a": "+bitexact"}
"""No encoder names, no dates: the same input gives the same file."""


class VideoWriter:
    """An MP4 being written, frame by frame, with the sound of a WAV.

    H.264 in yuv420p (BT.709), 25 frames per second, a key frame every 2 s, no B-frames;
    AAC; the index in front.  The encoder's settings never change but for ``crf`` and
    ``preset``, so the video of any two clips of one size can be copied into one file, and
    the same frames give the same bytes.  One encoder thread: it keeps the bytes
    independent of the machine and leaves the other cores to the face engine.

        with VideoWriter(target, width=640, height=640, sound=sound) as clip:
            for frame in frames:
                clip.write(frame)

    The file appears under its name when the block ends without an exception.
    """

    def __init__(
        self,
        target: Path,
        *,
        width: int,
        height: int,
        sound: Path,
        crf: int = 18,
        preset: str = "veryfast",
        pixel_format: PixelFormat = "rgb24",
        ffmpeg: Path | None = None,
    ) -> None:
        """Check the size; nothing is started before the block is entered.

        Args:
            target: MP4 to write.
            width: Pixels, even.
            height: Pixels, even.
            sound: PCM WAV as long as the frames that will be written.
            crf: x264's constant quality, 0 to 51, lower is better.
            preset: x264's preset, ``ultrafast`` to ``veryslow``.
            pixel_format: Of the frames; ``yuv420p`` is planar BT.709 in the limited range and
                costs no conversion.
            ffmpeg: The program; found when not given.

        Raises:
            ValueError: An odd or empty size, which yuv420p cannot hold.
        """
        if width <= 0 or height <= 0 or width % 2 or height % 2:
            raise ValueError(f"a clip must have an even width and height, not {width}x{height}")
        self._target = target
        self._size = (width, height)
        self._sound = sound
        self._quality = {"crf": crf, "preset": preset}
        self._pixel_format = pixel_format
        self._ffmpeg = ffmpeg
        self._frame_bytes = width * height * _HALF_BYTES_PER_PIXEL[pixel_format] // 2
        self._written = 0
        self._resources = ExitStack()

    def __enter__(self) -> VideoWriter:
        """Start ffmpeg.

        Raises:
            MediaError: The sound is no WAV, or ffmpeg is missing.
        """
        self._expected = _frames_of(self._sound)
        with ExitStack() as starting:
            part = starting.enter_context(whole_file(self._target))
            self._encoder = starting.enter_context(
                Ffmpeg(
                    self._graph(part),
                    purpose=f"encoding {self._target.name}",
                    ffmpeg=self._ffmpeg,
                    feed=True,
                )
            )
            self._resources = starting.pop_all()
        return self

    def write(self, frame: bytes | memoryview | npt.NDArray[np.uint8]) -> None:
        """Append one frame.

        Args:
            frame: ``width * height * 3`` contiguous bytes (``* 3 / 2`` for ``yuv420p``); an
                array of shape ``(height, width, 3)`` is fine.

        Raises:
            ValueError: Another number of bytes.
            MediaError: ffmpeg has given up.
            DiskFull: It found no space.
        """
        view = memoryview(frame)  # type: ignore[arg-type]  # numpy tells of buffers from 3.12 on
        if view.nbytes != self._frame_bytes or not view.c_contiguous:
            raise ValueError(
                f"a frame must be {self._frame_bytes} contiguous bytes, not {view.nbytes}"
            )
        try:
            self._encoder.stdin.write(view)
        except BrokenPipeError as error:
            raise self._encoder.failed() from error
        self._written += 1

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Finish the file and give it its name, or remove it after an exception.

        Raises:
            MediaError: ffmpeg failed, or picture and sound differ in length.
            DiskFull: No space is left.
        """
        if error is not None:
            self._resources.__exit__(kind, error, traceback)
            return
        with self._resources:
            self._finish()

    def _finish(self) -> None:
        if self._written != self._expected:
            raise MediaError(
                f"{self._target.name} got {self._written} frames, "
                f"its sound is {self._expected} frames long"
            )
        try:
            self._encoder.stdin.close()
        except BrokenPipeError as error:
            raise self._encoder.failed() from error
        self._encoder.wait(timeout=_FINISH_SECONDS)

    def _graph(self, part: Path) -> Stream:
        import ffmpeg

        width, height = self._size
        frames = ffmpeg.input(
            "pipe:0",
            format="rawvideo",
            pix_fmt=self._pixel_format,
            s=f"{width}x{height}",
            framerate=FRAMES_PER_SECOND,
        )
        sound = source(self._sound, format="wav")
        return ffmpeg.output(
            frames.video,
            sound.audio,
            sink(part),
            format="mp4",
            **_video_options(self._pixel_format),
            **self._quality,
            **SOUND_OPTIONS,
            **SAME_BYTES,
            movflags="+faststart",
        )


def _video_options(pixel_format: PixelFormat) -> dict[str, object]:
    options: dict[str, object] = {
        "vcodec": "libx264",
        "pix_fmt": "yuv420p",
        "threads": 1,
        "g": 2 * FRAMES_PER_SECOND,
        # Without B-frames the first picture is at 0 and the track needs no edit list.
        "bf": 0,
        "flags:v": "+bitexact",
        "video_track_timescale": TIME_SCALE,
        "color_primaries": "bt709",
        "color_trc": "bt709",
        "colorspace": "bt709",
        "color_range": "tv",
    }
    if pixel_format != "yuv420p":
        # ffmpeg would convert by BT.601, and players would show HD sizes by BT.709.
        options["vf"] = "scale=out_color_matrix=bt709:out_range=tv:flags=bicubic+accurate_rnd"
    else:
        # Without tags ffmpeg inserts a scaler of its own, which darkens by 2.5 levels and
        # costs time.
        options["vf"] = "setparams=range=tv:" + ":".join(
            f"{name}=bt709" for name in ("colorspace", "color_primaries", "color_trc")
        )
    return options


def _frames_of(sound: Path) -> int:
    try:
        with wave.open(str(sound), "rb") as opened:
            samples, rate = opened.getnframes(), opened.getframerate()
    except (OSError, EOFError, wave.Error) as error:
        raise MediaError(f"{sound.name} is no WAV that can be read") from error
    return math.ceil(samples * FRAMES_PER_SECOND / rate)
