"""The lecture itself: its slides and fragments, and how a text becomes them.

Pure Python: no web, no numbers, no database, no engine.  How a text becomes slides is asked of
:mod:`app.lecture.split`, which brings all that reads text, and which only the examiner needs.
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
    SplitMode,
)

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
]
