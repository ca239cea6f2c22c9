"""Failures as RFC 9457 has them: ``application/problem+json`` with a stable ``code``."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from http import HTTPStatus
from math import ceil

from flask import Blueprint, Response, request
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from werkzeug.exceptions import HTTPException

from app import errors
from app.web.browsers import Foreign
from app.web.problem_titles import TITLES, Language, preferred_language

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"

_STATUS: Mapping[type[errors.LectureError], int] = {
    errors.LectureError: 500,
    errors.InputError: 422,
    errors.NotFound: 404,
    errors.Unauthenticated: 401,
    errors.Forbidden: 403,
    errors.Conflict: 409,
    errors.PreconditionFailed: 412,
    errors.KeyReused: 422,
    errors.TooLarge: 413,
    errors.TooMany: 429,
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
    415: "unsupported_media_type",
    416: "range_not_satisfiable",
}
"""``code`` of an answer that Flask itself decides on."""

_SHOWN = 100
"""Characters of a refused value that are told."""

_MOST_FAULTS = 100
"""Of a request are told one by one; each needs a kilobyte meanwhile, and a body has room for
hundreds of thousands."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, default=lambda other: type(other).__name__)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one part of a request."""

    where: str
    """A JSON pointer into the body, such as ``/slides/2/text``; or the name of a part of a form, of
    a header or of a parameter."""
    message: str
    value: str | None = None
    """What was sent there, shortened; ``None``: nothing, or it is of no use."""


class Malformed(Exception):
    """A request that cannot be read, or whose parts are wrong.

    Args:
        code: Stable and machine-readable.
        detail: What is wrong with it as a whole.
    """

    def __init__(self, status: int, code: str, detail: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.faults = faults


def problem(
    status: int,
    code: str,
    detail: str = "",
    *,
    faults: Iterable[Fault] = (),
    more: Mapping[str, object] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """An answer that says what went wrong.

    Args:
        detail: About this very request, in English; the title is in the caller's language.
        more: What programs are told besides, of this kind of problem.
    """
    language = preferred_language(request.accept_languages)
    request_id = request.environ.get("HTTP_X_REQUEST_ID")
    body = text(
        status, code, detail, language=language, request_id=request_id, faults=faults, more=more
    )
    response = Response(body, status, mimetype=MEDIA_TYPE)
    response.headers["Content-Language"] = language
    response.headers.update(headers or {})
    return response


def text(
    status: int,
    code: str,
    detail: str,
    *,
    language: Language,
    request_id: str | None,
    faults: Iterable[Fault] = (),
    more: Mapping[str, object] | None = None,
) -> str:
    """The body of such an answer."""
    told = {
        "type": f"urn:videolecture:problem:{code}",
        "title": TITLES[code][language] if code in TITLES else HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "request_id": request_id,
        "errors": [_fault(fault) for fault in faults],
    }
    told = {name: value for name, value in told.items() if value}
    return f"{json.dumps({**told, **(more or {})}, ensure_ascii=False)}\n"


def status_of(error: errors.LectureError) -> int:
    """HTTP status of an error: its own class's, or its nearest parent's.

    >>> status_of(errors.SourceImageError("no face"))
    422
    """
    return next(_STATUS[cls] for cls in type(error).__mro__ if cls in _STATUS)


def headers_of(error: errors.LectureError) -> dict[str, str]:
    """Header fields that the answer has besides."""
    headers = {}
    if error.retry_after is not None:
        headers["Retry-After"] = str(ceil(error.retry_after))
    if status_of(error) == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="videolecture"'
    return headers


def shown(value: object) -> str:
    """A value as a problem tells it: JSON, shortened.

    >>> shown("x" * 200)[:10], len(shown("x" * 200))
    ('"xxxxxxxxx', 100)
    """
    if isinstance(value, str):
        value = value[: _SHOWN + 1]
    written = ""
    for piece in _ENCODER.iterencode(value):  # as much of a large one as is told
        written += piece[: _SHOWN + 1]
        if len(written) > _SHOWN:
            return f"{written[: _SHOWN - 1]}…"
    return written


def bad_input(detail: str, *faults: Fault) -> Malformed:
    """A request whose parts can be read, and are wrong."""
    return Malformed(422, errors.InputError.code, detail, faults)


def invalid(error: ValidationError, *, is_flat: bool = False) -> Malformed:
    """What pydantic says of a request.

    Args:
        is_flat: Whether it is about parameters or fields of a form, which names lead to, and not
            about JSON.
    """
    if (count := error.error_count()) > _MOST_FAULTS:
        return bad_input(f"{count} parts of it are not as the API's document has them")
    faults = [
        Fault(
            where=str(fault["loc"][0]) if is_flat and fault["loc"] else _pointer(fault["loc"]),
            message=str(fault["msg"]).removeprefix("Value error, "),
            value=_sent(fault),
        )
        for fault in error.errors(include_url=False, include_context=False)
    ]
    first = faults[0]
    detail = f"{first.where or 'the body'}: {first.message}"
    return bad_input(detail, *faults)


def register(blueprint: Blueprint) -> None:
    """Answer every failure below a blueprint's prefix with a problem."""

    @blueprint.errorhandler(errors.LectureError)
    def lecture_error(error: errors.LectureError) -> Response:
        return _of_error(error)

    @blueprint.errorhandler(Malformed)
    def malformed(error: Malformed) -> Response:
        return problem(error.status, error.code, error.detail, faults=error.faults)

    @blueprint.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        status = error.code or 500
        code = error.kind if isinstance(error, Foreign) else _HTTP_CODES.get(status, "http")
        kept = {name: value for name, value in error.get_headers() if name == "Allow"}
        return problem(status, code, headers=kept)

    @blueprint.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        log.error("unexpected error", exc_info=error)
        return problem(500, errors.LectureError.code)


def note(error: errors.LectureError) -> None:
    """Have the log tell of an error that is not its caller's fault."""
    if isinstance(error, errors.Busy):
        log.warning("request refused code=%s", error.code)
    # The store tells the log itself, once, and not for everybody who asks meanwhile.
    elif status_of(error) >= 500 and not isinstance(error, errors.StoreUnavailable):
        log.error("request failed code=%s", error.code, exc_info=error)


def _of_error(error: errors.LectureError) -> Response:
    status = status_of(error)
    note(error)
    field = error.field if isinstance(error, errors.InputError) else None
    faults = [] if field is None else [Fault(_place_of(field), str(error))]
    return problem(
        status,
        error.code,
        str(error),
        faults=faults,
        more=_more(error),
        headers=headers_of(error),
    )


def _more(error: errors.LectureError) -> dict[str, object]:
    """What programs are told besides, so that a page can help to mend it."""
    if isinstance(error, errors.InUse) and error.lectures:
        return {"lectures": list(error.lectures)}
    if isinstance(error, errors.SourceImageError) and error.seen is not None:
        return {"reason": error.reason, **asdict(error.seen)}
    return {}


def _fault(fault: Fault) -> dict[str, str]:
    told = {"where": fault.where, "message": fault.message}
    return told if fault.value is None else {**told, "value": fault.value}


def _sent(fault: ErrorDetails) -> str | None:
    """What was sent in the place of a fault, unless it is the whole, or is not for other eyes."""
    whole, secret = not fault["loc"], "secret" in str(fault["loc"])
    return None if fault["type"] == "missing" or whole or secret else shown(fault["input"])


def _place_of(field: str) -> str:
    """Where something of a request is that an error knows by its name, or by a pointer to it."""
    name, _, _ = field.lstrip("/").partition("/")
    if not request.is_json or name in request.args:
        return name
    return f"/{field.lstrip('/')}"


def _pointer(parts: Sequence[object]) -> str:
    """A JSON pointer (RFC 6901)."""
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in parts)
