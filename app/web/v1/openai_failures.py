"""Failures as OpenAI tells them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Response

from app.web.v1.operation import Failures, Model


class OpenAiFault(Model):
    """What went wrong."""

    message: str
    type: str
    param: str | None
    """The part of the body that is wrong, where one is."""
    code: str | None


class OpenAiError(Model):
    """A failure in OpenAI's form."""

    error: OpenAiFault


_TYPES: Mapping[int, str] = {
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    429: "rate_limit_error",
}

_PARAMS: Mapping[str, str] = {"text": "input", "language": "input", "engine": "model"}
"""What parts of ours are theirs."""


def of_problem(response: Response) -> Response:
    """A problem as OpenAI would tell it; what is 422 here is 400 there."""
    told: dict[str, Any] = json.loads(response.get_data())
    faults = told.get("errors", ())
    where = faults[0]["where"].lstrip("/").split("/")[0] if faults else None
    failure = OpenAiError(
        error=OpenAiFault(
            message=told.get("detail") or told["title"],
            type=_type(response.status_code),
            param=None if where is None else _PARAMS.get(where, where),
            code=told["code"],
        )
    )
    if response.status_code == 422:
        response.status_code = 400
    response.set_data(f"{failure.model_dump_json()}\n")
    response.mimetype = "application/json"
    return response


def _type(status: int) -> str:
    if status in _TYPES:
        return _TYPES[status]
    return "invalid_request_error" if status < 500 else "server_error"


FAILURES = Failures(OpenAiError, of_problem)
