"""RHVoice: the most intelligible Russian that can be installed; English, too.

Statistical parametric voices of Olga Yakovleva and others.  Debian's program RHVoice-test (GPL)
is started once per sentence, 0.1 s each; it tells no times, so those of words are worked out from
pauses and letters, and mouth shapes from the sound.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from pydantic import BaseModel

from app.engines.speech.programs import child
from app.engines.speech.programs.options import RhvoiceOptions
from app.engines.speech.programs.phrasing import with_breaks
from app.engines.speech.programs.preflight import RHVOICE, Installed, allowed_voices, found
from app.engines.speech.programs.preflight import lacks_rhvoice as lacks
from app.engines.speech.programs.times import spans
from app.engines.speech.programs.utterance import Said, patience, read_trimmed, speak
from app.engines.speech.programs.voices import choose, used
from app.engines.speech.utterance import RATE
from app.engines.speech.voiceprint import VoicePrint, VoicePrints
from app.errors import EngineUnavailable, LanguageError
from app.ports import untold

if TYPE_CHECKING:
    from app.engines.speech.programs.written import Written
    from app.ports import Cancel, Progress, Speech, VoiceUsed

_PACKAGES = {"ru": "rhvoice-russian", "en": "rhvoice-english"}


class Rhvoice:
    """Speech engine whose voice is the freely licensed one nearest to the sample."""

    Options: ClassVar[type[BaseModel]] = RhvoiceOptions
    languages: ClassVar[frozenset[str]] = frozenset(_PACKAGES)

    def __init__(self, options: RhvoiceOptions) -> None:
        self._options = options
        self._prints = VoicePrints(options.cache_dir, ffmpeg=options.ffmpeg)

    def load(self) -> None:
        """Look whether program and voices are there; nothing stays in memory."""
        if lacking := lacks(self._options.model_dump(), {}):
            raise EngineUnavailable(lacking)

    def voice(self, sample: Path) -> VoicePrint:
        """What tells this voice from others; the language decides which of RHVoice's it means."""
        return self._prints.of(sample)

    def synthesize(
        self,
        text: str,
        voice: object,
        language: str,
        cancel: Cancel,
        progress: Progress = untold,
    ) -> Speech:
        assert isinstance(voice, VoicePrint), "voice() of this engine made it"
        chosen = self._chosen(voice, language)
        return speak(
            text,
            language,
            voice=chosen,
            say=partial(self._say, chosen.preset),
            cancel=cancel,
            progress=progress,
            phrase=with_breaks,
        )

    def close(self) -> None:
        """Nothing is held."""

    def _chosen(self, sample: VoicePrint, language: str) -> VoiceUsed:
        if language not in self.languages:
            spoken = ", ".join(sorted(self.languages))
            raise LanguageError(f"rhvoice speaks {spoken}, not {language!r}")
        voices: list[Installed] = [
            voice for voice in allowed_voices(self._options) if voice.language == language
        ]
        if not voices:
            raise EngineUnavailable(
                f"rhvoice has no free voice for language {language!r}: install Debian's package "
                f"{_PACKAGES[language]}"
            )
        if self._options.voice in {voice.name for voice in voices}:
            return used(str(self._options.voice), sample)
        return choose(sample, voices)

    def _say(self, voice: str, sentence: Written, folder: Path, cancel: Cancel) -> Said:
        program = found(self._options.program, RHVOICE)
        if program is None:
            raise EngineUnavailable(lacks(self._options.model_dump(), {}))
        result = folder / "speech.wav"
        rate = round(100 * self._options.speed)
        child.run(
            # "max" plans the whole sentence before it speaks; the default hurries to begin.
            [program, "-q", "max", "-R", str(RATE), "-p", voice, "-r", str(rate), "-o", result],
            given=f"{sentence.text}\n",
            result=result,
            timeout=patience(sentence),
            cancel=cancel,
        )
        samples, _ = read_trimmed(result)
        return Said(samples, spans(sentence.parts, samples, RATE))
