"""How an operation is called by curl."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping
from typing import Any

from app.web.v1.docs_schemas import Schema, Schemas

_JSON = "application/json"
_FORM = "multipart/form-data"

_DEEPEST = 4


def curl(schemas: Schemas, address: str, method: str, path: str, told: Mapping[str, Any]) -> str:
    """The command, with capitals where the caller's own belongs."""
    url = address + path.replace("{", "").replace("}", "")
    for name in _names(path):
        url = url.replace(f"/{name}", f"/{name.upper()}")
    words = [*_method(method, told), *_form(told), shlex.quote(f"{url}{_query(told)}")]
    lines = [" ".join(["curl", *words]), *_headers(told), *_body(schemas, told)]
    return " \\\n  ".join(lines)


def _names(path: str) -> list[str]:
    return [part[1:-1] for part in path.split("/") if part.startswith("{")]


def _method(method: str, told: Mapping[str, Any]) -> list[str]:
    implied = "POST" if told.get("requestBody") else "GET"
    return [] if method == implied else ["-X", method]


def _form(told: Mapping[str, Any]) -> Iterator[str]:
    """What curl does with the answer."""
    good = [each for status, each in told["responses"].items() if status.startswith("2")]
    kinds = {kind for each in good for kind in each.get("content", {})}
    if "text/event-stream" in kinds:
        yield "-N"
    elif kinds and not any(kind == _JSON or kind.startswith("text/") for kind in kinds):
        yield "-OJ"


def _query(told: Mapping[str, Any]) -> str:
    wanted = [each["name"] for each in told["parameters"] if _is_wanted(each, "query")]
    return "?" + "&".join(f"{name}={name.upper()}" for name in wanted) if wanted else ""


def _headers(told: Mapping[str, Any]) -> Iterator[str]:
    if told["security"]:
        yield "-H 'Authorization: Bearer vl_...'"
    for each in told["parameters"]:
        if _is_wanted(each, "header"):
            yield f"-H '{each['name']}: ...'"


def _is_wanted(parameter: Mapping[str, Any], place: str) -> bool:
    return parameter["in"] == place and bool(parameter.get("required"))


def _body(schemas: Schemas, told: Mapping[str, Any]) -> Iterator[str]:
    content: Mapping[str, Any] = told.get("requestBody", {}).get("content", {})
    if _JSON in content:
        yield f"-H 'Content-Type: {_JSON}'"
        value = _example(schemas, content[_JSON]["schema"])
        yield f"-d {shlex.quote(json.dumps(value, ensure_ascii=False))}"
    elif _FORM in content:
        schema = schemas.resolved(content[_FORM]["schema"])
        for name in schema.get("required", ()) or list(schema["properties"])[:1]:
            yield f"-F {shlex.quote(_part(schemas, name, schema['properties'][name]))}"
    elif content:
        (media_type,) = content
        yield f"-H 'Content-Type: {media_type}'"
        yield "--data-binary @FILE"


def _part(schemas: Schemas, name: str, schema: Schema) -> str:
    if schema.get("format") == "binary":
        return f"{name}=@FILE"
    value = _example(schemas, schema)
    return f"{name}={value if isinstance(value, str) else json.dumps(value)}"


def _example(schemas: Schemas, schema: Schema, depth: int = 0) -> Any:
    """A value as the schema wants it, as far as a reader needs it."""
    schema = schemas.resolved(schema)
    for key in ("examples", "enum"):
        if schema.get(key):
            return schema[key][0]
    if "const" in schema:
        return schema["const"]
    if variants := schema.get("anyOf") or schema.get("oneOf"):
        return _example(schemas, variants[0], depth)
    match schema.get("type"):
        case "object":
            return _object(schemas, schema, depth)
        case "array":
            deep = depth > _DEEPEST
            return [] if deep else [_example(schemas, schema.get("items", {}), depth + 1)]
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return True
    return "..."


def _object(schemas: Schemas, schema: Schema, depth: int) -> dict[str, Any]:
    if depth > _DEEPEST:
        return {}
    properties = schema.get("properties", {})
    wanted = schema.get("required") or list(properties)[:1]
    return {name: _example(schemas, properties[name], depth + 1) for name in wanted}
