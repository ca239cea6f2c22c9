"""Every answer is ``{code, data, msg, success}``; whether all is well, its ``code`` tells.

The codes are those of Duix' service.  Its client reads them, and takes an HTTP status other than
200 for the end of a task, even while it only asks how far that is.
"""

from __future__ import annotations

import logging
from typing import Any

from flask import Blueprint, Response, jsonify
from werkzeug.exceptions import HTTPException

from app import errors
from app.web.doors import SYSTEM_ERROR
from app.web.problem import Malformed, headers_of, note, status_of

log = logging.getLogger(__name__)

SUCCESS, BUSY, BAD_INPUT, NO_TASK = 10000, 10001, 10002, 10004

_GOOD = (SUCCESS, BUSY, NO_TASK)
"""With these ``success`` is true, as it is there."""

_CODES: dict[type[errors.LectureError], int] = {
    errors.InputError: BAD_INPUT,
    errors.NotFound: BAD_INPUT,
    errors.Conflict: BAD_INPUT,
    errors.JobConflict: BAD_INPUT,
    errors.TooLarge: BAD_INPUT,
    errors.JobNotFound: NO_TASK,
    errors.Busy: BUSY,
    errors.TooMany: BUSY,
    errors.StoreUnavailable: BUSY,
    errors.QuotaExceeded: SYSTEM_ERROR,
    errors.LectureError: SYSTEM_ERROR,
}
"""Per error class; a class not listed has its nearest parent's."""

_FIELDS = {"avatar": "video_url", "recording": "audio_url", "slides": "audio_url"}
"""What a request calls the fields of a lecture that is asked for."""


def told(code: int, msg: str = "", data: dict[str, Any] | None = None) -> Response:
    """An answer."""
    return jsonify(code=code, data=data or {}, msg=msg, success=code in _GOOD)


def register(blueprint: Blueprint) -> None:
    """Answer every failure of the blueprint so."""

    @blueprint.errorhandler(errors.LectureError)
    def lecture_error(error: errors.LectureError) -> Response:
        note(error)
        code = next(_CODES[cls] for cls in type(error).__mro__ if cls in _CODES)
        response = told(code, _said(error))
        if isinstance(error, errors.Unauthenticated | errors.Forbidden):
            response.status_code = status_of(error)  # nothing of the service is told
        response.headers.update(headers_of(error))
        return response

    @blueprint.errorhandler(Malformed)
    def malformed(error: Malformed) -> Response:
        return told(BAD_INPUT, error.detail)

    @blueprint.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        response = told(SYSTEM_ERROR, error.name)
        response.status_code = error.code or 500
        for name, value in error.get_headers():
            if name in ("Allow", "Content-Range"):
                response.headers[name] = value
        return response

    @blueprint.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        log.error("unexpected error", exc_info=error)
        response = told(SYSTEM_ERROR, "internal error")
        response.status_code = 500
        return response


def _said(error: errors.LectureError) -> str:
    field = error.field if isinstance(error, errors.InputError) else None
    if field is None:
        return str(error)
    name = field.strip("/").partition("/")[0]
    return f"{_FIELDS.get(name, name)}: {error}"
