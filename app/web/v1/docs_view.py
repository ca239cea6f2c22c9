"""What the page about the API shows, from its document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.web.problem import MEDIA_TYPE
from app.web.v1.docs_curl import curl
from app.web.v1.docs_schemas import Row, Schemas


@dataclass(frozen=True, slots=True)
class Content:
    """A body, or an answer with one."""

    media_type: str
    kind: str
    """Of the whole; empty when the rows tell it."""
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What an operation may answer."""

    status: str
    about: str
    contents: tuple[Content, ...]
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A part of the path, of the query or of the header."""

    name: str
    place: str
    kind: str
    about: str
    required: bool


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation."""

    name: str
    method: str
    path: str
    summary: str
    about: str
    scope: str
    """What a key must allow; empty where none is needed."""
    parameters: tuple[Parameter, ...]
    bodies: tuple[Content, ...]
    answers: tuple[Answer, ...]
    problems: tuple[tuple[str, str], ...]
    """Status and phrase of each refusal."""
    curl: str


@dataclass(frozen=True, slots=True)
class Section:
    """The operations on one kind of thing."""

    tag: str
    about: str
    operations: tuple[Operation, ...]


def sections(document: Mapping[str, Any], address: str) -> list[Section]:
    """The page's parts, in the order of the document.

    Args:
        address: Of the API, for examples.
    """
    schemas = Schemas(document)
    shown: dict[str, list[Operation]] = {tag["name"]: [] for tag in document["tags"]}
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            (tag,) = told["tags"]
            shown[tag].append(_operation(schemas, address, method.upper(), path, told))
    return [
        Section(tag["name"], tag["description"], tuple(shown[tag["name"]]))
        for tag in document["tags"]
    ]


def _operation(
    schemas: Schemas, address: str, method: str, path: str, told: Mapping[str, Any]
) -> Operation:
    responses = told["responses"].items()
    answers = [_answer(schemas, status, each) for status, each in responses]
    refusals = [(status, one["description"]) for status, one in responses if _is_problem(one)]
    return Operation(
        name=told["operationId"],
        method=method,
        path=path,
        summary=told["summary"],
        about=told.get("description", ""),
        scope=told.get("x-scope", ""),
        parameters=tuple(_parameter(schemas, each) for each in told["parameters"]),
        bodies=tuple(_contents(schemas, told.get("requestBody", {}))),
        answers=tuple(each for each in answers if each is not None),
        problems=tuple(refusals),
        curl=curl(schemas, address, method, path, told),
    )


def _parameter(schemas: Schemas, told: Mapping[str, Any]) -> Parameter:
    return Parameter(
        told["name"],
        told["in"],
        schemas.kind(told["schema"]),
        told.get("description", ""),
        bool(told.get("required")),
    )


def _answer(schemas: Schemas, status: str, told: Mapping[str, Any]) -> Answer | None:
    """An answer; ``None`` where that is a problem and nothing else."""
    contents = tuple(_contents(schemas, told))
    if _is_problem(told) and not contents:
        return None
    headers = {name: each["description"] for name, each in told.get("headers", {}).items()}
    return Answer(status, told["description"], contents, headers)


def _is_problem(told: Mapping[str, Any]) -> bool:
    return MEDIA_TYPE in told.get("content", {})


def _contents(schemas: Schemas, told: Mapping[str, Any]) -> Iterator[Content]:
    for media_type, content in told.get("content", {}).items():
        if media_type == MEDIA_TYPE:
            continue
        rows = schemas.rows(content["schema"])
        kind = "" if rows or not content["schema"] else schemas.kind(content["schema"])
        yield Content(media_type, kind, rows)
