"""JSON Schemas in words, and as examples of curl."""

from __future__ import annotations

from typing import Any

import pytest

from app.web.v1.docs_curl import curl
from app.web.v1.docs_schemas import Schemas

NAMED = {
    "components": {
        "schemas": {
            "Slide": {
                "type": "object",
                "description": "A slide.",
                "required": ["text"],
                "properties": {"text": {"type": "string"}, "title": {"type": "string"}},
            },
            "Tree": {
                "type": "object",
                "properties": {"children": {"items": {"$ref": "#/x/Tree"}, "type": "array"}},
            },
        }
    }
}
SLIDE = {"$ref": "#/components/schemas/Slide"}


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "string"}, "string"),
        ({"type": "string", "format": "date-time"}, "moment (RFC 3339)"),
        ({"type": "string", "minLength": 1}, "string, at least 1 characters"),
        ({"type": "integer", "minimum": 1, "maximum": 9}, "integer, 1 to 9"),
        ({"type": "number", "exclusiveMinimum": 0}, "number, above 0"),
        ({"enum": ["crop", 256]}, "one of crop, 256"),
        ({"const": True}, "always true"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "string or null"),
        ({"type": "array", "items": {"type": "integer"}}, "list of: integer"),
        ({"type": "object", "additionalProperties": {"type": "number"}}, "object, by name: number"),
        (SLIDE, "object"),
        ({}, "anything"),
    ],
)
def test_kinds_are_told_in_words(schema: dict[str, Any], words: str) -> None:
    assert Schemas(NAMED).kind(schema) == words


@pytest.mark.parametrize(
    "schema",
    [SLIDE, {"anyOf": [SLIDE, {"type": "null"}]}, {"type": "array", "items": SLIDE}],
)
def test_what_is_in_a_named_schema_is_shown(schema: dict[str, Any]) -> None:
    rows = Schemas(NAMED).rows(schema)
    assert [(row.name, row.required) for row in rows] == [("text", True), ("title", False)]


def test_a_schema_within_itself_has_an_end() -> None:
    assert Schemas(NAMED).rows({"$ref": "#/x/Tree"})


def told(**more: Any) -> dict[str, Any]:
    return {"parameters": [], "security": [], "responses": {"200": {}}, **more}


def test_a_form_is_sent_with_its_files() -> None:
    schema = {
        "type": "object",
        "required": ["image", "name"],
        "properties": {
            "image": {"type": "string", "format": "binary"},
            "name": {"type": "string"},
        },
    }
    body = {"content": {"multipart/form-data": {"schema": schema}}}
    command = curl(Schemas({}), "http://a/v1", "POST", "/avatars", told(requestBody=body))
    assert command.split(" \\\n  ") == ["curl http://a/v1/avatars", "-F image=@FILE", "-F name=..."]


def test_a_file_is_kept_and_events_are_followed() -> None:
    for kind, option in (("video/mp4", "-OJ"), ("text/event-stream", "-N")):
        answers: dict[str, Any] = {"200": {"content": {kind: {}}}}
        command = curl(Schemas({}), "http://a/v1", "GET", "/files", told(responses=answers))
        assert command == f"curl {option} http://a/v1/files"


def test_an_example_holds_what_is_required() -> None:
    schema = {
        "type": "object",
        "required": ["slides"],
        "properties": {"slides": {"type": "array", "items": SLIDE}, "size": {"type": "integer"}},
    }
    body = {"content": {"application/json": {"schema": schema}}}
    command = curl(Schemas(NAMED), "http://a/v1", "PATCH", "/x/{x_id}", told(requestBody=body))
    assert command.splitlines()[0] == "curl -X PATCH http://a/v1/x/X_ID \\"
    assert command.endswith("""-d '{"slides": [{"text": "..."}]}'""")
