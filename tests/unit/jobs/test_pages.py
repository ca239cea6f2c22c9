from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InputError
from app.jobs.report import pages
from app.jobs.report.pages import page_of


def told(mapping: list[list[int]]) -> list[tuple[tuple[int, tuple[int, ...]], ...]]:
    return [page.slides for page in pages.pages(mapping)]


def test_a_lecture_of_some_hundred_fragments_has_one_page() -> None:
    mapping = [[5 * slide + n for n in range(1, 6)] for slide in range(80)]
    assert len(pages.pages(mapping)) == 1


def test_a_slide_that_does_not_fit_goes_on_in_the_next_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pages, "MOST_LINES", 4)
    assert told([[1, 2], [3, 4, 5, 6], []]) == [
        ((1, (1, 2)),),
        ((2, (3, 4, 5)),),
        ((2, (6,)), (3, ())),
    ]


@given(st.lists(st.integers(0, 1200), min_size=1, max_size=12))
def test_all_fragments_are_told_once_and_no_page_is_long(lengths: list[int]) -> None:
    numbers = itertools.count(1)
    mapping = [[next(numbers) for _ in range(length)] for length in lengths]
    made = pages.pages(mapping)
    assert [n for page in made for n in page.fragments()] == list(range(1, sum(lengths) + 1))
    slides = [slide for page in made for slide, _numbers in page.slides]
    assert sorted(set(slides)) == list(range(1, len(lengths) + 1))
    for page in made:
        assert 0 < len(page.slides) + len(page.fragments()) <= pages.MOST_LINES


@pytest.mark.parametrize("number", [0, 2, -1])
def test_a_page_that_is_not_there_is_named(number: int) -> None:
    with pytest.raises(InputError, match="page: from 1 to 1"):
        page_of([[1]], number)
