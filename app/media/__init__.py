"""Sound and video files, by ffmpeg.

Importing this package is light; numpy and the decoders are loaded by the first call that
needs them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.media.ffmpeg import locate

if TYPE_CHECKING:
    from app.lecture import Passage
    from app.phonetics import Viseme
    from app.ports.media import Chapter, Clip, SpokenSlide
    from app.ports.speech import Speech
    from app.ports.work import Cancel

__all__ = ["FfmpegMedia"]


class FfmpegMedia:
    """The :class:`app.ports.media.Media` of this service."""

    def __init__(self, ffmpeg: Path | None = None) -> None:
        """Find ffmpeg.

        Args:
            ffmpeg: The program; without it the system's, else the imageio-ffmpeg wheel's.

        Raises:
            MediaError: The given path is no program.
        """
        self._ffmpeg = locate(ffmpeg)

    def write_speech(self, speech: Speech, target: Path) -> float:
        """Write a WAV of whole blocks; see :func:`app.media.audio.write_speech`."""
        from app.media.audio import write_speech

        return write_speech(speech, target)

    def at_speed(self, speech: Speech, speed: float, *, cancel: Cancel) -> Speech:
        """Speech that takes another time; see :func:`app.media.tempo.at_speed`."""
        from app.media.tempo import at_speed

        return at_speed(speech, speed, cancel=cancel, ffmpeg=self._ffmpeg)

    def write_passage(self, recording: Path, passage: Passage, target: Path) -> float:
        """Write a passage of a recording; see :func:`app.media.passages.write_passage`."""
        from app.media.passages import write_passage

        return write_passage(recording, passage, target)

    def visemes_from_sound(self, sound: Path, text: str, language: str) -> tuple[Viseme, ...]:
        """Mouth shapes heard in a WAV; see :mod:`app.media.alignment`."""
        from app.media.alignment import english_words, visemes_from_sound

        return visemes_from_sound(sound, english_words(text) if language == "en" else ())

    def join(
        self,
        clips: Sequence[Clip],
        target: Path,
        *,
        cancel: Cancel,
        chapters: Sequence[Chapter] = (),
    ) -> float:
        """Join clips into one MP4; see :func:`app.media.video.join`."""
        from app.media.video import join

        return join(clips, target, cancel=cancel, chapters=chapters, ffmpeg=self._ffmpeg)

    def write_captions(self, slides: Sequence[SpokenSlide], *targets: Path) -> None:
        """Write captions, WebVTT or SubRip by the suffix; see :mod:`app.media.captions`."""
        from app.media.captions import captions
        from app.media.cue_files import write_cues

        cues = captions(slides)
        for target in targets:
            write_cues(cues, target)

    def write_chapters(self, chapters: Sequence[Chapter], target: Path) -> None:
        """Write chapters as WebVTT cues; see :mod:`app.media.cue_files`."""
        from app.media.cue_files import write_chapters

        write_chapters(chapters, target)
