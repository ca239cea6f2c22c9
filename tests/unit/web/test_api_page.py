"""docs/api.md names what there is."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from app import errors
from app.web.problem import status_of
from app.web.problem_titles import TITLES
from tools import document_api

WRITTEN = document_api.PAGE.read_text("utf-8")


def test_the_operations_are_those_of_today() -> None:
    assert document_api.page(WRITTEN) == WRITTEN, "run: python -m tools.document_api"


def codes() -> Iterator[tuple[str, str]]:
    """Status and code, of each row of the table."""
    table = WRITTEN.partition("<!-- codes -->")[2].partition("\n\n**")[0]
    for row in table.splitlines()[4:]:
        _, statuses, named, *_ = row.split("|")
        for code in re.findall(r"`(\w+)`", named):
            yield statuses.strip(), code


def test_every_code_of_a_problem_is_told_once() -> None:
    assert sorted(code for _, code in codes()) == sorted(TITLES)


def kinds(
    of: type[errors.LectureError] = errors.LectureError,
) -> Iterator[type[errors.LectureError]]:
    yield of
    for each in of.__subclasses__():
        yield from kinds(each)


@pytest.mark.parametrize("kind", list(kinds()), ids=lambda kind: str(kind.__name__))
def test_an_error_has_the_status_that_the_page_tells(kind: type[errors.LectureError]) -> None:
    told = {code: status for status, code in codes()}
    if kind.code in told:
        assert told[kind.code] == str(status_of(kind("x")))
