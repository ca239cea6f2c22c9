"""espeak-ng: speaks nearly every language, small and robotic; the last resort.

Formant synthesis; Debian's program (GPL) is started once per sentence.  Its voice is a man's or a
woman's, as the sample's, and no more like it than that.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from app.engines.speech.common.known_voices import gender
from app.engines.speech.common.program.program import MatchingProgram
from app.engines.speech.common.program.running import run
from app.engines.speech.common.program.sentence import patience, read_trimmed, say_sentences
from app.engines.speech.common.program.tempo import at_speed
from app.engines.speech.common.program.times import spans
from app.engines.speech.common.rendering import RATE
from app.engines.speech.common.speaking import Speaking
from app.engines.speech.common.voiceprint import VoicePrint
from app.engines.speech.espeak.card import CARD
from app.engines.speech.espeak.options import EspeakOptions
from app.engines.speech.espeak.preflight import PROGRAM, lacks
from app.errors import LanguageError
from app.ports.speech import SpokenPhrase, VoiceUsed

if TYPE_CHECKING:
    from app.engines.speech.common.program.written import Written
    from app.ports.work import Cancel, Progress

_OWN_NAMES = {"zh": "cmn"}
_VARIANTS = {"f": "f1", "m": "m3"}
"""Those that breathe (f2, f3, f5) draw random numbers: they never say the same twice."""

_WORDS_PER_MINUTE = 160


class Espeak(MatchingProgram[EspeakOptions]):
    """Speech engine with one voice of each gender."""

    program: ClassVar[str] = PROGRAM

    def _lacking(self) -> str:
        return lacks(self._options)

    def _begin(
        self, text: str, voice: object, language: str, cancel: Cancel, progress: Progress
    ) -> Speaking:
        if language not in CARD.languages:
            raise LanguageError(f"espeak does not speak {language!r}")
        assert isinstance(voice, VoicePrint), "voice() of this engine made it"
        variant = self._options.variant or _VARIANTS[gender(voice)]
        phrases = say_sentences(
            text,
            language,
            say=partial(self._say, f"{_OWN_NAMES.get(language, language)}+{variant}"),
            cancel=cancel,
            progress=progress,
        )
        return Speaking(phrases, RATE, VoiceUsed("preset", preset=variant))

    def _say(self, voice: str, sentence: Written, folder: Path, cancel: Cancel) -> SpokenPhrase:
        program = self._found()
        result = folder / "speech.wav"
        rate = str(_WORDS_PER_MINUTE)
        run(
            [program, "-v", voice, "-s", rate, "-b", "1", "--stdin", "-w", result],
            given=sentence.text,
            result=result,
            timeout=patience(sentence),
            cancel=cancel,
        )
        # Its own rate is no factor: 1.5 times the words per minute speak 1.3 times as fast.
        sound = at_speed(result, self._options.speed, cancel=cancel, ffmpeg=self._options.ffmpeg)
        samples, _ = read_trimmed(sound)
        words = spans(sentence.parts, samples, RATE)
        return SpokenPhrase(samples, RATE, tuple(words), (), sentence.pause)
