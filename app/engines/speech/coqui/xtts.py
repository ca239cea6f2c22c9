"""XTTS v2: speaks 17 languages in the voice of the sample.

Coqui's model (Casanova et al., "XTTS: a Massively Multilingual Zero-Shot Text-to-Speech
Model", Interspeech 2024) through coqui-tts.  It wants a GPU: a second of speech takes 5 to 8 s
of processor time (453 million random weights, AMD EPYC, 2026-11-20).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from app.engines.speech.coqui.checkpoint import digest
from app.engines.speech.coqui.device import seed_for
from app.engines.speech.coqui.download import weights
from app.engines.speech.coqui.guard import Attempt, best_of, bounds
from app.engines.speech.coqui.hearing import Listener
from app.engines.speech.coqui.languages import UNSPACED, XTTS, Spoken
from app.engines.speech.coqui.latents import Latents, LatentStore
from app.engines.speech.coqui.options import XttsOptions
from app.engines.speech.coqui.pieces import cut
from app.engines.speech.coqui.preflight import lacks_language, lacks_packages, listens
from app.engines.speech.coqui.text import written_out
from app.engines.speech.coqui.trimming import trim
from app.engines.speech.coqui.utterance import speak
from app.engines.speech.coqui.xtts_model import RATE, SAMPLE_RATE, XttsModel
from app.errors import EngineUnavailable, LanguageError
from app.ports import untold

if TYPE_CHECKING:
    from pydantic import BaseModel

    from app.engines.speech.coqui.word_times import Heard
    from app.ports import Cancel, Progress, Samples, Speech

_LIMIT_SHARE = 0.9
"""Of the characters that a language allows: near the limit XTTS begins to leave words out."""

_TOKEN_SHARE = 0.9
"""Of the text tokens that the network has places for; at its limit it fails."""


class Xtts:
    """Speech engine that clones the voice of the sample."""

    Options: ClassVar[type[BaseModel]] = XttsOptions
    languages: ClassVar[frozenset[str]] = frozenset(XTTS)

    def __init__(self, options: XttsOptions) -> None:
        self._options = options
        self._store = LatentStore(options.cache_dir, ffmpeg=options.ffmpeg)
        self._listener = (
            Listener(options.cache_dir, threads=options.threads or 1) if listens(options) else None
        )
        self._model: XttsModel | None = None
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
            rate=SAMPLE_RATE,
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
        assert isinstance(voice, Latents), "voice() of this engine made it"
        model = self._loaded()
        spoken = _spoken(language, model)
        pieces = cut(
            text,
            language,
            prepare=partial(written_out, language=language),
            fits=partial(_fits, model, spoken),
        )
        return speak(
            text,
            pieces,
            say=_Saying(model, self._options, voice, spoken, cancel),
            rate=RATE,
            listen=partial(self._listen, language, cancel),
            cancel=cancel,
            progress=progress,
        )

    def close(self) -> None:
        if self._model is not None:
            self._model.close()
        self._model = None

    def _loaded(self) -> XttsModel:
        if self._model is None:
            if lacking := lacks_packages():
                raise EngineUnavailable(lacking)
            folder = weights(self._options)
            self._model = XttsModel(folder, self._options)
            self._identity = " ".join(
                (
                    "xtts",
                    digest(folder / "config.json", folder / "model.pth"),
                    str(self._options.gpt_cond_len),
                    str(self._options.max_ref_seconds),
                )
            )
        return self._model

    def _listen(self, language: str, cancel: Cancel, samples: Samples) -> list[Heard]:
        if self._listener is None or language in UNSPACED:
            return []
        return self._listener.words(samples, RATE, language, cancel)


@dataclass(frozen=True, slots=True)
class _Saying:
    """Says the pieces of one fragment."""

    model: XttsModel
    options: XttsOptions
    voice: Latents
    spoken: Spoken
    cancel: Cancel

    def __call__(self, piece: str, progress: Progress) -> Samples:
        believed = bounds(len(piece), self.spoken.rate, self.options.speed)
        attempts = self.options.retries + 1

        def attempt(number: int) -> Attempt:
            said = self.model.say(
                piece,
                self.spoken.name,
                self.voice,
                seed=seed_for(
                    self.options.seed, piece, self.voice.sha256, self.spoken.name, number
                ),
                longest=believed.longest,
                cancel=self.cancel,
                progress=partial(_tell_within, progress, number, attempts),
            )
            return Attempt(trim(said.samples, RATE).samples, RATE, stopped=said.stopped)

        return best_of(attempts, attempt, believed, characters=len(piece))


def _tell_within(progress: Progress, attempt: int, attempts: int, share: float) -> None:
    """Tell the share of one of several attempts, of which the first is mostly the last."""
    progress((attempt + share) / attempts)


def _spoken(language: str, model: XttsModel) -> Spoken:
    spoken = XTTS.get(language)
    if spoken is None:
        raise LanguageError(f"xtts speaks {', '.join(sorted(XTTS))}, not {language!r}")
    if not model.knows(spoken.name):
        raise LanguageError(f"these weights of xtts do not speak {language!r}")
    if absent := lacks_language(spoken.packages):
        raise LanguageError(
            f"xtts needs {', '.join(absent)} for language {language!r}; install the extra "
            f"'xtts-{language}' of this service"
        )
    return spoken


def _fits(model: XttsModel, spoken: Spoken, piece: str) -> bool:
    # In this order: the tokenizer is never shown what is too long for it.
    return (
        len(piece) <= spoken.limit * _LIMIT_SHARE
        and model.tokens(piece, spoken.name) <= model.most_tokens * _TOKEN_SHARE
    )
