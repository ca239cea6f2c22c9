"""What the steps of a lecture need from the outside world.

An adapter is any class with these methods; it need not inherit anything.  The
conventions are the same everywhere:

* samples are mono ``float32`` in [-1, 1], shape ``(n_samples,)``;
* frames are ``uint8`` RGB, shape ``(height, width, 3)``, 25 per second;
* times are seconds, rates are hertz, paths are absolute.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal, Protocol, runtime_checkable

from pydantic import BaseModel

from app.phonetics import Viseme

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Samples = npt.NDArray[np.float32]

__all__ = [
    "AdaptableFaceEngine",
    "Cancel",
    "Chapter",
    "Clip",
    "FaceEngine",
    "Media",
    "Progress",
    "Speech",
    "SpeechEngine",
    "Viseme",
    "VoiceUsed",
    "Word",
    "untold",
]

FRAMES_PER_SECOND = 25
"""Of every clip."""

SAMPLE_RATE = 24000
"""Of every WAV that the service writes; 960 samples make one frame."""


class Cancel(Protocol):
    """A request to stop, shared between whoever asks and the work."""

    def check(self) -> None:
        """Return at once, or raise :class:`app.errors.Cancelled`."""


Progress = Callable[[float], None]
"""Told the share of the work that is done, from 0 to 1, not decreasing."""


def untold(share: float) -> None:
    """A :data:`Progress` for which nobody waits."""


@dataclass(frozen=True, slots=True)
class Word:
    """A spoken word and when it is heard."""

    text: str
    """As it stands in the fragment's text, punctuation included."""
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class VoiceUsed:
    """Whose voice a fragment really has."""

    fidelity: Literal["cloned", "preset_matched", "preset_tuned", "preset"]
    """``preset_matched``: the built-in voice nearest to the sample, never a clone."""
    preset: str = ""
    """Name of the built-in voice; empty for a cloned one."""
    similarity: float | None = None
    """Cosine of the speaker embeddings of sample and voice, when both were measured."""


@dataclass(frozen=True, slots=True)
class Speech:
    """One synthesized utterance."""

    samples: Samples
    """Mono, ``float32`` in [-1, 1], shape ``(n_samples,)``."""
    rate: int
    """Samples per second."""
    voice: VoiceUsed
    words: tuple[Word, ...] = ()
    """In time order; empty when the engine cannot tell."""
    visemes: tuple[Viseme, ...] = ()
    """Mouth shapes in time order; empty when the engine cannot tell."""


@runtime_checkable
class SpeechEngine(Protocol):
    """Text to speech in the voice of a sample.

    ``Options`` are the engine's own settings, validated once, from
    ``speech.options.<engine>`` in the configuration.
    """

    Options: ClassVar[type[BaseModel]]

    def load(self) -> None:
        """Bring the model into memory; called once, in the process that synthesizes.

        Raises:
            EngineUnavailable: Packages or weights are missing.
        """

    def voice(self, sample: Path) -> object:
        """Speaker embedding of a voice sample, or the built-in voice nearest to it.

        Args:
            sample: Any sound file ffmpeg reads; 6 to 30 seconds of one speaker.

        Returns:
            An opaque value for :meth:`synthesize` of this same engine.

        Raises:
            VoiceSampleError: The sample cannot be read, or holds no speech.
        """

    def synthesize(
        self,
        text: str,
        voice: object,
        language: str,
        cancel: Cancel,
        progress: Progress = untold,
    ) -> Speech:
        """Speak one fragment, whole: never cut at a limit of the model.

        Args:
            text: Plain text of any length.
            voice: What :meth:`voice` returned.
            language: ISO 639-1 code, e.g. ``"ru"``.
            cancel: Checked at least once per sentence.
            progress: Told at least once per sentence, which also shows that the engine lives.

        Raises:
            LanguageError: The engine does not speak the language.
            EngineError: The model failed on this text.
            Cancelled: The lecture was cancelled meanwhile.
        """

    def close(self) -> None:
        """Give the memory back.  Safe to call twice."""


@runtime_checkable
class FaceEngine(Protocol):
    """Animation of a still face by driving audio.

    ``Options`` are validated once from ``face.options.<engine>`` and the
    request's own ``preprocess``, ``still`` and ``size``.
    """

    Options: ClassVar[type[BaseModel]]

    def load(self) -> None:
        """Bring the model into memory, or start the process that holds it."""

    def prepare(self, source_image: Path) -> object:
        """Find and analyse the face, once per image.

        Raises:
            SourceImageError: The image cannot be read or shows no usable face.
        """

    def animate(
        self,
        face: object,
        driving_audio: Path,
        visemes: Sequence[Viseme],
        target: Path,
        *,
        cancel: Cancel,
        progress: Progress,
    ) -> None:
        """Write the clip of one fragment, sound included; it starts and ends at rest.

        Args:
            face: What :meth:`prepare` returned.
            driving_audio: Mono WAV of a whole number of frames.
            visemes: Timed mouth shapes; engines that work from mel ignore them.
            target: MP4 to write, H.264 and AAC, as many frames as the sound has.
            cancel: Checked at least five times per second.
        """

    def close(self) -> None:
        """Give the memory back, end every process.  Safe to call twice."""


@runtime_checkable
class AdaptableFaceEngine(FaceEngine, Protocol):
    """A face engine whose models in memory can serve other options.

    Lectures take turns: without it, two of them that show faces differently would have
    the models loaded anew for every fragment.
    """

    def adapt(self, options: BaseModel) -> bool:
        """Serve these options from now on; ``False``, and nothing changed, when it cannot."""


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


class Media(Protocol):
    """Reading and writing sound and video files."""

    def write_speech(self, speech: Speech, target: Path) -> float:
        """Write a WAV, 24 kHz mono 16 bit, padded with silence to a multiple of 320 ms.

        That is 8 pictures and 15 AAC frames: clips of such sounds are joined without
        encoding them again, if they also begin with 21.3 ms of digital silence.

        Returns:
            Its length in seconds.
        """

    def visemes_from_sound(self, sound: Path, text: str, language: str) -> tuple[Viseme, ...]:
        """Mouth shapes for a WAV whose engine gave none.

        English is aligned to its text; elsewhere loudness and spectrum decide.
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

    def write_captions(self, words: Sequence[Word], target: Path) -> None:
        """Write captions, WebVTT or SubRip by the suffix of ``target``.

        Args:
            words: Of the whole lecture, with times of the whole lecture.
        """

    def write_chapters(self, chapters: Sequence[Chapter], target: Path) -> None:
        """Write chapters as WebVTT cues."""
