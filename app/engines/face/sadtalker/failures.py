"""What the error output of SadTalker's own program means.

The program has no error codes.  The marks were found by running it on each kind of wrong
input, at commit cd4c046.
"""

from __future__ import annotations

import re

from app.errors import (
    CheckpointMissing,
    EngineUnavailable,
    LectureError,
    MediaError,
    NoFaceError,
    OutOfDeviceMemory,
    SourceImageError,
)

_MARKS: tuple[tuple[str, type[LectureError], str], ...] = (
    (
        # It raises a text, which Python answers with a TypeError.
        r"can not detect the landmark|exceptions must derive from BaseException",
        NoFaceError,
        "SadTalker finds no face in the picture",
    ),
    (
        # `resize` takes the first of no boxes.
        r"bboxes = bboxes\[0\]",
        NoFaceError,
        "SadTalker finds no face in the picture",
    ),
    (
        r"out of memory|DefaultCPUAllocator: (can't|not enough)|^MemoryError",
        OutOfDeviceMemory,
        "SadTalker does not fit into the device's memory",
    ),
    (
        r"No such file or directory: .*\.(safetensors|pth|tar)|urlopen error"
        r"|Error while deserializing header|PytorchStreamReader failed|Failed in loading audio2",
        CheckpointMissing,
        "a file of SadTalker's weights is missing or damaged; python -m app doctor names it",
    ),
    (
        r"^(ModuleNotFoundError|ImportError): (.*)",
        EngineUnavailable,
        "a package of SadTalker is not installed",
    ),
    (
        r"input_path must be a valid path|!_src\.empty\(\)",
        SourceImageError,
        "SadTalker cannot read the picture",
    ),
    (
        r"NoBackendError|soundfile\.LibsndfileError|v cannot be empty",
        MediaError,
        "SadTalker cannot read the sound",
    ),
)


def failure_told_by(errors: str) -> LectureError | None:
    """The error that the end of the program's error output tells of, if one is known."""
    for mark, kind, message in _MARKS:
        if re.search(mark, errors, re.MULTILINE | re.IGNORECASE):
            return kind(message)
    return None
