"""Text to speech."""

from __future__ import annotations

from collections.abc import Iterator
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

    fidelity: Literal["cloned", "preset_matched", "preset_tuned", "preset", "recorded"]
    """``preset_matched``: the built-in voice nearest to the sample, never a clone; ``recorded``:
    the speaker's own, of a recording."""
    preset: str = ""
    """Name of the built-in voice; empty for a cloned or recorded one."""
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


@dataclass(frozen=True, slots=True)
class WordSpan:
    """When a word is heard, in seconds from the start of its phrase."""

    word: int
    """Its number in the fragment, from 0: its place in ``text.split()``."""
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class SpokenPhrase:
    """What an engine says in one go: a sentence, or a part of one that is long."""

    samples: Samples
    """Mono, ``float32``, shape ``(n_samples,)``: as loud as the engine is, without the silence
    that a model leaves around its speech."""
    rate: int
    """Samples per second; the same for all phrases of a fragment."""
    words: tuple[WordSpan, ...]
    """Those that are heard, in time order; one that is cut is in two phrases."""
    visemes: tuple[Viseme, ...]
    """Mouth shapes in time order, seconds from the phrase's start; in gaps the mouth is at rest.
    Empty when the engine cannot tell."""
    pause: float
    """Seconds of silence after it."""


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
            sample: A recording of one speaker; its best passage is used, see :mod:`app.voice`.

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
            text: Plain text of any length.  Blank lines end a paragraph, also at its end: the
                pause of a paragraph is longer than that of a sentence.
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
class PhraseEngine(SpeechEngine, Protocol):
    """A speech engine that also hands out a fragment's phrases, each as soon as it is made."""

    def phrases(
        self,
        text: str,
        voice: object,
        language: str,
        cancel: Cancel,
        progress: Progress = untold,
    ) -> Iterator[SpokenPhrase]:
        """The phrases that :meth:`synthesize` joins, in speaking order.

        A phrase is made when it is asked for.  There is none when the text has no letter and no
        digit.  Their loudness is not levelled yet: that takes the whole fragment.

        Args:
            text: As for :meth:`synthesize`; so are the other arguments.

        Raises:
            LectureError: What :meth:`synthesize` raises, at the call or at the phrase concerned.
            Cancelled: The lecture was cancelled meanwhile.
        """
