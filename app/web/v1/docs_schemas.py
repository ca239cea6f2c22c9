"""JSON Schemas as people read them: resolved, nested, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_DEEPEST = 6
"""Levels that are shown; what lies deeper is named only."""

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A property, and what is in it."""

    name: str
    kind: str
    """Such as ``list of strings, at most 3``."""
    about: str
    required: bool
    rows: tuple[Row, ...] = ()


class Schemas:
    """The schemas of a document."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        """Reads nothing yet."""
        self._known: Mapping[str, Schema] = document.get("components", {}).get("schemas", {})

    def rows(self, schema: Schema, depth: int = 0) -> tuple[Row, ...]:
        """What is in values of a schema; empty where that are no objects."""
        if depth > _DEEPEST:
            return ()
        schema = self.resolved(schema)
        if inner := _inner(schema):
            return self.rows(inner, depth)
        if variants := _variants(schema):
            return tuple(row for each in variants for row in self.rows(each, depth))
        required = schema.get("required", ())
        return tuple(
            self._row(name, each, depth, required=name in required)
            for name, each in schema.get("properties", {}).items()
        )

    def kind(self, schema: Schema) -> str:
        """What values of a schema are, in words."""
        schema = self.resolved(schema)
        if variants := schema.get("anyOf") or schema.get("oneOf"):
            return " or ".join(dict.fromkeys(self.kind(each) for each in variants))
        if "const" in schema:
            return f"always {_written(schema['const'])}"
        if "enum" in schema:
            return "one of " + ", ".join(_written(each) for each in schema["enum"])
        return ", ".join([self._plain_kind(schema), *_bounds(schema)])

    def resolved(self, schema: Schema) -> Schema:
        """The schema itself where it is only named; what stands beside the name counts more."""
        while "$ref" in schema:
            found = self._known[schema["$ref"].rpartition("/")[2]]
            schema = {**found, **{key: value for key, value in schema.items() if key != "$ref"}}
        return schema

    def _row(self, name: str, schema: Schema, depth: int, *, required: bool) -> Row:
        about = schema.get("description", "") or self.resolved(schema).get("description", "")
        if "default" in schema and schema["default"] is not None:
            about = f"{about} Default: {_written(schema['default'])}.".strip()
        return Row(name, self.kind(schema), about, required, self.rows(schema, depth + 1))

    def _plain_kind(self, schema: Schema) -> str:
        kind = schema.get("type", "anything")
        match kind:
            case "array":
                return f"list of: {self.kind(schema.get('items', {}))}"
            case "object" if isinstance(schema.get("additionalProperties"), Mapping):
                return f"object, by name: {self.kind(schema['additionalProperties'])}"
            case "string" if schema.get("format"):
                return _FORMATS.get(schema["format"], f"string ({schema['format']})")
        return str(kind)


_FORMATS = {"date-time": "moment (RFC 3339)", "binary": "file", "uri": "address"}


def _inner(schema: Schema) -> Schema | None:
    """What a list or a mapping is of."""
    found = schema.get("items") or schema.get("additionalProperties")
    return found if isinstance(found, Mapping) and not schema.get("properties") else None


def _variants(schema: Schema) -> Sequence[Schema]:
    variants: Sequence[Schema] = schema.get("anyOf") or schema.get("oneOf") or ()
    return variants


def _bounds(schema: Schema) -> Iterator[str]:
    for least, most, unit in (
        ("minimum", "maximum", ""),
        ("minLength", "maxLength", " characters"),
        ("minItems", "maxItems", " of them"),
    ):
        match schema.get(least), schema.get(most):
            case None, None:
                continue
            case low, None:
                yield f"at least {low}{unit}"
            case None | 0, high:
                yield f"at most {high}{unit}"
            case low, high:
                yield f"{low} to {high}{unit}"
    if "exclusiveMinimum" in schema:
        yield f"above {schema['exclusiveMinimum']}"
    if "exclusiveMaximum" in schema:
        yield f"below {schema['exclusiveMaximum']}"


def _written(value: object) -> str:
    return value if isinstance(value, str) else str(value).lower()
