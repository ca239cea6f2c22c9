"""What engines that speak in the voice of the sample have in common."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Generic, Protocol, TypeVar

from app.engines.speech.common.coqui.download import weights
from app.engines.speech.common.coqui.hearing import Listener
from app.engines.speech.common.coqui.languages import UNSPACED
from app.engines.speech.common.coqui.latents import Latents, LatentStore
from app.engines.speech.common.coqui.options import CoquiOptions
from app.engines.speech.common.coqui.preflight import lacks_packages, listens
from app.engines.speech.common.coqui.word_times import as_heard, by_letters
from app.engines.speech.common.joining import heard_at, joined, laid_out
from app.engines.speech.common.speaking import Phrased, Speaking, speak
from app.errors import EngineUnavailable
from app.ports.speech import SpokenPhrase, VoiceUsed
from app.ports.work import untold

if TYPE_CHECKING:
    from pathlib import Path

    import torch

    from app.engines.speech.common.coqui.pieces import Piece
    from app.engines.speech.common.coqui.word_times import HeardWord
    from app.ports.sound import Samples
    from app.ports.speech import Speech
    from app.ports.work import Cancel, Progress


class Model(Protocol):
    """A network in memory."""

    def latents(self, samples: Samples) -> dict[str, torch.Tensor]:
        """What it needs to know of a speaker, from sound at its own rate."""

    def close(self) -> None:
        """Give its memory back."""


class Say(Protocol):
    def __call__(self, piece: str, progress: Progress) -> Samples:
        """Sound of one piece, trimmed.

        Args:
            piece: As the model needs it.
            progress: Told the share of this piece.

        Raises:
            EngineError: The model failed.
            Cancelled: The lecture was cancelled meanwhile.
        """


Kind = TypeVar("Kind", bound=Model)
Settings = TypeVar("Settings", bound=CoquiOptions)


class Cloning(Phrased, Generic[Settings, Kind]):
    """A model that is loaded once, the speakers it has met, and who listens to it."""

    sample_rate: ClassVar[int]
    """Hertz at which the model hears voice samples."""

    def __init__(self, options: Settings) -> None:
        self._options = options
        self._store = LatentStore(options.cache_dir, ffmpeg=options.ffmpeg)
        self._listener = (
            Listener(options.cache_dir, threads=options.threads or 1) if listens(options) else None
        )
        self._model: Kind | None = None
        self._identity = ""

    def load(self) -> None:
        self._loaded()

    def voice(self, sample: Path) -> Latents:
        """Latents of the sample; computed once for each content, kept in ``cache_dir``."""
        model = self._loaded()
        return self._store.of(
            sample,
            self._identity,
            model.latents,
            rate=self.sample_rate,
            max_seconds=self._options.max_ref_seconds,
        )

    def synthesize(
        self,
        text: str,
        voice: object,
        language: str,
        cancel: Cancel,
        progress: Progress = untold,
    ) -> Speech:
        speaking = self._begin(text, voice, language, cancel, progress)
        said, rate = list(speaking.phrases), speaking.rate
        if said and self._listener is not None and language not in UNSPACED:
            heard = self._listener.words(laid_out(said, rate), rate, language, cancel)
            said = _as_heard(text.split(), said, heard, rate)
        return joined(text, said, rate=rate, voice=speaking.voice)

    def close(self) -> None:
        if self._model is not None:
            self._model.close()
        self._model = None

    @abstractmethod
    def _open(self, folder: Path) -> tuple[Kind, str]:
        """Load the weights in a folder; the model, and what tells its latents from others'."""

    def _loaded(self) -> Kind:
        """The model, brought into memory at the first call.

        Raises:
            EngineUnavailable: Packages or weights are missing.
        """
        if self._model is None:
            if lacking := lacks_packages(self._options.engine):
                raise EngineUnavailable(lacking)
            self._model, self._identity = self._open(weights(self._options))
        return self._model


def say_pieces(
    text: str,
    language: str,
    pieces: Iterable[Piece],
    *,
    say: Say,
    rate: int,
    cancel: Cancel,
    progress: Progress,
) -> Speaking:
    """A fragment in the voice of the sample, its words timed by their letters.

    There are no mouth shapes: from heard words and pronunciation rules they came out worse than
    those that the sound itself tells (opening against kokoro's own, Russian: 0.57 against 0.68).

    Args:
        text: Any length.
        language: ISO 639-1 code.
        pieces: Of that text, in order; none of what has no letter or digit.
        say: The model.
        rate: Hertz, of the model.
        cancel: Checked before every piece and by ``say``.
        progress: Told after every piece, and within one where ``say`` tells it.
    """
    words, share = len(text.split()), 0.0

    def spoken(piece: Piece) -> SpokenPhrase:
        nonlocal share
        begun, share = share, (piece.parts[-1].word + 1) / words
        sound = say(piece.spoken, partial(_tell_within, progress, begun, share))
        spans = by_letters(piece.parts, sound.size / rate)
        return SpokenPhrase(sound, rate, spans, (), piece.pause)

    phrases = speak(text, language, pieces, spoken, cancel=cancel, progress=progress)
    return Speaking(phrases, rate, VoiceUsed("cloned"))


def _tell_within(progress: Progress, begun: float, ended: float, share: float) -> None:
    progress(begun + (ended - begun) * share)


def _as_heard(
    words: Sequence[str], said: Sequence[SpokenPhrase], heard: Sequence[HeardWord], rate: int
) -> list[SpokenPhrase]:
    """The phrases with the times at which a recognizer heard their words in the whole sound."""
    return [
        replace(phrase, words=as_heard(phrase.words, words, _earlier(heard, start)))
        for phrase, start in zip(said, heard_at(said, rate), strict=True)
    ]


def _earlier(heard: Iterable[HeardWord], seconds: float) -> list[HeardWord]:
    return [replace(word, start=word.start - seconds, end=word.end - seconds) for word in heard]
