"""The side that answers: ``python -m app.examiner.serve [FFMPEG]``.

Of the questions that :mod:`~app.examiner.fork_server` is asked, and their answers::

    {"what": "face", "path": "/private/copy.png"}   ->  {"width": 800, ...}
    {"what": "face", "path": "/private/group.png"}  ->  {"error": "bad_source_image", ...,
        "reason": "several_faces", "seen": {"width": 800, "height": 600, "faces": [[...], [...]]}}
    {"what": "voice", "path": "/private/copy.wav"}  ->  {"caution": "the speech is only ..."}
    {"what": "voice", "path": "/private/copy.txt"}  ->  {"error": "bad_voice_sample", ...}
    {"what": "hearing", "path": "/private/copy.wav"}  ->  {"seconds": 8.0, ..., "caution": ""}
    {"what": "recording", "path": "/private/copy.mp3", "target": "/private/copy.f32",
     "most_seconds": 3600.0}                        ->  {"seconds": 65.2, "cuts": [31.4], ...}
    {"what": "text", "question": {...}, "answer": "/private/answer.json"}  ->  {}

What is made of a text is written into a file, for it may be longer than a line.  Ends when its
parent does.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from app.disk import disk_full_named
from app.errors import InputError, LectureError, SourceImageError
from app.examiner.fork_server import Examine, ForkServer, Load
from app.process.lines import standard_lines

MEMORY_BYTES = 4 << 30
"""Address space: the models and any picture that is read fit many times over."""


def main() -> None:
    """Answer questions until there are no more."""
    ffmpeg = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    serve(
        {
            "face": lambda asked: _face(Path(asked["path"])),
            "voice": lambda asked: _voice(Path(asked["path"]), ffmpeg),
            "hearing": lambda asked: _hearing(Path(asked["path"]), ffmpeg),
            "recording": lambda asked: _recording(asked, ffmpeg),
            "text": lambda asked: _text(asked["question"], Path(asked["answer"])),
        },
        load=_load,
        load_for=_load_for,
    )


def serve(
    examinations: Mapping[str, Examine], *, load: Callable[[], object], load_for: Load
) -> None:
    """Answer each question by the examination of its kind.

    Args:
        load: Brings into memory what all need.
        load_for: What one needs besides.
    """
    lines = standard_lines()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    load()
    ForkServer(lines, load_for, lambda question: _answer(question, examinations)).run()


def _answer(question: Mapping[str, Any], examinations: Mapping[str, Examine]) -> dict[str, Any]:
    try:
        return examinations[question["what"]](question)
    except LectureError as error:
        answer: dict[str, Any] = {"error": error.code, "message": str(error)}
        if isinstance(error, InputError):
            answer["field"] = error.field
        if isinstance(error, SourceImageError) and error.seen is not None:
            answer |= {"reason": error.reason, "seen": asdict(error.seen)}
        return answer


def _load() -> None:
    """Bring into memory what looks need, and start no thread that computes.

    What is left out every look would load anew, in its fork.
    """
    import cv2
    import ffmpeg
    import imageio_ffmpeg.binaries
    import numpy as np
    import pyloudnorm
    import scipy.signal

    from app.examiner import asked, language, seen, text
    from app.text.verbalize import verbalize
    from app.voice import find_passage, pitch, recording
    from app.voice.activity import levels_of, spoken_frames

    del ffmpeg, imageio_ffmpeg, pyloudnorm, scipy, text, find_passage, pitch, recording
    for adapter in (asked.questions, asked.answers, seen.faces, seen.voices):
        adapter()
    cv2.setNumThreads(1)
    _finder()
    silence = np.zeros(16000, np.float32)
    spoken_frames(silence, levels_of(silence))
    verbalize("This is a sentence.", "en")
    language.load(())


def _load_for(question: Mapping[str, Any]) -> None:
    from app.examiner import language

    if question["what"] == "text" and question["question"]["language"] is None:
        language.load(question["question"]["spoken"])


def _face(picture: Path) -> dict[str, Any]:
    from app.examiner.seen import FaceSeen, faces
    from app.portrait import read_picture
    from app.portrait.sight import whole_box

    pixels = read_picture(picture)
    judged = _finder().judge(pixels)
    height, width = pixels.shape[:2]
    seen = FaceSeen(
        width,
        height,
        whole_box(judged.face.box, width, height),
        yaw=round(judged.face.yaw, 1),
        pitch=round(judged.face.pitch, 1),
        roll=round(judged.face.roll, 1),
        warnings=judged.cautions,
    )
    return dict(faces().dump_python(seen, mode="json"))


@cache
def _finder() -> Any:
    from app.portrait import FaceFinder

    return FaceFinder()


def _voice(sample: Path, ffmpeg: Path | None) -> dict[str, Any]:
    from app.voice import caution, find_passage

    return {"caution": caution(find_passage(sample, ffmpeg=ffmpeg))}


def _hearing(sample: Path, ffmpeg: Path | None) -> dict[str, Any]:
    from app.examiner.seen import VoiceHeard, voices
    from app.voice import caution, hear, sound_of
    from app.voice.activity import RATE
    from app.voice.pitch import median_pitch

    seconds, passage = hear(sample, ffmpeg=ffmpeg)
    warning = caution(passage)
    pitch = median_pitch(sound_of(sample, passage, RATE, ffmpeg=ffmpeg), RATE)
    heard = VoiceHeard(
        seconds=round(seconds, 2),
        speech_seconds=round(passage.speech, 2),
        level_db=round(passage.level, 1),
        snr_db=round(passage.clearance, 1),
        pitch_hz=None if pitch is None else round(pitch, 1),
        warnings=(warning,) if warning else (),
    )
    return {**voices().dump_python(heard, mode="json"), "caution": warning}


def _recording(asked: Mapping[str, Any], ffmpeg: Path | None) -> dict[str, Any]:
    from app.voice.recording import keep_recording

    with disk_full_named("the recording"):
        kept = keep_recording(
            Path(asked["path"]),
            Path(asked["target"]),
            most_seconds=asked["most_seconds"],
            ffmpeg=ffmpeg,
        )
    return asdict(kept)


def _text(question: Any, answer: Path) -> dict[str, Any]:
    from app.examiner.asked import answers, questions
    from app.examiner.text import examined

    read = examined(questions().validate_python(question))
    with disk_full_named("the lecture text"):
        answer.write_bytes(answers().dump_json(read))
    return {}


if __name__ == "__main__":
    main()
