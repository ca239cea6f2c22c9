"""What engines that speak in the voice of the sample have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar, Generic, Protocol, TypeVar

from app.engines.speech.common.coqui.download import weights
from app.engines.speech.common.coqui.hearing import Listener
from app.engines.speech.common.coqui.latents import Latents, LatentStore
from app.engines.speech.common.coqui.options import CoquiOptions
from app.engines.speech.common.coqui.preflight import lacks_packages, listens
from app.errors import EngineUnavailable

if TYPE_CHECKING:
    from pathlib import Path

    import torch

    from app.engines.speech.common.coqui.word_times import Heard
    from app.ports.sound import Samples
    from app.ports.work import Cancel


class Model(Protocol):
    """A network in memory."""

    def latents(self, samples: Samples) -> dict[str, torch.Tensor]:
        """What it needs to know of a speaker, from sound at its own rate."""

    def close(self) -> None:
        """Give its memory back."""


Kind = TypeVar("Kind", bound=Model)
Settings = TypeVar("Settings", bound=CoquiOptions)


class Cloning(ABC, Generic[Settings, Kind]):
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

    def _heard(self, samples: Samples, rate: int, language: str, cancel: Cancel) -> list[Heard]:
        """Words in a sound with their times; none where nobody listens."""
        if self._listener is None:
            return []
        return self._listener.words(samples, rate, language, cancel)
