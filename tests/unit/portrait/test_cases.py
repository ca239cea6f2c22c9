"""The cases of ``python -m benchmarks.pictures``, as far as they take no time."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from app.portrait import FaceFinder, read_picture
from benchmarks.pictures.__main__ import judge
from benchmarks.pictures.cases import Case, Portrait, cases_of, foreign_cases
from tests.unit.portrait.conftest import SAMPLES

SLOW = {"size", "covered mouths"}
"""The one takes seconds a picture, the other is held for every sample elsewhere."""


@pytest.fixture(scope="module")
def cases(finder: FaceFinder) -> list[Case]:
    shown = read_picture(SAMPLES / "lecturer-man-tie.jpg")
    picture = np.asarray(cv2.resize(shown, (640, 640), interpolation=cv2.INTER_AREA), np.uint8)
    portrait = Portrait("man-tie", picture, finder.find(picture).landmarks)
    return [*foreign_cases(), *(case for case in cases_of(portrait) if case.group not in SLOW)]


def test_every_picture_is_accepted_or_refused_rightly(
    finder: FaceFinder, cases: list[Case]
) -> None:
    wrong = []
    for case in cases:
        verdict, said = judge(case, finder)
        if verdict not in ("accepted rightly", "refused rightly"):
            wrong.append(f"{case.group} {case.name}: {verdict}, {said}")
    assert len(cases) > 60
    assert wrong == []


def test_a_picture_that_is_judged_wrongly_is_told(finder: FaceFinder, cases: list[Case]) -> None:
    good = next(case for case in cases if not case.refused and case.same is not None)
    assert judge(Case("", "", good.make, refused="blurred"), finder)[0] == "wrongly accepted"
    white = np.full((64, 64, 3), 255, np.uint8)
    assert judge(Case("", "", good.make, same=white), finder)[0] == "wrong colours"
    bad = next(case for case in cases if case.refused)
    assert judge(Case("", "", bad.make), finder)[0] == "wrongly refused"
    assert judge(Case("", "", bad.make, refused="other words"), finder)[0] == "wrong reason"
