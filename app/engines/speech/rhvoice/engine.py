"""RHVoice: the most intelligible Russian that can be installed; English, too.

Statistical parametric voices of Olga Yakovleva and others.  Debian's program RHVoice-test (GPL)
is started once per sentence, 0.2 s each, and writes down when each of its phones is heard.
"""

from __future__ import annotations

import logging
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from app.engines.speech.common import loudness
from app.engines.speech.common.program.program import MatchingProgram
from app.engines.speech.common.program.running import run
from app.engines.speech.common.program.sentence import patience, read_whole, say_sentences
from app.engines.speech.common.program.times import spans
from app.engines.speech.common.rendering import RATE
from app.engines.speech.common.speaking import Speaking
from app.engines.speech.common.voiceprint import VoicePrint
from app.engines.speech.rhvoice import full_context
from app.engines.speech.rhvoice.card import CARD
from app.engines.speech.rhvoice.full_context import Phone, mouth_shapes, retimed, word_spans
from app.engines.speech.rhvoice.options import RhvoiceOptions
from app.engines.speech.rhvoice.pauses import earlier, shorten
from app.engines.speech.rhvoice.phrasing import with_breaks
from app.engines.speech.rhvoice.pipe import collecting
from app.engines.speech.rhvoice.preflight import PROGRAM, Installed, allowed_voices, lacks
from app.engines.speech.rhvoice.voices import choose, used
from app.errors import EngineUnavailable, LanguageError
from app.ports.speech import SpokenPhrase, WordSpan

if TYPE_CHECKING:
    from app.engines.speech.common.program.written import Written
    from app.ports.sound import Samples
    from app.ports.speech import VoiceUsed
    from app.ports.work import Cancel, Progress

log = logging.getLogger(__name__)

_ADDED_PAUSE = 0.15
"""Seconds of silence left at a break that this service adds; irina would be silent for 0.37 s.

No more words are misheard than with its whole pause (decision 11).
"""

_PACKAGES = {"ru": "rhvoice-russian", "en": "rhvoice-english"}


class Rhvoice(MatchingProgram[RhvoiceOptions]):
    """Speech engine whose voice is the freely licensed one nearest to the sample."""

    program: ClassVar[str] = PROGRAM

    def _lacking(self) -> str:
        return lacks(self._options)

    def _begin(
        self, text: str, voice: object, language: str, cancel: Cancel, progress: Progress
    ) -> Speaking:
        assert isinstance(voice, VoicePrint), "voice() of this engine made it"
        chosen = self._chosen(voice, language)
        guessed = Counter[str]()
        phrases = say_sentences(
            text,
            language,
            say=partial(self._say, chosen.preset, language=language, guessed=guessed),
            cancel=cancel,
            progress=progress,
            phrase=with_breaks,
        )
        return Speaking(_telling(phrases, guessed, language), RATE, chosen)

    def _chosen(self, sample: VoicePrint, language: str) -> VoiceUsed:
        if language not in CARD.languages:
            spoken = ", ".join(sorted(CARD.languages))
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

    def _say(
        self,
        voice: str,
        sentence: Written,
        folder: Path,
        cancel: Cancel,
        *,
        language: str,
        guessed: Counter[str],
    ) -> SpokenPhrase:
        program = self._found()
        result = folder / "speech.wav"
        rate = round(100 * self._options.speed)
        with collecting(folder / "account.lab") as labels:
            for unread in ("info", "lf0", "mgc"):
                (folder / f"account.{unread}").symlink_to(os.devnull)
            run(
                # "max" plans the whole sentence before it speaks; the default hurries to begin.
                [program, "-q", "max", "-R", str(RATE), "-p", voice, "-r", str(rate), "-o", result],
                given=f"{sentence.text}\n",
                result=result,
                timeout=patience(sentence),
                cancel=cancel,
                settings={"RHVOICE_DEBUG_HTS_FILE": "account"},
            )
        samples = read_whole(result)
        phones = full_context.read(
            labels.decode(errors="replace"),
            language,
            seconds=samples.size / RATE,
            speed=rate / 100,
        )
        return _said(sentence, samples, phones, guessed)


def _telling(
    phrases: Iterator[SpokenPhrase], guessed: Counter[str], language: str
) -> Iterator[SpokenPhrase]:
    """The phrases; after the last one the log has for how many of them times were guessed."""
    yield from phrases
    if guessed["lips"] or guessed["words"]:
        log.warning(
            "rhvoice told no times, sentences guessed lips=%d words=%d of=%d language=%s",
            guessed["lips"],
            guessed["words"],
            guessed["sentences"],
            language,
        )


def _said(
    sentence: Written, samples: Samples, phones: Sequence[Phone], guessed: Counter[str]
) -> SpokenPhrase:
    """The sentence with the breaks of this service made short, without the silence around it."""
    pauses = _added_pauses(sentence, word_spans(sentence.parts, phones))
    shortened, cuts = shorten(samples, RATE, pauses, seconds=_ADDED_PAUSE)
    phones = retimed(phones, lambda time: earlier(time, cuts))
    trimmed = loudness.trim(
        shortened,
        RATE,
        first=phones[0].start if phones else float("inf"),
        last=phones[-1].start if phones else 0.0,
    )
    sound, total = trimmed.samples, trimmed.samples.size / RATE
    phones = retimed(phones, lambda time: min(max(0.0, time - trimmed.cut), total))
    told = word_spans(sentence.parts, phones)
    guessed.update(lips=not phones, words=not told, sentences=1)
    words = told or spans(sentence.parts, sound, RATE)
    return SpokenPhrase(sound, RATE, tuple(words), tuple(mouth_shapes(phones)), sentence.pause)


def _added_pauses(sentence: Written, told: Sequence[WordSpan]) -> list[tuple[float, float]]:
    """Start and end of each silence at a break that the text does not have."""
    added = {part.word for part in sentence.parts if part.break_added}
    return [(word.end, after.start) for word, after in pairwise(told) if word.word in added]
