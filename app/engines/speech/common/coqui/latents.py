"""Speaker latents: what a model computes from a voice sample, kept by the content of both."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.engines.speech.common.coqui.alone import alone
from app.engines.speech.common.sample import sha256_of
from app.media.files import whole_file
from app.voice import read_passage

if TYPE_CHECKING:
    import torch

    from app.ports.sound import Samples

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Latents:
    """A speaker as the model knows them."""

    sha256: str
    """Of the sample."""
    tensors: dict[str, torch.Tensor]
    """By name; on the processor, whatever device the model is on."""


Measure = Callable[["Samples"], dict[str, Any]]


class LatentStore:
    """Latents by content of the sample, kept in memory and, if given, in a directory."""

    def __init__(self, cache_dir: Path | None, *, ffmpeg: Path | None) -> None:
        self._cache_dir = cache_dir
        self._ffmpeg = ffmpeg
        self._known: dict[tuple[str, str], Latents] = {}

    def of(
        self, sample: Path, model: str, measure: Measure, *, rate: int, max_seconds: float
    ) -> Latents:
        """Latents of a sample; ``measure`` is called for what was never seen.

        Args:
            sample: A recording of anybody's.
            model: What tells the model and the way of measuring from others.
            measure: Computes tensors by name from sound at ``rate``.
            rate: Hertz.
            max_seconds: Take no more of its best passage.

        Raises:
            VoiceSampleError: It cannot be read, or holds less than 1 s of speech.
        """
        key = (sha256_of(sample), model)
        if key not in self._known:
            self._known[key] = self._kept(*key) or self._measured(
                *key, self._read(sample, rate, max_seconds), measure
            )
        return self._known[key]

    def _read(self, sample: Path, rate: int, max_seconds: float) -> Samples:
        passage = read_passage(sample, rate, ffmpeg=self._ffmpeg)
        return passage[: round(max_seconds * rate)]

    def _kept(self, sha256: str, model: str) -> Latents | None:
        path = self._path(sha256, model)
        if path is None or not path.exists():
            return None
        from safetensors import SafetensorError
        from safetensors.torch import load

        try:
            return Latents(sha256, load(path.read_bytes()))
        except SafetensorError:
            log.warning("kept latents damaged, computed again file=%s", path.name)
            return None

    def _measured(self, sha256: str, model: str, samples: Samples, measure: Measure) -> Latents:
        tensors = {name: tensor.cpu().contiguous() for name, tensor in measure(samples).items()}
        if path := self._path(sha256, model):
            from safetensors.torch import save

            with alone(path.parent), whole_file(path) as part:
                part.write_bytes(save(tensors))
        return Latents(sha256, tensors)

    def _path(self, sha256: str, model: str) -> Path | None:
        if self._cache_dir is None:
            return None
        name = hashlib.sha256(f"{sha256} {model}".encode()).hexdigest()
        return self._cache_dir / f"latents-{name}.safetensors"
