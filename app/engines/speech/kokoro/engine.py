"""Kokoro: the default speech engine, 54 built-in voices in five languages.

Kokoro-82M (hexgrad, Apache-2.0) as an int8 ONNX model from PyPI packages; one
core speaks three to four times as fast as a person.  It cannot clone: a sample
chooses the built-in voice nearest to it.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app.engines.speech.common.model_files import missing
from app.engines.speech.common.rendering import RATE, STEP_SAMPLES, Rendered, render_phrases
from app.engines.speech.common.session import Array, open_session, run
from app.engines.speech.common.speaking import Phrased, Speaking
from app.engines.speech.common.symbols import SYMBOL_IDS
from app.engines.speech.common.voiceprint import VoicePrint, VoicePrints
from app.engines.speech.g2p import phonemize
from app.engines.speech.g2p.english import load_reader, phonemize_english
from app.engines.speech.kokoro.card import CARD
from app.engines.speech.kokoro.options import KokoroOptions
from app.engines.speech.kokoro.presets import CLAUSE_PAUSES, Preset, choose, manner, preset_named
from app.engines.speech.kokoro.weights import DURATIONS, STYLE_ROWS, model_path, voices_path
from app.errors import EngineUnavailable, LanguageError

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from app.engines.speech.g2p import Phonemized
    from app.ports.work import Cancel, Progress

LIMIT = 400
"""Symbols in one call.  The model takes 510, but hurries when it has more than 400."""

TIMBRE = 128
"""First entries of a style vector, which the decoder sees; the others set durations and pitch.

Source: ``KModel.forward_with_tokens`` of kokoro 0.9.4.
"""


class KokoroModel:
    """The network and its voices.

    Raises:
        EngineUnavailable: Files are missing; the message says how to get them.
    """

    def __init__(self, models_dir: Path, *, threads: int, length_scale: float) -> None:
        if absent := missing(model_path(models_dir), voices_path(models_dir)):
            raise EngineUnavailable(absent)
        self._session = open_session(model_path(models_dir), threads=threads)
        self._voices_path = voices_path(models_dir)
        self._length_scale = length_scale
        self._styles: dict[str, npt.NDArray[np.float32]] = {}
        with np.load(self._voices_path) as voices:
            self.voices = tuple(sorted(voices.files))

    def render(
        self,
        symbols: str,
        voice: str,
        cancel: Cancel,
        *,
        speaks_like: str | None = None,
        length_scale: float = 1.0,
    ) -> Rendered:
        """Speak one phrase of at most 510 symbols.

        Args:
            voice: Whose timbre is heard.
            speaks_like: The voice whose rhythm and melody are taken; its own by default.
            length_scale: Above 1 speaks slower; times that of the model.
        """
        row = min(len(symbols), STYLE_ROWS) - 1
        timbre, rhythm = self._style(voice)[row], self._style(speaks_like or voice)[row]
        inputs: dict[str, Array] = {
            "tokens": np.array([[0, *map(SYMBOL_IDS.__getitem__, symbols), 0]], np.int64),
            "style": np.concatenate([timbre[:TIMBRE], rhythm[TIMBRE:]])[None],
            "speed": np.array([1.0 / (self._length_scale * length_scale)], np.float32),
        }
        outputs = ("audio", DURATIONS)
        samples, steps = run(self._session, inputs, outputs, cancel=cancel)
        seconds = steps.ravel().astype(np.float64) * STEP_SAMPLES / RATE
        return Rendered(samples.ravel().astype(np.float32), tuple(seconds.tolist()))

    def _style(self, voice: str) -> npt.NDArray[np.float32]:
        """Style vectors of a voice, shape (510, 256), by the length of the phrase."""
        if voice not in self._styles:
            with np.load(self._voices_path) as voices:
                self._styles[voice] = voices[voice].astype(np.float32)
        return self._styles[voice]


class Kokoro(Phrased):
    """Speech engine whose voice is the built-in one nearest to the sample."""

    def __init__(self, options: KokoroOptions) -> None:
        self._options = options
        self._fixed = preset_named(options.voice) if options.voice else None
        self._prints = VoicePrints(options.cache_dir, ffmpeg=options.ffmpeg)
        self._model: KokoroModel | None = None

    def load(self) -> None:
        self.loaded()
        load_reader()

    def voice(self, sample: Path) -> VoicePrint:
        """What tells this voice from others; measured once per sample.

        Which built-in voice that means depends on the language, hence is
        decided when it speaks.
        """
        return self._prints.of(sample)

    def _begin(
        self, text: str, voice: object, language: str, cancel: Cancel, progress: Progress
    ) -> Speaking:
        if language not in CARD.languages:
            spoken = ", ".join(sorted(CARD.languages))
            raise LanguageError(f"kokoro speaks {spoken}, not {language!r}")
        assert isinstance(voice, VoicePrint), "voice() of this engine made it"
        model = self.loaded()
        chosen = choose(voice, language, fixed=self._fixed)
        phrases = render_phrases(
            text,
            language,
            phonemize=_phonemizer(language, chosen.preset),
            render=partial(_render, model, chosen.preset, language),
            limit=LIMIT,
            cancel=cancel,
            progress=progress,
            clause_pause=CLAUSE_PAUSES.get(language, 0.0),
        )
        return Speaking(phrases, RATE, chosen.used)

    def close(self) -> None:
        self._model = None

    def loaded(self) -> KokoroModel:
        """The model, brought into memory at the first call."""
        if self._model is None:
            self._model = KokoroModel(
                self._options.models_dir,
                threads=self._options.threads,
                length_scale=self._options.length_scale / self._options.speed,
            )
        return self._model


def _render(
    model: KokoroModel, preset: Preset, language: str, symbols: str, cancel: Cancel
) -> Rendered:
    like = manner(preset, language)
    return model.render(
        symbols, preset.name, cancel, speaks_like=like.speaker, length_scale=like.length_scale
    )


def _phonemizer(language: str, preset: Preset) -> Callable[[str], list[Phonemized]]:
    if language == "en":
        return partial(phonemize_english, british=preset.british)
    return partial(phonemize, language=language)
