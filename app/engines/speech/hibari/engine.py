"""Hibari: English in one voice, sixty times cheaper than Kokoro (hibari-tts, Apache-2.0)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app.engines.speech.common.model_files import missing
from app.engines.speech.common.rendering import RATE, STEP_SAMPLES, Rendered, render_phrases
from app.engines.speech.common.sample import SampleChecks
from app.engines.speech.common.session import Array, open_session, run
from app.engines.speech.common.speaking import Phrased, Speaking
from app.engines.speech.common.symbols import SYMBOL_IDS
from app.engines.speech.g2p.english import load_reader, phonemize_english
from app.engines.speech.hibari.card import CARD
from app.engines.speech.hibari.options import HibariOptions
from app.engines.speech.hibari.weights import DURATIONS, model_path
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


class Hibari(Phrased):
    """Speech engine of one female American voice; the sample is not followed."""

    def __init__(self, options: HibariOptions) -> None:
        self._options = options
        self._samples = SampleChecks(ffmpeg=options.ffmpeg)
        self._session: onnxruntime.InferenceSession | None = None

    def load(self) -> None:
        if self._session is not None:
            return
        path = model_path(self._options.models_dir)
        if absent := missing(path):
            raise EngineUnavailable(absent)
        load_reader()
        self._session = open_session(path, threads=self._options.threads)

    def voice(self, sample: Path) -> VoiceUsed:
        """The one voice there is, after a look whether the sample holds speech."""
        self._samples.check(sample)
        return VOICE

    def _begin(
        self, text: str, voice: object, language: str, cancel: Cancel, progress: Progress
    ) -> Speaking:
        if language not in CARD.languages:
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
        outputs = (*_SPECTRUM, DURATIONS)
        *spectrum, steps = run(self._session, inputs, outputs, cancel=cancel)
        samples = dsp.synth(*(part[0] for part in spectrum), np.random.default_rng(_NOISE_SEED))
        seconds = steps.ravel().astype(np.float64) * STEP_SAMPLES / RATE
        return Rendered(samples.astype(np.float32), tuple(seconds.tolist()))
