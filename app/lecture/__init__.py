"""The lecture itself: its slides and fragments, and how a text becomes them.

Pure Python: no web, no numbers, no database, no engine.
"""

from app.lecture.model import (
    RECORDING,
    RESULT_FOLDERS,
    UNTOLD,
    FaceChoice,
    Fragment,
    Lecture,
    Passage,
    Slide,
)
from app.lecture.split import SplitMode, split_text

__all__ = [
    "RECORDING",
    "RESULT_FOLDERS",
    "UNTOLD",
    "FaceChoice",
    "Fragment",
    "Lecture",
    "Passage",
    "Slide",
    "SplitMode",
    "split_text",
]
