"""Failures as FastAPI tells them: ``{"detail": ...}``."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from flask import Blueprint, Response, jsonify
from werkzeug.exceptions import HTTPException

from app import errors
from app.web.problem import Fault, Malformed, headers_of, note, status_of

log = logging.getLogger(__name__)

_FIELDS = {"avatar": "reference_image", "voice": "prompt_audio", "slides": "texts"}
"""What the form calls the fields of a lecture that is asked for."""

_NO_TASK = "Task not found"


def register(blueprint: Blueprint) -> None:
    """Answer every failure of the blueprint so."""

    @blueprint.errorhandler(errors.LectureError)
    def lecture_error(error: errors.LectureError) -> Response:
        note(error)
        # What is wrong with a file or a text the service says with 400, and of the form with 422.
        status = 400 if isinstance(error, errors.InputError) else status_of(error)
        response = _failed(status, _said(error))
        response.headers.update(headers_of(error))
        return response

    @blueprint.errorhandler(Malformed)
    def malformed(error: Malformed) -> Response:
        if error.status in (400, 413):
            return _failed(error.status, error.detail)
        return _failed(422, [_fault(each) for each in error.faults] or [_fault(_whole(error))])

    @blueprint.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        response = _failed(error.code or 500, error.name)
        for name, value in error.get_headers():
            if name in ("Allow", "Content-Range"):
                response.headers[name] = value
        return response

    @blueprint.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        log.error("unexpected error", exc_info=error)
        return _failed(500, "Internal Server Error")


def _failed(status: int, detail: str | Sequence[dict[str, object]]) -> Response:
    response = jsonify(detail=detail)
    response.status_code = status
    return response


def _said(error: errors.LectureError) -> str:
    if isinstance(error, errors.JobNotFound):
        return _NO_TASK
    field = error.field if isinstance(error, errors.InputError) else None
    if field is None:
        return str(error)
    name = field.strip("/").partition("/")[0]
    return f"{_FIELDS.get(name, name)}: {error}"


def _fault(fault: Fault) -> dict[str, object]:
    where = [part for part in fault.where.split("/") if part]
    kind = "missing" if "missing" in fault.message else "value_error"
    return {"type": kind, "loc": ["body", *where], "msg": fault.message, "input": fault.value}


def _whole(error: Malformed) -> Fault:
    return Fault("", error.detail)
