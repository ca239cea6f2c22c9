"""Every answer to the LMS, good or bad, is ``{error, message, result, code}``."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from math import ceil
from typing import Any

from flask import Blueprint, Response, jsonify, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from app import errors
from app.web.browsers import Foreign
from app.web.lms.messages import SENTENCES, Language, sentence
from app.web.lms.selection import BadBody

log = logging.getLogger(__name__)

STATUS: Mapping[type[errors.LectureError], int] = {
    errors.LectureError: 500,
    errors.InputError: 400,
    errors.JobNotFound: 404,
    errors.JobConflict: 409,
    errors.Busy: 503,
    errors.DiskFull: 507,
    errors.StoreUnavailable: 503,
    errors.EngineError: 502,
    errors.EngineUnavailable: 503,
}
"""HTTP status per error class; a class not listed has its nearest parent's."""

_HTTP_CODES: Mapping[int, str] = {
    400: "bad_request",
    404: "not_found",
    405: "method_not_allowed",
    413: "body_too_large",
    415: "not_json",
}
"""``code`` of an answer that Flask itself decides on."""


def ok(key: str, result: Any, *, status: int = 200, detail: str = "") -> Response:
    """A good answer with the sentence of that key, and the detail if it has a place for one."""
    said = sentence(key, language(), detail)
    response = jsonify(error=False, message=said, result=result, code="ok")
    response.status_code = status
    return response


def failed(status: int, code: str, message: str) -> Response:
    """A bad answer."""
    response = jsonify(error=True, message=message, result=None, code=code)
    response.status_code = status
    return response


def status_of(error: errors.LectureError) -> int:
    """HTTP status of an error: its own class's, or its nearest parent's.

    >>> status_of(errors.SourceImageError("no face"))
    400
    """
    return next(STATUS[cls] for cls in type(error).__mro__ if cls in STATUS)


def language() -> Language:
    """What the caller reads best; English unless Russian is preferred."""
    best = request.accept_languages.best_match(["en", "ru"])
    return "ru" if best == "ru" else "en"


def register(blueprint: Blueprint) -> None:
    """Answer every failure of a blueprint in an envelope.

    What no route sees, or nobody foresees, is answered so in the whole application, but
    for what other blueprints handle themselves; see :class:`app.web.request.Request`.
    """

    @blueprint.errorhandler(errors.LectureError)
    def lecture_error(error: errors.LectureError) -> Response:
        status = status_of(error)
        if isinstance(error, errors.Busy):
            log.warning("request refused code=%s", error.code)
        # The store tells the log itself, once, and not for everybody who asks meanwhile.
        elif status >= 500 and not isinstance(error, errors.StoreUnavailable):
            log.error("request failed code=%s", error.code, exc_info=error)
        response = failed(status, error.code, sentence(_key(error), language(), str(error)))
        if error.retry_after is not None:
            response.headers["Retry-After"] = str(ceil(error.retry_after))
        return response

    @blueprint.errorhandler(ValidationError)
    def invalid(error: ValidationError) -> Response:
        faults = "; ".join(
            f"{'.'.join(map(str, fault['loc'])) or 'body'}: {fault['msg']}"
            for fault in error.errors(include_url=False, include_context=False)
        )
        return failed(400, errors.InputError.code, sentence("bad_input", language(), faults))

    @blueprint.errorhandler(BadBody)
    def bad_body(error: BadBody) -> Response:
        return failed(400, errors.InputError.code, sentence(error.key, language()))

    @blueprint.app_errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        status = error.code or 500
        kind = error.kind if isinstance(error, Foreign) else None
        code = kind or _HTTP_CODES.get(status, "http")
        key = kind or ("not_json" if status == 415 else "http")
        response = failed(status, code, sentence(key, language(), f"{status} {error.name}"))
        for name, value in error.get_headers():
            if name == "Allow":
                response.headers[name] = value
        return response

    @blueprint.app_errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        log.error("unexpected error", exc_info=error)
        return failed(500, errors.LectureError.code, sentence("internal", language()))


def _key(error: errors.LectureError) -> str:
    """The sentence for an error: its own code's, or its nearest parent's."""
    return next(
        cls.code
        for cls in type(error).__mro__
        if issubclass(cls, errors.LectureError) and cls.code in SENTENCES
    )
