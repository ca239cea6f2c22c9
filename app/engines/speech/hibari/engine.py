"""Hibari: English in one voice, sixty times cheaper than Kokoro (hibari-tts, Apache-2.0)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from app.engines.speech.common.rendering import RATE, STEP_SAMPLES, Rendered, render_phrases
from app.engines.speech.common.sample import SampleChecks
from app.engines.speech.common.session import Array, open_session, run
from app.engines.speech.common.speaking import Phrased, Speaking
from app.engines.speech.common.symbols import SYMBOL_IDS
from app.engines.speech.g2p.english import load_reader, phonemize_english
from app.engines.speech.kokoro.weights import DURATIONS_OUTPUT, hibari_missing, hibari_model
from app.errors import EngineUnavailable, LanguageError
from app.ports.speech import VoiceUsed

if TYPE_CHECKING:
    import onnxruntime

    from app.ports.work import Cancel, Progress

_SPECTRUM = ("lh", "theta", "ln", "lr", "phi", "f0")
_NOISE_SEED = 0
_LIMIT = 400
"""Symbols in one call: what hibari's own splitter keeps to."""

VOICE = VoiceUsed("preset", preset="heart")


class HibariOptions(BaseModel):
    """Settings of the engine."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    models_dir: Path
    """Where ``python -m app setup`` put the models."""
    threads: int = Field(1, ge=1, le=64)
    """Processor cores for one fragment."""
    speed: float = Field(1.0, ge=0.5, le=2.0)
    """Above 1 speaks faster."""
    length_scale: float = Field(1.0, ge=0.5, le=2.0)
    """Above 1 speaks slower; the inverse of ``speed``, and both count."""
    ffmpeg: Path | None = None
    """The program; found as the media tools find it when not given."""


class Hibari(Phrased):
    """Speech engine of one female American voice; the sample is not followed."""

    Options: ClassVar[type[BaseModel]] = HibariOptions
    languages: ClassVar[frozenset[str]] = frozenset({"en"})

    def __init__(self, options: HibariOptions) -> None:
        self._options = options
        self._samples = SampleChecks(ffmpeg=options.ffmpeg)
        self._session: onnxruntime.InferenceSession | None = None

    def load(self) -> None:
        if self._session is not None:
            return
        if missing := hibari_missing(self._options.models_dir):
            raise EngineUnavailable(missing)
        load_reader()
        self._session = open_session(
            hibari_model(self._options.models_dir), threads=self._options.threads
        )

    def voice(self, sample: Path) -> VoiceUsed:
        """The one voice there is, after a look whether the sample holds speech."""
        self._samples.check(sample)
        return VOICE

    def _begin(
        self, text: str, voice: object, language: str, cancel: Cancel, progress: Progress
    ) -> Speaking:
        if language not in self.languages:
            raise LanguageError(f"hibari speaks en, not {language!r}")
        self.load()
        phrases = render_phrases(
            text,
            language,
            phonemize=phonemize_english,
            render=self._render,
            limit=_LIMIT,
            cancel=cancel,
            progress=progress,
        )
        return Speaking(phrases, RATE, VOICE)

    def close(self) -> None:
        self._session = None

    def _render(self, symbols: str, cancel: Cancel) -> Rendered:
        from hibari import dsp

        assert self._session is not None, "_begin() loads the model"
        inputs: dict[str, Array] = {
            "ids": np.array([[0, *map(SYMBOL_IDS.__getitem__, symbols), 0]], np.int64),
            "speed": np.array([self._options.speed / self._options.length_scale], np.float32),
        }
        outputs = (*_SPECTRUM, DURATIONS_OUTPUT["hibari"])
        *spectrum, steps = run(self._session, inputs, outputs, cancel=cancel)
        samples = dsp.synth(*(part[0] for part in spectrum), np.random.default_rng(_NOISE_SEED))
        seconds = steps.ravel().astype(np.float64) * STEP_SAMPLES / RATE
        return Rendered(samples.astype(np.float32), tuple(seconds.tolist()))
