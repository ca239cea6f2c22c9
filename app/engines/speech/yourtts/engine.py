"""YourTTS: English, French and Portuguese in the voice of the sample, cheaper than XTTS.

Casanova et al., "YourTTS: Towards Zero-Shot Multi-Speaker TTS and Zero-Shot Voice Conversion
for Everyone", ICML 2022, through coqui-tts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from app.engines.speech.common.coqui.checkpoint import digest, found
from app.engines.speech.common.coqui.cloning import Cloning, say_pieces
from app.engines.speech.common.coqui.device import seed_for
from app.engines.speech.common.coqui.languages import Spoken
from app.engines.speech.common.coqui.latents import Latents
from app.engines.speech.common.coqui.pieces import cut
from app.engines.speech.common.coqui.text import written_out
from app.engines.speech.common.coqui.trimming import trim
from app.engines.speech.yourtts.languages import LANGUAGES
from app.engines.speech.yourtts.model import SAMPLE_RATE, YourTtsModel
from app.engines.speech.yourtts.options import YourTtsOptions
from app.errors import LanguageError

if TYPE_CHECKING:
    from app.engines.speech.common.speaking import Speaking
    from app.ports.sound import Samples
    from app.ports.work import Cancel, Progress


class YourTts(Cloning[YourTtsOptions, YourTtsModel]):
    """Speech engine that clones the voice of the sample."""

    sample_rate: ClassVar[int] = SAMPLE_RATE

    def _begin(
        self, text: str, voice: object, language: str, cancel: Cancel, progress: Progress
    ) -> Speaking:
        assert isinstance(voice, Latents), "voice() of this engine made it"
        model = self._loaded()
        spoken = LANGUAGES.get(language)
        if spoken is None or not model.knows(spoken.name):
            raise LanguageError(f"yourtts speaks {', '.join(sorted(LANGUAGES))}, not {language!r}")
        pieces = cut(
            text,
            language,
            prepare=partial(_with_stop, language),
            fits=lambda piece: len(piece) <= spoken.limit,
        )
        return say_pieces(
            text,
            language,
            pieces,
            say=_Saying(model, self._options.seed, voice, spoken, cancel),
            rate=model.rate,
            cancel=cancel,
            progress=progress,
        )

    def _open(self, folder: Path) -> tuple[YourTtsModel, str]:
        parts = (found(folder, YourTtsOptions.files[part]) for part in _MEASURED_WITH)
        identity = f"yourtts {digest(*parts)} {self._options.max_ref_seconds}"
        return YourTtsModel(folder, self._options), identity


@dataclass(frozen=True, slots=True)
class _Saying:
    """Says the pieces of one fragment."""

    model: YourTtsModel
    seed: int
    voice: Latents
    spoken: Spoken
    cancel: Cancel

    def __call__(self, piece: str, progress: Progress) -> Samples:
        seed = seed_for(self.seed, piece, self.voice.sha256, self.spoken.name)
        said = self.model.say(piece, self.spoken.name, self.voice, seed=seed, cancel=self.cancel)
        progress(1.0)
        return trim(said, self.model.rate).samples


_MEASURED_WITH = ("speaker encoder", "settings of the speaker encoder")


def _with_stop(language: str, text: str) -> str:
    """Text as this model learnt it: a statement ends with a full stop."""
    written = written_out(text, language)
    return f"{written}." if written[-1:].isalnum() else written
