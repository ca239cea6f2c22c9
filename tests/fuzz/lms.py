"""What an LMS calls, as an OpenAPI document: for fuzzing, since the LMS has it in words."""

from __future__ import annotations

from typing import Any

TITLE = "LMS"

_ENVELOPE = {
    "type": "object",
    "required": ["error", "message", "result", "code"],
    "additionalProperties": False,
    "properties": {
        "error": {"type": "boolean"},
        "message": {"type": "string", "minLength": 1},
        "result": {},
        "code": {"type": "string", "minLength": 1},
    },
}

_ID = {
    "anyOf": [
        {"type": "integer", "minimum": -(2**63), "maximum": 2**63 - 1},
        {"type": "string", "pattern": "^-?(0|[1-9][0-9]{0,17})$"},
    ]
}
_PATH = {"type": "string", "minLength": 2, "pattern": "^/"}
_WORDS = ["true", "false", "yes", "no", "on", "off", "t", "f", "y", "n", "1", "0"]
_YES = {
    "anyOf": [
        {"type": ["boolean", "null"]},
        {"enum": [0, 1, *_WORDS, *map(str.upper, _WORDS), *map(str.title, _WORDS)]},
    ]
}


def _or_null(**schema: Any) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}


_LECTURE = {
    "type": "object",
    "required": ["id", "face_path", "voice_path", "lecture_text_path", "generated_dir_path"],
    "properties": {
        "id": _ID,
        "face_path": _PATH,
        "voice_path": _PATH,
        "lecture_text_path": _PATH,
        "generated_dir_path": _PATH,
        "language": _or_null(type="string", pattern="^(auto|[a-z]{2})$"),
        "speech_engine": _or_null(type="string", maxLength=64),
        "face_engine": _or_null(type="string", maxLength=64),
        "preprocess": _or_null(enum=["crop", "full", "resize", "extcrop", "extfull"]),
        "still": _YES,
        "size": _or_null(enum=[256, 512, 1080]),
        "split": _or_null(enum=["compat", "sentences"]),
        "lexicon_path": _or_null(**_PATH),
        "restart": _YES,
    },
}


def _answers(*statuses: int) -> dict[str, Any]:
    content = {"application/json": {"schema": _ENVELOPE}}
    return {
        str(status): {"description": "An envelope", "content": content}
        for status in (200, 400, 403, 500, 503, *statuses)
    }


def _query(name: str, *, required: bool = False, at_least: int = 0) -> dict[str, Any]:
    schema = {"type": "integer", "minimum": at_least, "maximum": 2**63 - 1}
    return {"name": name, "in": "query", "required": required, "schema": schema}


def _start(name: str) -> dict[str, Any]:
    body = {"required": True, "content": {"application/json": {"schema": _LECTURE}}}
    answers = _answers(404, 409, 413, 415, 502, 507)
    return {"post": {"operationId": name, "requestBody": body, "responses": answers}}


def _cancel(name: str) -> dict[str, Any]:
    selecting = {
        "type": "object",
        "additionalProperties": False,
        "properties": {"id": _ID},
    }
    body = {"content": {"application/json": {"schema": selecting}}}
    answers = _answers(413, 415)
    return {
        "get": {
            "operationId": f"{name}_by_query",
            "parameters": [_query("id", at_least=-(2**63))],
            "responses": answers,
        },
        "post": {"operationId": name, "requestBody": body, "responses": answers},
    }


def _status(name: str) -> dict[str, Any]:
    parameters = [
        _query("id", required=True, at_least=-(2**63)),
        _query("events"),
        _query("page", at_least=1),
    ]
    return {
        "get": {"operationId": name, "parameters": parameters, "responses": _answers(404)},
    }


DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": TITLE, "version": "1"},
    "paths": {
        "/generate": _start("generate"),
        "/generation": _start("generation"),
        "/generate/cancel": _cancel("generate_cancel"),
        "/generation/cancel": _cancel("generation_cancel"),
        "/generate/status": _status("generate_status"),
        "/generation/status": _status("generation_status"),
        "/ping": {"get": {"operationId": "ping", "responses": _answers()}},
    },
}
