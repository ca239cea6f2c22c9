"""Festival with its Russian voice: free, a man's, and exact about when every sound is heard.

The University of Edinburgh's Festival and the voice of festvox-ru (both with BSD-like licences)
put recorded units together.  The program is started once per sentence, half a second each, with a
few lines of Scheme on its standard input.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from app.engines.speech.common.program.program import Program
from app.engines.speech.common.program.running import run
from app.engines.speech.common.program.sentence import patience, read_trimmed, say_sentences
from app.engines.speech.common.program.tempo import at_speed
from app.engines.speech.common.rendering import RATE
from app.engines.speech.common.sample import SampleChecks
from app.engines.speech.common.speaking import Speaking
from app.engines.speech.festival.card import CARD
from app.engines.speech.festival.labels import mouth_shapes, read_phones, read_words, word_spans
from app.engines.speech.festival.options import FestivalOptions
from app.engines.speech.festival.preflight import PROGRAM, lacks
from app.engines.speech.festival.preflight import VOICE as FESTIVAL_VOICE
from app.errors import LanguageError
from app.ports.speech import SpokenPhrase, VoiceUsed

if TYPE_CHECKING:
    from app.engines.speech.common.program.written import Written
    from app.ports.work import Cancel, Progress

_SCRIPT = """\
(voice_{voice})
(set! said (utt.synth (Utterance Text "{text}")))
(utt.save.segs said "phones")
(utt.save.words said "words")
(utt.save.wave said "speech.wav" 'riff)
"""
_MARKS = ".,!?;:-"
_FOREIGN = re.compile(r"[^а-яё.,!?;:-]", re.IGNORECASE)
"""What the voice has no rule for stops it; and no quotation mark may end the string of Scheme."""

VOICE = VoiceUsed("preset", preset=FESTIVAL_VOICE)


class Festival(Program[FestivalOptions]):
    """Speech engine of one male Russian voice; the sample is not followed."""

    program: ClassVar[str] = PROGRAM

    def __init__(self, options: FestivalOptions) -> None:
        super().__init__(options)
        self._samples = SampleChecks(ffmpeg=options.ffmpeg)

    def _lacking(self) -> str:
        return lacks(self._options)

    def voice(self, sample: Path) -> VoiceUsed:
        """The one voice there is, after a look whether the sample holds speech."""
        self._samples.check(sample)
        return VOICE

    def _begin(
        self, text: str, voice: object, language: str, cancel: Cancel, progress: Progress
    ) -> Speaking:
        if language not in CARD.languages:
            raise LanguageError(f"festival speaks ru, not {language!r}")
        phrases = say_sentences(text, language, say=self._say, cancel=cancel, progress=progress)
        return Speaking(phrases, RATE, VOICE)

    def _say(self, sentence: Written, folder: Path, cancel: Cancel) -> SpokenPhrase:
        program = self._found()
        result = folder / "speech.wav"
        script = _SCRIPT.format(voice=FESTIVAL_VOICE, text=_readable(sentence.text))
        run(
            [program, "--pipe"],
            given=script,
            result=result,
            timeout=patience(sentence),
            cancel=cancel,
        )
        speed = self._options.speed
        sound = at_speed(result, speed, cancel=cancel, ffmpeg=self._options.ffmpeg)
        samples, cut = read_trimmed(sound)
        phones = read_phones(folder / "phones", speed=speed, cut=cut, total=samples.size / RATE)
        words = word_spans(
            sentence.parts, read_words(folder / "words", speed=speed, cut=cut), phones
        )
        shapes = mouth_shapes(phones)
        return SpokenPhrase(samples, RATE, tuple(words), tuple(shapes), sentence.pause)


def _readable(text: str) -> str:
    """What the voice knows: Russian letters, marks right after a word; a dash becomes a comma."""
    words: list[str] = []
    for piece in unicodedata.normalize("NFC", text).replace("…", "...").split():
        word = _FOREIGN.sub("", piece).lstrip(_MARKS).rstrip("-")
        if word:
            words.append(word)
        elif words and words[-1][-1] not in _MARKS:
            words[-1] += ","
    return " ".join(words)
