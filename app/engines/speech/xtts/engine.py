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

from app.engines.speech.common.coqui.checkpoint import digest
from app.engines.speech.common.coqui.cloning import Cloning, say_pieces
from app.engines.speech.common.coqui.device import seed_for
from app.engines.speech.common.coqui.guard import Attempt, best_of, bounds
from app.engines.speech.common.coqui.languages import Spoken
from app.engines.speech.common.coqui.latents import Latents
from app.engines.speech.common.coqui.pieces import cut
from app.engines.speech.common.coqui.preflight import lacks_language
from app.engines.speech.common.coqui.text import written_out
from app.engines.speech.common.coqui.trimming import trim
from app.engines.speech.xtts.languages import LANGUAGES
from app.engines.speech.xtts.model import RATE, SAMPLE_RATE, XttsModel
from app.engines.speech.xtts.options import XttsOptions
from app.errors import LanguageError

if TYPE_CHECKING:
    from app.engines.speech.common.speaking import Speaking
    from app.ports.sound import Samples
    from app.ports.work import Cancel, Progress

_LIMIT_SHARE = 0.9
"""Of the characters that a language allows: near the limit XTTS begins to leave words out."""

_TOKEN_SHARE = 0.9
"""Of the text tokens that the network has places for; at its limit it fails."""


class Xtts(Cloning[XttsOptions, XttsModel]):
    """Speech engine that clones the voice of the sample."""

    sample_rate: ClassVar[int] = SAMPLE_RATE

    def _begin(
        self, text: str, voice: object, language: str, cancel: Cancel, progress: Progress
    ) -> Speaking:
        assert isinstance(voice, Latents), "voice() of this engine made it"
        model = self._loaded()
        spoken = _spoken(language, model)
        pieces = cut(
            text,
            language,
            prepare=partial(written_out, language=language),
            fits=partial(_fits, model, spoken),
        )
        return say_pieces(
            text,
            language,
            pieces,
            say=_Saying(model, self._options, voice, spoken, cancel),
            rate=RATE,
            cancel=cancel,
            progress=progress,
        )

    def _open(self, folder: Path) -> tuple[XttsModel, str]:
        identity = (
            "xtts",
            digest(folder / "config.json", folder / "model.pth"),
            str(self._options.gpt_cond_len),
            str(self._options.max_ref_seconds),
        )
        return XttsModel(folder, self._options), " ".join(identity)


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
    spoken = LANGUAGES.get(language)
    if spoken is None:
        raise LanguageError(f"xtts speaks {', '.join(sorted(LANGUAGES))}, not {language!r}")
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
