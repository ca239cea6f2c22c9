"""Bodies that are JSON and nothing that is asked for."""

from __future__ import annotations

import pytest

from app.web.v1.call import MOST_KEYS
from tests.web.v1.conftest import Place, problem


@pytest.mark.parametrize("body", ["[1, 1]", '"text"', "1", "null", "true"])
def test_a_body_is_an_object(place: Place, body: str) -> None:
    answer = place.anonymous.post("/lectures", data=body, content_type="application/json")
    told = problem(answer)
    assert (told["status"], told["detail"]) == (422, "the body is no object of JSON")


def test_an_object_has_a_bounded_number_of_keys(place: Place) -> None:
    known = {f"key{number}": 1 for number in range(MOST_KEYS)}
    told = problem(place.anonymous.post("/lectures", json=known))
    assert (told["status"], told["code"]) == (422, "bad_input")
    for crowded in (known | {"more": 1}, {"slides": [known | {"more": 1}]}):
        told = problem(place.anonymous.post("/lectures", json=crowded))
        assert (told["status"], told["code"]) == (400, "malformed_json")
