"""What the server answers itself, before the application sees anything.

A problem below ``/v1``, at a door in its own words, else an envelope, as the application does it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from app.web import problem
from app.web.doors import door_at
from app.web.problem_titles import preferred_language

if TYPE_CHECKING:
    from app.web.server.parser import Parser


@dataclass(frozen=True)
class Refusal:
    """An answer that ends its connection; it takes the place of waitress' own errors."""

    status: HTTPStatus
    code: str
    message: str
    headers: tuple[tuple[str, str], ...] = field(default=())

    @property
    def status_line(self) -> str:
        """As a WSGI application names it."""
        return f"{self.status.value} {self.status.phrase}"

    def told_to(self, request: Parser) -> tuple[list[tuple[str, str]], bytes]:
        """Header fields and body of the answer."""
        if is_below_v1(request.route):
            return self._problem(request)
        door = door_at(request.route)
        told = self._envelope() if door is None else door.told(self.message)
        body = json.dumps(told, separators=(",", ":")).encode() + b"\n"
        return [("Content-Type", "application/json"), *self.headers], body

    def _envelope(self) -> Mapping[str, Any]:
        return {"error": True, "message": self.message, "result": None, "code": self.code}

    def _problem(self, request: Parser) -> tuple[list[tuple[str, str]], bytes]:
        accepted = request.headers.get("ACCEPT_LANGUAGE")
        language = preferred_language(parse_accept_header(accepted, LanguageAccept))
        status = self.status.value
        told = problem.text(
            status, self.code, self.message, language=language, request_id=request.id
        )
        kind = [("Content-Type", problem.MEDIA_TYPE), ("Content-Language", language)]
        return [*kind, *self.headers], told.encode()


def is_below_v1(path: str) -> bool:
    """Whether a path is one of the API for programs.

    >>> is_below_v1("//v1/lectures"), is_below_v1("/v1"), is_below_v1("/v10")
    (True, True, False)
    """
    return f"/{path.strip('/')}/".startswith("/v1/")


def bad_request(message: str) -> Refusal:
    """For what is no HTTP, or could be read in two ways."""
    return Refusal(HTTPStatus.BAD_REQUEST, "bad_request", message)


TIMED_OUT = Refusal(
    HTTPStatus.REQUEST_TIMEOUT, "request_timeout", "The request did not arrive in time"
)
ENDED_EARLY = bad_request("The connection ended within the request")
BODY_TOO_LARGE = Refusal(
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body_too_large", "The request body is too large"
)
LINE_TOO_LONG = Refusal(
    HTTPStatus.REQUEST_URI_TOO_LONG, "uri_too_long", "The first line of the request is too long"
)
ENCODED_BODY = Refusal(
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "encoded_body",
    "Send the body as it is, without Content-Encoding; compressed bodies are not read",
    (("Accept-Encoding", "identity"),),
)
EXPECTATION = Refusal(
    HTTPStatus.EXPECTATION_FAILED, "expectation_failed", "Expect may be 100-continue only"
)
HEADERS_TOO_LARGE = Refusal(
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    "headers_too_large",
    "The header fields of the request are too large or too many",
)
NOT_IMPLEMENTED = Refusal(
    HTTPStatus.NOT_IMPLEMENTED,
    "not_implemented",
    "Neither CONNECT nor a Transfer-Encoding other than chunked is served",
)
VERSION = Refusal(
    HTTPStatus.HTTP_VERSION_NOT_SUPPORTED,
    "http_version",
    "HTTP/1.1 and HTTP/1.0 are spoken here",
)
BUSY = Refusal(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "busy",
    "Too many requests at a time; try again in a few seconds",
    (("Retry-After", "5"),),
)
SPOOL_FULL = Refusal(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "busy",
    "Too many large bodies are on their way; try again in a few seconds",
    (("Retry-After", "10"),),
)
DISK_FULL = Refusal(
    HTTPStatus.INSUFFICIENT_STORAGE, "disk_full", "There is no space to keep the request body"
)
INTERNAL = Refusal(HTTPStatus.INTERNAL_SERVER_ERROR, "internal", "Internal error")
