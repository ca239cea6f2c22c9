"""The side that answers: ``python -m app.examiner.serve [FFMPEG]``.

One JSON object per line, question and answer in turn::

    {"what": "face", "path": "/private/copy.png"}   ->  {}
    {"what": "voice", "path": "/private/copy.wav"}  ->  {"caution": "the speech is only ..."}
    {"what": "voice", "path": "/private/copy.txt"}  ->  {"error": "bad_voice_sample", ...}
    {"what": "language", "path": "/private/text", "spoken": ["en", "ru"]}  ->  {"language": "ru"}

Ends when nothing was asked for a while, and when its parent does.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from app.errors import InputError
from app.process.lines import LinesEnded, standard_lines

IDLE_SECONDS = 300.0
MEMORY_BYTES = 4 << 30
"""Address space: the models and any picture that is read fit many times over."""

_Examination = Callable[[Mapping[str, Any]], dict[str, Any]]


def main() -> None:
    """Answer questions until there are no more."""
    lines = standard_lines()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ffmpeg = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    examinations: Mapping[str, _Examination] = {
        "face": lambda asked: _face(Path(asked["path"])),
        "voice": lambda asked: _voice(Path(asked["path"]), ffmpeg),
        "language": lambda asked: _language(Path(asked["path"]), asked["spoken"]),
    }
    with suppress(LinesEnded):
        while (question := lines.read(IDLE_SECONDS)) is not None:
            lines.write(_answer(question, examinations))


def _answer(question: bytes, examinations: Mapping[str, _Examination]) -> bytes:
    asked = json.loads(question)
    try:
        answer = examinations[asked["what"]](asked)
    except InputError as error:
        answer = {"error": error.code, "message": str(error)}
    return json.dumps(answer).encode()


def _face(picture: Path) -> dict[str, Any]:
    from app.portrait import read_picture

    _finder().examine(read_picture(picture))
    return {}


@cache
def _finder() -> Any:
    from app.portrait import FaceFinder

    return FaceFinder()


def _voice(sample: Path, ffmpeg: Path | None) -> dict[str, Any]:
    from app.voice import caution, find_passage

    return {"caution": caution(find_passage(sample, ffmpeg=ffmpeg))}


def _language(text: Path, spoken: list[str]) -> dict[str, Any]:
    from app.examiner.language import language_of

    return {"language": language_of(text.read_text(encoding="utf-8"), spoken)}


if __name__ == "__main__":
    main()
