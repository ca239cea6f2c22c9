"""The API as an OpenAPI 3.1 document, from what the operations say of themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, RootModel
from pydantic.json_schema import (
    GenerateJsonSchema,
    JsonSchemaMode,
    JsonSchemaValue,
    models_json_schema,
)
from pydantic_core.core_schema import ModelSchema

from app import __version__
from app.field_docs import field_docs
from app.web.problem import MEDIA_TYPE
from app.web.v1.operation import Body, Operation, Resource, Told
from app.web.v1.parameters import PARAMETERS, names_in
from app.web.v1.problem_schema import PROBLEM

Document = RootModel[dict[str, Any]]
"""As an answer."""

_SCHEMAS = "#/components/schemas/{model}"

_ALWAYS = (400, 403, 500, 503)
"""What may happen to every call: it is no HTTP, foreign, a fault of ours, or there are too many."""


class _Described(GenerateJsonSchema):
    """With what is written below the fields."""

    def model_schema(self, schema: ModelSchema) -> JsonSchemaValue:
        told = super().model_schema(schema)
        for name, text in field_docs(schema["cls"]).items():
            if name in told.get("properties", {}):
                told["properties"][name].setdefault("description", text)
        return told


def document(resources: Sequence[Resource], base: str) -> dict[str, Any]:
    """The whole document.

    Args:
        base: Where ``/v1`` is for the caller.
    """
    operations = [each for resource in resources for each in resource.operations]
    refs, schemas = _schemas(operations)
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _told(operation, refs)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Videolecture",
            "version": __version__,
            "summary": "Lecture videos from a face, a voice and a text",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": base}],
        "tags": [{"name": each.tag, "description": each.what} for each in resources],
        "paths": paths,
        "components": {
            "schemas": {**schemas, "Problem": PROBLEM},
            "securitySchemes": {
                "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A key of `python -m app keys create`, or of POST /keys.",
                }
            },
        },
    }


_Refs = Mapping[tuple[type[BaseModel], JsonSchemaMode], dict[str, Any]]


def _schemas(operations: Iterable[Operation]) -> tuple[_Refs, dict[str, Any]]:
    """How each model is named in the document, and what stands under the names."""
    wanted: dict[tuple[type[BaseModel], JsonSchemaMode], None] = {}
    for operation in operations:
        for model in _taken(operation):
            wanted[model, "validation"] = None
        for answer in operation.answers.values():
            if answer.model is not None:
                wanted[answer.model, "serialization"] = None
        if operation.failures is not None:
            wanted[operation.failures.model, "serialization"] = None
    refs, definitions = models_json_schema(
        list(wanted), ref_template=_SCHEMAS, schema_generator=_Described
    )
    named = {wish: refs[wish] for wish in wanted}
    return named, definitions.get("$defs", {})


def _taken(operation: Operation) -> Iterator[type[BaseModel]]:
    if operation.body is not None and operation.body.json is not None:
        yield operation.body.json


def _told(operation: Operation, refs: _Refs) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "tags": [operation.tag],
        "parameters": [*_path(operation), *_query(operation), *_headers(operation)],
        "responses": dict(_responses(operation, refs)),
        "security": [] if operation.scope is None else [{"key": []}, {}],
    }
    if operation.about:
        told["description"] = operation.about
    if operation.scope is not None:
        told["x-scope"] = operation.scope.value
    if operation.body is not None:
        told["requestBody"] = _body(operation.body, refs)
    return told


def _path(operation: Operation) -> Iterator[dict[str, Any]]:
    for name in names_in(operation.path):
        pattern = f"^({PARAMETERS[name].pattern})$"
        yield {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string", "pattern": pattern},
        }


def _query(operation: Operation) -> Iterator[dict[str, Any]]:
    if operation.query is None:
        return
    schema = operation.query.model_json_schema(schema_generator=_Described)
    assert "$defs" not in schema, f"{operation.name}: parameters are plain values"
    for name, described in schema["properties"].items():
        kept = {key: value for key, value in described.items() if key not in ("title",)}
        yield {
            "name": name,
            "in": "query",
            "required": name in schema.get("required", ()),
            "description": kept.pop("description", ""),
            "schema": kept,
        }


def _headers(operation: Operation) -> Iterator[dict[str, Any]]:
    for name, header in operation.headers.items():
        yield {
            "name": name,
            "in": "header",
            "required": header.required,
            "description": header.what,
            "schema": {"type": "string", "pattern": f"^({header.pattern})$"},
        }
    if operation.repeatable:
        yield {
            "name": "Idempotency-Key",
            "in": "header",
            "required": False,
            "description": "The same request with the same key within 24 hours is answered the "
            "same and done once.",
            "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
        }


def _responses(operation: Operation, refs: _Refs) -> Iterator[tuple[str, dict[str, Any]]]:
    told = {status: _answer(answer, refs) for status, answer in operation.answers.items()}
    for status, answer in told.items():
        if operation.links and status < 300:
            answer["links"] = dict(operation.links)
    failure = _failure(operation, refs)
    for status in sorted({*_ALWAYS, *_implied(operation), *operation.problems}):
        refused = told.setdefault(status, {"description": _phrase(status)})
        refused.setdefault("content", {}).update(failure)
    for status, answer in told.items():
        yield str(status), answer


def _failure(operation: Operation, refs: _Refs) -> dict[str, Any]:
    if operation.failures is None:
        return {MEDIA_TYPE: {"schema": {"$ref": _SCHEMAS.format(model="Problem")}}}
    return {"application/json": {"schema": refs[operation.failures.model, "serialization"]}}


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:  # one that a protocol on top of HTTP has added
        return "Refused"


def _implied(operation: Operation) -> Iterator[int]:
    """Statuses that follow from what an operation takes."""
    if operation.scope is not None:
        yield from (401, 429)
    if names_in(operation.path):
        yield 404
    if operation.query is not None or operation.headers:
        yield 422
    if operation.body is not None:
        yield from (413, 415, 422, 507)
    if operation.repeatable:
        yield from (409, 422)


def _answer(answer: Told, refs: _Refs) -> dict[str, Any]:
    told: dict[str, Any] = {"description": answer.what}
    if answer.model is not None:
        schema = refs[answer.model, "serialization"]
        told["content"] = {"application/json": {"schema": schema}}
        if answer.media_type != "application/json":
            told["content"][answer.media_type] = {"schema": {}}
    elif answer.media_type == "application/json":
        told["content"] = {answer.media_type: {"schema": {"type": "object"}}}
    elif answer.media_type:
        told["content"] = {answer.media_type: {"schema": {}}}
    for media_type in answer.also:
        told["content"][media_type] = {"schema": {}}
    if answer.headers:
        told["headers"] = {
            name: {"description": what, "schema": {"type": "string"}}
            for name, what in answer.headers.items()
        }
    return told


def _body(body: Body, refs: _Refs) -> dict[str, Any]:
    content: dict[str, Any] = {}
    if body.json is not None:
        content["application/json"] = {"schema": refs[body.json, "validation"]}
    if body.has_form:
        content["multipart/form-data"] = {"schema": _form(body)}
    if body.stream is not None:
        content[body.stream] = {"schema": {"type": "string", "format": "binary"}}
    return {"required": body.required, "content": content}


def _form(body: Body) -> dict[str, Any]:
    fields: dict[str, Any] = {"properties": {}}
    if body.form is not None:
        fields = body.form.model_json_schema(schema_generator=_Described)
    files = {
        name: {"type": "string", "format": "binary", "description": part.what}
        for name, part in body.files.items()
    }
    required = [
        *fields.get("required", ()),
        *(name for name, part in body.files.items() if part.required),
    ]
    schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {**fields["properties"], **files},
    }
    return {**schema, "required": required} if required else schema
