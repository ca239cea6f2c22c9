"""How large a lecture may be, told before any work is done for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from sys import maxsize

from app.errors import LectureTextError

_EAST_ASIAN = r"[\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]"
"""Compiled when it is first needed: so many letters take 3 ms."""

LETTERS_PER_SECOND = 15.0
"""Of English and Russian, signs among them, as our engines speak."""
_LETTERS_OF_A_DIGIT = 5
""""7" is "seven"."""
_LETTERS_OF_A_SYLLABLE = 3
"""Chinese, Japanese and Korean write about a syllable with each letter."""

SENTENCES_PER_FRAGMENT = 5

MOST_LINES = 50_000
"""Each takes its time to be told from a heading or an item; twelve hours of speech have 10,000."""

_DIVIDE = "divide it into several lectures"


@dataclass(frozen=True, slots=True)
class Bounds:
    """Of one lecture."""

    slides: int
    fragments: int
    seconds: float
    """Of speech, as :func:`estimated_seconds` tells them."""

    def check_text(self, text: str, delimiter: str) -> None:
        """Return when the slides and the speech of a text are few enough.

        Raises:
            LectureTextError: They are not.
        """
        lines = text.count("\n") + 1
        if lines > MOST_LINES:
            raise LectureTextError(
                f"{lines:,} lines; at most {MOST_LINES:,} are made one lecture; {_DIVIDE}",
                field="text",
            )
        slides = text.count(delimiter) + 1
        if slides > self.slides:
            raise LectureTextError(
                f"{slides:,} slides, for {delimiter!r} separates them; at most {self.slides:,} are"
                f" made of one text; {_DIVIDE}",
                field="text",
            )
        seconds = estimated_seconds(text)
        if seconds > self.seconds:
            raise LectureTextError(
                f"about {seconds / 3600:,.1f} h of speech; at most {self.seconds / 3600:,.1f} h are"
                f" made of one text; {_DIVIDE}",
                field="text",
            )

    def check_fragments(self, number: int) -> None:
        """Return when so many fragments are few enough.

        Raises:
            LectureTextError: They are not.
        """
        if number > self.fragments:
            raise LectureTextError(
                f"{number:,} or more fragments; at most {self.fragments:,} are made of one text;"
                f" {_DIVIDE}",
                field="text",
            )


NO_BOUNDS = Bounds(slides=maxsize, fragments=maxsize, seconds=float(maxsize))


def estimated_seconds(text: str) -> float:
    """How long it takes to say a text, judged by its letters alone.

    A digit counts as five letters, a Chinese, Japanese or Korean letter as three.

    >>> estimated_seconds("Fifteen letters. " * 60)
    60.0
    """
    letters = len(text) - sum(map(len, re.findall(r"\s+", text)))
    letters += (_LETTERS_OF_A_DIGIT - 1) * len(re.findall(r"\d", text))
    letters += (_LETTERS_OF_A_SYLLABLE - 1) * len(re.findall(_EAST_ASIAN, text))
    return letters / LETTERS_PER_SECOND
