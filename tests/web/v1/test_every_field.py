"""Whatever is wrong with a field of any request is refused under its name, and nothing is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.web.v1.conftest import Place, Program, problem
from tests.web.v1.everything import (
    Called,
    document,
    filled,
    one_of_each,
    operations,
    settings,
    things,
)
from tests.web.v1.files import A_PICTURE, A_RECORDING, a_raw_form

__all__ = ["settings"]

NO_TYPE = object()

OF_OTHER_TYPES: tuple[tuple[str, Any], ...] = (
    ("string", "x"),
    ("integer", 7),
    ("number", 7.5),
    ("boolean", True),
    ("array", ["x", 7]),
    ("object", {"x": 7}),
    ("null", None),
)

FITS = {("integer", "number")}
"""Values of the first type are of the second as well."""


@dataclass(frozen=True)
class Wrong:
    """A field with something wrong in it."""

    field: str
    """A pointer."""
    value: Any
    why: str


@pytest.fixture
def program(place: Place) -> Program:
    return place.program("acme")


@pytest.fixture
def names(place: Place, program: Program) -> dict[str, str]:
    return one_of_each(place, program)


def test_every_field_of_json(place: Place, program: Program, names: dict[str, str]) -> None:
    told, before = document(place), things(program)
    tried = 0
    for each in operations(told):
        if not each.takes_json:
            continue
        schema = _resolved(each.schema("application/json"), told)
        for wrong in _wrong(schema, told):
            answer = each.call(program, names, json=_with(filled(each, names), wrong))
            _check(each, wrong, answer)
            tried += 1
    assert tried > 300
    assert things(program) == before


def _check(each: Called, wrong: Wrong, answer: Any) -> None:
    if each.is_like_openai:
        assert answer.status_code == 400, (each, wrong)
        assert answer.get_json()["error"]["param"] == wrong.field.split("/")[1], (each, wrong)
        return
    assert answer.status_code == 422, (each, wrong, answer.text)
    places = [fault["where"] for fault in problem(answer)["errors"]]
    # A field that fits none of several forms is told by what it lacks of each.
    assert any(f"{one}/".startswith(f"{wrong.field}/") for one in places), (each, wrong, places)


def _wrong(schema: dict[str, Any], told: dict[str, Any], within: str = "") -> Iterator[Wrong]:
    yield Wrong(f"{within}/surprise", "x", "unknown")
    for name, described in schema["properties"].items():
        field = f"{within}/{name}"
        choices = list(_choices(described, told))
        types = {choice.get("type", NO_TYPE) for choice in choices}
        for kind, value in OF_OTHER_TYPES:
            if kind not in types and not any((kind, other) in FITS for other in types):
                yield Wrong(field, value, f"{kind} instead of {types}")
        for choice in choices:
            yield from _too_much(field, choice)
            if choice.get("type") == "array" and not within:
                yield from _in_items(field, _resolved(choice["items"], told), told)


def _too_much(field: str, schema: dict[str, Any]) -> Iterator[Wrong]:
    if "maxLength" in schema:
        yield Wrong(field, "x" * (schema["maxLength"] + 1), "too long")
    if schema.get("minLength"):
        yield Wrong(field, "", "too short")
    if "pattern" in schema or "format" in schema:
        yield Wrong(field, "\x00", "of no form")
    if "enum" in schema:
        yield Wrong(field, "x", "none of them")
    if "maximum" in schema:
        yield Wrong(field, schema["maximum"] + 1, "too much")
    if "minimum" in schema:
        yield Wrong(field, schema["minimum"] - 1, "too little")
    if schema.get("minItems"):
        yield Wrong(field, [], "too few")
    if "maxItems" in schema:
        yield Wrong(field, ["x"] * (schema["maxItems"] + 1), "too many")


def _in_items(field: str, items: dict[str, Any], told: dict[str, Any]) -> Iterator[Wrong]:
    if "properties" not in items:
        return
    for wrong in _wrong(items, told, within=f"{field}/0"):
        name = wrong.field.rpartition("/")[2]
        needed = {"number": 1} if "number" in items["properties"] else {}
        yield Wrong(field, [{**needed, name: wrong.value}], f"in its item {name}: {wrong.why}")


def _choices(schema: dict[str, Any], told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    schema = _resolved(schema, told)
    for choice in schema.get("anyOf", [schema]):
        if choice is schema:
            yield schema
        else:
            yield from _choices(choice, told)


def _resolved(schema: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in schema:
        return schema
    found: dict[str, Any] = told["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found


def _with(body: dict[str, Any], wrong: Wrong) -> dict[str, Any]:
    name = wrong.field.split("/")[1]
    if name in ("text", "slides", "audio"):  # which exclude each other
        body = {key: value for key, value in body.items() if key not in ("text", "slides", "audio")}
    return {**body, name: wrong.value}


def test_every_parameter_of_a_query(place: Place, program: Program, names: dict[str, str]) -> None:
    before = things(program)
    tried = 0
    for each in operations(document(place)):
        parameters = [one for one in each.told["parameters"] if one["in"] == "query"]
        for one in parameters:
            for value in _no_values(one["schema"]):
                answer = each.call(program, names, query_string={one["name"]: value})
                _check_named(each, one["name"], answer)
                tried += 1
            answer = each.call(program, names, query_string=[(one["name"], "1")] * 2)
            _check_named(each, one["name"], answer)
        if parameters:
            answer = each.call(program, names, query_string={"surprise": "x"})
            _check_named(each, "surprise", answer)
    assert tried > 30
    assert things(program) == before


def _no_values(schema: dict[str, Any]) -> Iterator[str]:
    for choice in schema.get("anyOf", [schema]):
        if choice["type"] in ("integer", "boolean"):
            yield from ("x", "", "1.5", "[]", "null")
        if "maximum" in choice:
            yield from (str(choice["maximum"] + 1), str(choice["minimum"] - 1))
        if "maxLength" in choice:
            yield "x" * (choice["maxLength"] + 1)
        if "pattern" in choice:
            yield "\x00"
        if "enum" in choice or "const" in choice:
            yield from ("x", "", "null")


def _check_named(each: Called, name: str, answer: Any) -> None:
    assert answer.status_code == 422, (each, name, answer.text)
    assert [fault["where"] for fault in problem(answer)["errors"]] == [name], (each, name)


FILES = {
    "image": A_PICTURE,
    "sample": A_RECORDING,
    "sound": A_RECORDING,
    "text_file": b"Hello.",
}


def test_every_part_of_a_form(place: Place, program: Program, names: dict[str, str]) -> None:
    before = things(program)
    tried = 0
    for each in operations(document(place)):
        if not each.takes_form:
            continue
        schema = each.schema("multipart/form-data")
        files = {name for name, one in schema["properties"].items() if one.get("format")}
        good = _good_form(each, schema, names)
        for name, part in _wrong_parts(schema["properties"], files):
            others = [one for one in good if one[0] != name]
            parts = [(f'; name="{key}"{told}', value) for key, told, value in (*others, part)]
            answer = each.call(program, names, json=None, **a_raw_form(*parts))
            _check_part(each, name, answer)
            tried += 1
    assert tried > 40
    assert things(program) == before


def _good_form(
    each: Called, schema: dict[str, Any], names: dict[str, str]
) -> list[tuple[str, str, bytes]]:
    needed = [(name, '; filename="me"', FILES[name]) for name in schema.get("required", ())]
    fields = filled(each, names) if each.name == "create_lecture" else {}
    return needed + [(name, "", str(value).encode()) for name, value in fields.items()]


def _wrong_parts(
    properties: dict[str, Any], files: set[str]
) -> Iterator[tuple[str, tuple[str, str, bytes]]]:
    yield "surprise", ("surprise", "", b"x")
    yield "surprise", ("surprise", '; filename="me"', b"x")
    for name in properties:
        if name in files:
            yield name, (name, "", b"a field")
            yield name, (name, '; filename="../me"', FILES[name])
            yield name, (name, '; filename="me"', b"")
        else:
            yield name, (name, '; filename="me"', b"a file")
            yield name, (name, "", b"\xff\xfe")
            yield name, (name, "", b"x\x00" * 200_000)


def _check_part(each: Called, name: str, answer: Any) -> None:
    assert answer.status_code in (413, 422), (each, name, answer.text)
    assert name in [fault["where"] for fault in problem(answer)["errors"]], (
        each,
        name,
        answer.text,
    )


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'"x"', b"7", b"null", b'{"a": 1, "a": 2}'])
def test_what_is_no_object_is_refused(
    place: Place, program: Program, names: dict[str, str], raw: bytes
) -> None:
    before = things(program)
    for each in operations(document(place)):
        if each.takes_json:
            more = {"data": raw, "content_type": "application/json", "json": None}
            answer = each.call(program, names, **more)
            assert answer.status_code in (400, 422), (each, answer.text)
            assert json.loads(answer.data)
    assert things(program) == before
