"""What a problem tells of a request that was wrong in many places, or in a large one."""

from __future__ import annotations

import tracemalloc

import pytest
from pydantic import BaseModel, ConfigDict, ValidationError

from app.web.problem import Malformed, invalid, shown


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")

    numbers: list[int] = []


def faulty(**body: object) -> Malformed:
    with pytest.raises(ValidationError) as caught:
        Asked.model_validate(body)
    return invalid(caught.value)


def test_each_of_a_few_faults_is_told() -> None:
    told = faulty(numbers=["a", "b"])
    assert [(fault.where, fault.value) for fault in told.faults] == [
        ("/numbers/0", '"a"'),
        ("/numbers/1", '"b"'),
    ]
    assert told.detail.startswith("/numbers/0: ")


def test_hundreds_of_thousands_are_counted_instead() -> None:
    told = faulty(numbers=["a"] * 300_000)
    assert not told.faults
    assert told.detail.startswith("300000 parts")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ([1, {"a": None}], '[1, {"a": null}]'),
        ("x" * 99, f'"{"x" * 98}…'),
        ("x" * 98, f'"{"x" * 98}"'),
        ('"' * 50, '"' + '\\"' * 49 + "…"),
        ({"a": object()}, '{"a": "object"}'),
    ],
)
def test_a_value_is_told_in_100_characters(value: object, written: str) -> None:
    assert shown(value) == written
    assert len(written) <= 100


def test_of_a_large_value_no_more_is_written_than_is_told() -> None:
    large = {f"key {number}": number for number in range(200_000)}
    tracemalloc.start()
    told = shown(large)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert told.startswith('{"key 0": 0, ')
    assert peak < 100_000
