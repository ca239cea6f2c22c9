"""A lecture as its job carries it."""

from __future__ import annotations

import pytest

from app.steps import JobContent, content_of, lecture_of
from tests.unit.jobs.lectures import a_lecture


def test_a_lecture_comes_back_as_it_was() -> None:
    lecture = a_lecture("Раз.", "Two.")
    assert lecture_of(content_of(lecture)) == lecture


def test_another_kind_of_job_is_not_read_as_a_lecture() -> None:
    with pytest.raises(ValueError, match="training=7"):
        lecture_of(JobContent("training", 7, "{}"))


def test_what_prints_a_job_does_not_print_its_text() -> None:
    assert "Unmistakable" not in repr(content_of(a_lecture("Unmistakable.")))
