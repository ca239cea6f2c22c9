"""The side that answers: ``python -m app.examiner.serve [FFMPEG]``.

One JSON object per line, question and answer in turn::

    {"what": "face", "path": "/private/copy.png"}   ->  {}
    {"what": "voice", "path": "/private/copy.wav"}  ->  {"caution": "the speech is only ..."}
    {"what": "voice", "path": "/private/copy.txt"}  ->  {"error": "bad_voice_sample", ...}
    {"what": "text", "question": {...}, "answer": "/private/answer.json"}  ->  {}
    {"what": "ready"}                               ->  {}

What is made of a text is written into a file, for it may be longer than a line.  Ends when its
parent does.
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

from app.disk import disk_full_named
from app.errors import InputError, LectureError
from app.process.lines import LinesEnded, standard_lines

MEMORY_BYTES = 4 << 30
"""Address space: the models and any picture that is read fit many times over."""

_Examination = Callable[[Mapping[str, Any]], dict[str, Any]]


def main() -> None:
    """Answer questions until there are no more."""
    ffmpeg = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    serve(
        {
            "face": lambda asked: _face(Path(asked["path"])),
            "voice": lambda asked: _voice(Path(asked["path"]), ffmpeg),
            "text": lambda asked: _text(asked["question"], Path(asked["answer"])),
            "ready": lambda _asked: _ready(),
        }
    )


def serve(examinations: Mapping[str, _Examination]) -> None:
    """Answer each question by the examination of its kind."""
    lines = standard_lines()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(LinesEnded):
        while (question := lines.read()) is not None:
            lines.write(_answer(question, examinations))


def _answer(question: bytes, examinations: Mapping[str, _Examination]) -> bytes:
    asked = json.loads(question)
    try:
        answer = examinations[asked["what"]](asked)
    except LectureError as error:
        answer = {"error": error.code, "message": str(error)}
        if isinstance(error, InputError):
            answer["field"] = error.field
    return json.dumps(answer).encode()


def _ready() -> dict[str, Any]:
    """Load what looks need, which takes a second of a core."""
    import numpy as np

    from app.examiner import text
    from app.examiner.language import language_of
    from app.text.verbalize import verbalize
    from app.voice import find_passage
    from app.voice.activity import levels_of, spoken_frames

    del text, find_passage
    _finder()
    silence = np.zeros(16000, np.float32)
    spoken_frames(silence, levels_of(silence))
    language_of("This is a sentence.", {"en"})
    verbalize("This is a sentence.", "en")
    return {}


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


def _text(question: Any, answer: Path) -> dict[str, Any]:
    from app.examiner.asked import ANSWERS, QUESTIONS
    from app.examiner.text import examined

    read = examined(QUESTIONS.validate_python(question))
    with disk_full_named("the lecture text"):
        answer.write_bytes(ANSWERS.dump_json(read))
    return {}


if __name__ == "__main__":
    main()
