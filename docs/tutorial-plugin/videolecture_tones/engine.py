"""The engine: a tone for each letter, a pause after each word."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app.engines.speech.common.loudness import level
from app.errors import EngineUnavailable, LanguageError
from app.ports.speech import Speech, VoiceUsed, Word
from app.ports.work import untold
from app.voice import find_passage
from videolecture_tones.alphabets import ALPHABETS, lacks

if TYPE_CHECKING:
    from app.ports.sound import Samples
    from app.ports.work import Cancel, Progress
    from videolecture_tones.options import TonesOptions

RATE = 24000
"""Hertz."""

PAUSE = 0.1
"""Seconds of silence before the first word and after each."""

VOICE = VoiceUsed("preset", preset="tones")


class Tones:
    """Speech engine; satisfies :class:`app.ports.speech.SpeechEngine`."""

    def __init__(self, options: TonesOptions) -> None:
        self._options = options

    def load(self) -> None:
        """Here a model would be brought into memory."""
        if lacking := lacks(self._options):
            raise EngineUnavailable(lacking)

    def voice(self, sample: Path) -> VoiceUsed:
        """The one voice there is, after a look whether the sample holds speech."""
        find_passage(sample, ffmpeg=self._options.ffmpeg)
        return VOICE

    def synthesize(
        self,
        text: str,
        voice: object,
        language: str,
        cancel: Cancel,
        progress: Progress = untold,
    ) -> Speech:
        """Play a fragment."""
        if language not in ALPHABETS:
            raise LanguageError(f"tones speaks {', '.join(sorted(ALPHABETS))}, not {language!r}")
        alphabet = self._alphabet(language)
        sound = [_silence()]
        words: list[Word] = []
        texts = text.split()
        for number, word in enumerate(texts, start=1):
            cancel.check()
            start = sum(part.size for part in sound) / RATE
            sound += [self._tone(alphabet.index(x)) for x in word.lower() if x in alphabet]
            end = sum(part.size for part in sound) / RATE
            words.append(Word(word, start, end))
            sound.append(_silence())
            progress(number / len(texts))
        return Speech(level(np.concatenate(sound), RATE), RATE, VOICE, tuple(words))

    def close(self) -> None:
        """Nothing is held."""

    def _alphabet(self, language: str) -> str:
        if self._options.alphabet is None:
            return ALPHABETS[language]
        return self._options.alphabet.read_text(encoding="utf-8").lower()

    def _tone(self, place: int) -> Samples:
        """The tone of a letter by its place in the alphabet, loudest in its middle."""
        times = np.arange(round(self._options.letter_seconds * RATE)) / RATE
        hertz = self._options.base_hertz * 2 ** (place / 24)
        swell = np.sin(np.pi * times / self._options.letter_seconds)
        return (0.3 * swell * np.sin(2 * np.pi * hertz * times)).astype(np.float32)


def _silence() -> Samples:
    return np.zeros(round(PAUSE * RATE), np.float32)
