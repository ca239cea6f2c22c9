"""The lecture itself: its slides and fragments, and how a text becomes them.

Pure Python: no web, no numbers, no database, no engine.
"""

from app.lecture.model import RESULT_FOLDERS, FaceChoice, Fragment, Lecture, Slide
from app.lecture.split import SplitMode, split_text

__all__ = [
    "RESULT_FOLDERS",
    "FaceChoice",
    "Fragment",
    "Lecture",
    "Slide",
    "SplitMode",
    "split_text",
]
