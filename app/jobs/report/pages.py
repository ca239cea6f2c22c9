"""A long lecture is told a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.errors import InputError

MOST_LINES = 500
"""Slides and fragments on a page, each a line: what a lecture of two hours has."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some slides, each with its fragments or some of them; numbers of both, in order."""

    slides: tuple[tuple[int, tuple[int, ...]], ...]

    def fragments(self) -> list[int]:
        return [number for _slide, numbers in self.slides for number in numbers]


def pages(mapping: Sequence[Sequence[int]]) -> list[Page]:
    """The pages of a lecture, at least one; a slide that does not fit goes on in the next.

    Args:
        mapping: Fragment numbers per slide.
    """
    made: list[Page] = []
    lines: list[tuple[int, tuple[int, ...]]] = []
    room = MOST_LINES
    for slide, numbers in enumerate(mapping, start=1):
        left = tuple(numbers)
        while True:
            if room < 2:
                made.append(Page(tuple(lines)))
                lines, room = [], MOST_LINES
            some = left[: room - 1]
            lines.append((slide, some))
            left, room = left[len(some) :], room - 1 - len(some)
            if not left:
                break
    return [*made, Page(tuple(lines))]


def page_of(mapping: Sequence[Sequence[int]], number: int) -> tuple[Page, int]:
    """A page, counted from 1, and how many there are.

    Raises:
        InputError: There is no such page.
    """
    made = pages(mapping)
    if not 1 <= number <= len(made):
        raise InputError(f"page: from 1 to {len(made)}, not {number}", field="page")
    return made[number - 1], len(made)
