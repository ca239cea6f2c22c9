"""Text to speech."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

from app.phonetics import Viseme
from app.ports.work import Cancel, Progress, untold

if TYPE_CHECKING:
    from app.ports.sound import Samples


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
    """Text to speech in the voice of a sample."""

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
