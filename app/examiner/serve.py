"""The side that answers: ``python -m app.examiner.serve [FFMPEG]``.

One JSON object per line, question and answer in turn::

    {"what": "face", "path": "/private/copy.png"}   ->  {}
    {"what": "voice", "path": "/private/copy.wav"}  ->  {"error": "bad_voice_sample", ...}
    {"what": "language", "path": "/private/text", "spoken": ["en", "ru"]}  ->  {"language": "ru"}

Ends when nothing was asked for a while, and when its parent does.
"""

from __future__ import annotations

import json
import os
import resource
import selectors
import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from app.errors import InputError

IDLE_SECONDS = 300.0
MEMORY_BYTES = 4 << 30
"""Address space: a picture of 40 MP and the models fit many times over."""

_Examination = Callable[[Mapping[str, Any]], dict[str, Any]]


def main() -> None:
    """Answer questions until there are no more."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # libraries that print must not break the protocol
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ffmpeg = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    examinations: Mapping[str, _Examination] = {
        "face": lambda asked: _face(Path(asked["path"])),
        "voice": lambda asked: _voice(Path(asked["path"]), ffmpeg),
        "language": lambda asked: _language(Path(asked["path"]), asked["spoken"]),
    }
    with selectors.DefaultSelector() as selector:
        selector.register(0, selectors.EVENT_READ)
        while selector.select(IDLE_SECONDS):
            question = sys.stdin.buffer.readline()
            if not question:
                return
            _answer(question, examinations, answers)


def _answer(
    question: bytes,
    examinations: Mapping[str, _Examination],
    answers: BinaryIO,
) -> None:
    asked = json.loads(question)
    try:
        answer = examinations[asked["what"]](asked)
    except InputError as error:
        answer = {"error": error.code, "message": str(error)}
    answers.write(json.dumps(answer).encode() + b"\n")
    answers.flush()


def _face(picture: Path) -> dict[str, Any]:
    from app.portrait import read_picture

    _finder().find(read_picture(picture))
    return {}


@cache
def _finder() -> Any:
    from app.portrait import FaceFinder

    return FaceFinder()


def _voice(sample: Path, ffmpeg: Path | None) -> dict[str, Any]:
    from app.media.audio import check_voice

    check_voice(sample, ffmpeg=ffmpeg)
    return {}


def _language(text: Path, spoken: list[str]) -> dict[str, Any]:
    from app.examiner.language import language_of

    return {"language": language_of(text.read_text(encoding="utf-8"), spoken)}


if __name__ == "__main__":
    main()
