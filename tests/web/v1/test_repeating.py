"""The same request with the same key is done once."""

from __future__ import annotations

from typing import Any

import pytest

from app.library.items import Kind
from tests.web.v1.conftest import Place, problem, stored


@pytest.fixture
def body(place: Place) -> dict[str, Any]:
    return {
        "text": "Hello.",
        "language": "en",
        "avatar": stored(place, Kind.AVATAR),
        "voice": stored(place, Kind.VOICE),
    }


def test_the_same_again_is_answered_the_same(place: Place, body: dict[str, Any]) -> None:
    headers = {"Idempotency-Key": "7"}
    first = place.anonymous.post("/lectures", json=body, headers=headers)
    backwards = dict(reversed(body.items()))
    again = place.anonymous.post("/lectures", json=backwards, headers=headers)
    assert (again.status_code, again.data) == (first.status_code, first.data)
    assert again.headers["Location"] == first.headers["Location"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert len(place.services.store.active("default")) == 1


def test_without_a_key_it_is_done_twice(place: Place, body: dict[str, Any]) -> None:
    for _ in range(2):
        place.anonymous.post("/lectures", json=body)
    assert len(place.services.store.active("default")) == 2


def test_another_body_under_the_same_key_is_refused(place: Place, body: dict[str, Any]) -> None:
    headers = {"Idempotency-Key": "7"}
    place.anonymous.post("/lectures", json=body, headers=headers)
    answer = place.anonymous.post("/lectures", json={**body, "text": "Bye."}, headers=headers)
    assert (answer.status_code, problem(answer)["code"]) == (422, "idempotency_key_reused")


def test_a_refused_request_leaves_the_key_unused(place: Place, body: dict[str, Any]) -> None:
    headers = {"Idempotency-Key": "7"}
    refused = place.anonymous.post("/lectures", json={**body, "size": 1}, headers=headers)
    unspoken = place.anonymous.post("/lectures", json={**body, "text": " "}, headers=headers)
    accepted = place.anonymous.post("/lectures", json=body, headers=headers)
    assert [refused.status_code, unspoken.status_code, accepted.status_code] == [422, 422, 202]


@pytest.mark.parametrize("key", ["", " ", "x" * 256, "a b", "ä"])
def test_a_key_is_plain(place: Place, body: dict[str, Any], key: str) -> None:
    answer = place.anonymous.post("/lectures", json=body, headers={"Idempotency-Key": key})
    assert problem(answer)["errors"][0]["where"] == "Idempotency-Key"
