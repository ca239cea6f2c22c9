"""The document says what the API does."""

from __future__ import annotations

from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from app.web.v1 import api
from tests.web.v1.conftest import Place


@pytest.fixture
def document(place: Place) -> dict[str, Any]:
    told: dict[str, Any] = place.anonymous.get("/openapi.json").get_json()
    return told


def test_it_is_valid(document: dict[str, Any]) -> None:
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_every_operation_is_in_it_under_a_name_of_its_own(document: dict[str, Any]) -> None:
    names = [told["operationId"] for path in document["paths"].values() for told in path.values()]
    assert sorted(names) == sorted(operation.name for operation in api.operations())
    assert len(set(names)) == len(names)


def test_everything_in_it_is_described(document: dict[str, Any]) -> None:
    bare = [
        f"{method} {path}"
        for path, methods in document["paths"].items()
        for method, told in methods.items()
        if not told["summary"]
    ]
    assert bare == []
