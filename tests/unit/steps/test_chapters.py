"""What the chapters of a lecture are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.steps import Recipe, plan
from tests.unit.steps.test_artifacts_of_old import lecture_of, made

RECIPE = Recipe("s", "f", "v", "i")


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("en", "Slide 1 Slide 3"),
        ("ru", "Слайд 1 Слайд 3"),
        ("es", "Diapositiva 1 Diapositiva 3"),
        ("fr", "Diapositive 1 Diapositive 3"),
        ("it", "Diapositiva 1 Diapositiva 3"),
        ("de", "Folie 1 Folie 3"),
        ("pt", "Slide 1 Slide 3"),
        ("pl", "Slajd 1 Slajd 3"),
        ("ja", "Slide 1 Slide 3"),
    ],
)
def test_chapters_are_called_in_the_lectures_language(
    language: str, titles: str, tmp_path: Path
) -> None:
    """The stand-in writes the titles alone."""
    artifacts = made(lecture_of(["a"], [], ["b"], language=language), tmp_path)
    assert (artifacts / "final" / "chapters.vtt").read_text(encoding="utf-8") == titles


def test_only_another_word_makes_another_final_step(monkeypatch: pytest.MonkeyPatch) -> None:
    russian, english = lecture_of(["a"], language="ru"), lecture_of(["a"])
    before = [plan(each, RECIPE)[-1].input_hash for each in (russian, english)]
    monkeypatch.setattr("app.steps.finish._SLIDE", {"ru": "Кадр"})
    after = [plan(each, RECIPE)[-1].input_hash for each in (russian, english)]
    assert (before[0] == after[0], before[1] == after[1]) == (False, True)
