"""Sound and video files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.lecture import Passage
from app.phonetics import Viseme
from app.ports.speech import Speech, Word
from app.ports.work import Cancel


@dataclass(frozen=True, slots=True)
class Clip:
    """The picture and the sound of one fragment; both have the same length."""

    video: Path
    """MP4 of the talking head."""
    sound: Path
    """WAV, 24 kHz mono, a whole number of frames."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A stretch of the lecture: one slide."""

    title: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class SpokenSlide:
    """What is said while a slide is shown; times are seconds of the whole lecture."""

    words: Sequence[Word]
    start: float
    end: float
    paragraph_ends: frozenset[int] = frozenset()
    """How many of its words there are up to each end of a paragraph, heading or item."""


class Media(Protocol):
    """Reading and writing sound and video files."""

    def write_speech(self, speech: Speech, target: Path) -> float:
        """Write a WAV, 24 kHz mono 16 bit, padded with silence to a multiple of 320 ms.

        That is 8 pictures and 15 AAC frames: clips of such sounds are joined without
        encoding them again, if they also begin with 21.3 ms of digital silence.

        Returns:
            Its length in seconds.
        """

    def at_speed(self, speech: Speech, speed: float, *, cancel: Cancel) -> Speech:
        """Speech that takes another time to say the same, at the same pitch.

        Args:
            speed: From 0.25 to 4; 2 is twice as fast.

        Raises:
            MediaError: ffmpeg failed.
        """

    def write_passage(self, recording: Path, passage: Passage, target: Path) -> float:
        """Write a passage of a kept recording as such a WAV, of whole frames.

        No silence comes before it, and none behind it but at the end of the recording: passages
        that follow each other are one sound.

        Returns:
            Its length in seconds.

        Raises:
            MediaError: The recording is missing or shorter than that.
        """

    def visemes_from_sound(self, sound: Path, text: str, language: str) -> tuple[Viseme, ...]:
        """Mouth shapes for a WAV whose engine gave none.

        English is aligned to its text; elsewhere, and where the text is not known and empty,
        phonemes are recognized.
        """

    def join(
        self,
        clips: Sequence[Clip],
        target: Path,
        *,
        cancel: Cancel,
        chapters: Sequence[Chapter] = (),
    ) -> float:
        """Join clips into one MP4: video copied, sound copied or encoded once from the WAVs.

        Which of the two depends on how the clips were made; the length is the same.

        Returns:
            Its length in seconds.

        Raises:
            MediaError: The clips do not fit together, or ffmpeg failed.
        """

    def write_captions(self, slides: Sequence[SpokenSlide], *targets: Path) -> None:
        """Write captions, WebVTT or SubRip by the suffix of each target.

        Args:
            slides: Of the whole lecture, in order; those on which nothing is said may be missing.
            targets: Files, all of the same captions.
        """

    def write_chapters(self, chapters: Sequence[Chapter], target: Path) -> None:
        """Write chapters as WebVTT cues."""
