"""The side that asks."""

from __future__ import annotations

import json
import logging
import sys
import threading
from collections import OrderedDict
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from app.errors import (
    EngineUnavailable,
    InputError,
    LanguageError,
    SourceImageError,
    VoiceSampleError,
)
from app.process.child import Child
from app.process.lines import Lines, LinesEnded

log = logging.getLogger(__name__)

ANSWER_SECONDS = 60.0
"""A picture of 200 megapixels takes 1 to 5 seconds of a core, on a busy machine much longer."""

LISTENING_SECONDS = 120.0
"""An hour without a clear voice takes 20 s of a free core."""

REMEMBERED = 1000
"""Verdicts kept, so that a class that shares one lecturer is examined once."""

_ERRORS: Mapping[str, type[InputError]] = {
    error.code: error for error in (SourceImageError, VoiceSampleError, LanguageError)
}

_ROOT = Path(__file__).resolve().parents[2]


class Examiner:
    """Asks a child process that is started on the first question and ends when idle.

    Safe to call from several threads; one question is answered at a time.
    """

    def __init__(self, ffmpeg: Path | None = None) -> None:
        self._ffmpeg = ffmpeg
        self._lock = threading.Lock()
        self._child: Child | None = None
        self._verdicts: OrderedDict[tuple[str, str], dict[str, Any]] = OrderedDict()

    def check_face(self, picture: Path, sha256: str) -> None:
        """Return when the picture shows exactly one usable face.

        Args:
            sha256: Of the picture's bytes; the same bytes are examined once.

        Raises:
            SourceImageError: It does not; the message says what it shows instead.
        """
        self._ask("face", picture, sha256)

    def check_voice(self, sample: Path, sha256: str) -> str:
        """Return when the sample holds enough speech to follow.

        Returns:
            What the caller should know of it all the same, for example that it is noisy;
            empty when all is well.

        Raises:
            VoiceSampleError: It does not; the message says why.
        """
        caution: str = self._ask("voice", sample, sha256)["caution"]
        return caution

    def language_of(self, text: Path, sha256: str, spoken: Collection[str]) -> str:
        """ISO 639-1 code of the language of a UTF-8 text.

        Args:
            spoken: Languages that some engine speaks; they win where the text leaves doubt.

        Raises:
            LanguageError: It cannot be told.
        """
        language: str = self._ask("language", text, sha256, spoken=sorted(spoken))["language"]
        return language

    def close(self) -> None:
        """End the child process.  Safe to call twice."""
        with self._lock:
            self._end()

    def _ask(self, what: str, path: Path, sha256: str, **more: Any) -> dict[str, Any]:
        key = what, sha256
        with self._lock:
            answer = self._verdicts.get(key)
            if answer is None:
                answer = self._answer({"what": what, "path": str(path), **more})
                self._verdicts[key] = answer
                if len(self._verdicts) > REMEMBERED:
                    self._verdicts.popitem(last=False)
        if "error" in answer:
            raise _ERRORS[answer["error"]](answer["message"])
        return answer

    def _answer(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """Ask once more after the child ended: it ends by itself when idle."""
        for attempt in (1, 2):
            try:
                return self._exchange(question)
            except (LinesEnded, TimeoutError, ValueError) as error:
                self._end()
                if attempt == 2:
                    log.warning("examiner died question=%s error=%r", question["what"], error)
        # Two deaths on one file: the file is to blame, for example for its memory.
        raise {"face": SourceImageError, "voice": VoiceSampleError}.get(
            question["what"], EngineUnavailable
        )("the file could not be examined")

    def _exchange(self, question: Mapping[str, Any]) -> dict[str, Any]:
        child = self._child or self._start()
        lines = Lines(child.stdout, child.stdin)
        lines.write(json.dumps(question).encode())
        seconds = LISTENING_SECONDS if question["what"] == "voice" else ANSWER_SECONDS
        line = lines.read(seconds)
        if line is None:
            raise TimeoutError(f"no answer within {seconds:g} s")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _start(self) -> Child:
        command: list[str | Path] = [sys.executable, "-m", "app.examiner.serve"]
        if self._ffmpeg is not None:
            command.append(self._ffmpeg)
        self._child = Child(command, name="the examiner", cwd=_ROOT)
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
