"""The lecture itself: its slides and fragments, how a text becomes them, and what is to be made.

Pure Python: no web, no numbers, no database, no engine.
"""

from app.lecture.model import FaceChoice, Fragment, Lecture, Slide
from app.lecture.plan import Recipe, Step, StepKind, plan
from app.lecture.split import SplitMode, split_text

__all__ = [
    "FaceChoice",
    "Fragment",
    "Lecture",
    "Recipe",
    "Slide",
    "SplitMode",
    "Step",
    "StepKind",
    "plan",
    "split_text",
]
