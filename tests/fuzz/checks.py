"""What Schemathesis is to look at besides its own checks; it loads this module."""

from __future__ import annotations

import json
import os
import re
import uuid
import zlib
from typing import Any

import schemathesis
from schemathesis.core.failures import Failure
from schemathesis.core.parameters import ParameterLocation
from schemathesis.transport.serialization import Binary

import config
from app import errors
from app.web.lms.messages import SENTENCES
from app.web.problem_titles import TITLES
from app.web.v1.repeating import HEADER, PATTERN
from tests.fuzz.lms import TITLE

_LIKE_OPENAI = {("POST", "/audio/speech"), ("GET", "/audio/voices"), ("GET", "/models")}
_CODES = frozenset(
    {"ok", "bad_request", "not_found", "method_not_allowed", "body_too_large", "not_json", "http"}
).union(each.code for each in vars(errors).values() if hasattr(each, "code"))
"""Of envelopes, besides those that have a sentence of their own."""

_NEVER_REMOVED = frozenset(json.loads(os.environ.get("FUZZ_KEEP", "[]")))
"""Ids that all other requests need."""

_SAMPLES = {
    "image": config.ROOT / "samples" / "lecturer-woman.jpg",
    "sample": config.ROOT / "samples" / "voice.wav",
    "sound": config.ROOT / "samples" / "voice.wav",
    "text_file": config.ROOT / "samples" / "lecture-en.txt",
}


@schemathesis.serializer("application/offset+octet-stream")
def bytes_of_a_portion(ctx: Any, value: Any) -> bytes:
    """Sent as they are."""
    if isinstance(value, Binary):
        return value.data
    return value if isinstance(value, bytes) else str(value).encode()


@schemathesis.hook
def filter_case(context: Any, case: Any) -> bool:
    """Whether a request may be sent: not one that removes what the others need."""
    named = (case.path_parameters or {}).values()
    return case.method.upper() != "DELETE" or not _NEVER_REMOVED.intersection(map(str, named))


@schemathesis.hook
def map_case(context: Any, case: Any) -> Any:
    """Put real files, now and then, where any bytes would be of the right form."""
    body, meta = case.body, case.meta
    if not isinstance(body, dict) or case.media_type != "multipart/form-data":
        return case
    if meta is None or not meta.generation.mode.is_positive or zlib.crc32(repr(body).encode()) % 4:
        return case
    real = {name: Binary(_SAMPLES[name].read_bytes()) for name in body if name in _SAMPLES}
    case.body = body | real
    meta.clear_dirty(ParameterLocation.BODY)  # real files are of the right form, too
    return case


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """Make good keys unlike: no two requests that are made up are meant to be the same."""
    key = (case.headers or {}).get(HEADER)
    if isinstance(key, str) and re.fullmatch(PATTERN, key):
        case.headers[HEADER] = uuid.uuid4().hex


@schemathesis.check
def failures_are_told(ctx: Any, response: Any, case: Any) -> None:
    """Every failure is a problem, with a code that has a title, and tells what it is about."""
    status = response.status_code
    if _is_for_an_lms(case):
        return
    if status < 400 or case.method.upper() == "HEAD" or response.request.method == "HEAD":
        return
    if _is_told_as_expected(status, case):
        return
    told = _object(response, case)
    if (response.request.method, case.path) in _LIKE_OPENAI:
        _hold(set(told) == {"error"}, case, "no error of OpenAI's form")
        _hold(told["error"]["code"] in TITLES, case, "an unknown code")
        return
    media_type = response.headers.get("content-type", [""])[0]
    _hold(media_type == "application/problem+json", case, f"no problem, but {media_type}")
    _hold(told["status"] == status, case, "another status in the body")
    _hold(told["code"] in TITLES, case, f"an unknown code: {told['code']}")
    _hold(told["type"] == f"urn:videolecture:problem:{told['code']}", case, "another type")
    if told["code"] == "bad_input":
        _hold(bool(told.get("errors")), case, "nobody is told which part is wrong")
    if status == 405:
        _hold("allow" in response.headers, case, "405 without Allow")


@schemathesis.check
def an_lms_is_told_in_envelopes(ctx: Any, response: Any, case: Any) -> None:
    """Whatever it does: all of its answers are of one form."""
    if not _is_for_an_lms(case) or response.request.method == "HEAD":
        return
    told = _object(response, case)
    _hold(set(told) == {"error", "message", "result", "code"}, case, "no envelope")
    _hold(told["error"] is (response.status_code >= 400), case, "another error than the status")
    _hold(told["code"] in SENTENCES or told["code"] in _CODES, case, f"a code: {told['code']}")
    if response.status_code == 405:
        _hold("allow" in response.headers, case, "405 without Allow")


@schemathesis.check
def busy_says_when_to_come_again(ctx: Any, response: Any, case: Any) -> None:
    """Nothing is answered with 500 and above, but that something takes too long here."""
    if response.status_code < 500 or _is_told_as_expected(response.status_code, case):
        return
    _hold(response.status_code == 503, case, f"{response.status_code} is a fault of ours")
    _hold("retry-after" in response.headers, case, "503 without Retry-After")


def _is_for_an_lms(case: Any) -> bool:
    return bool(case.operation.schema.raw_schema["info"]["title"] == TITLE)


def _is_told_as_expected(status: int, case: Any) -> bool:
    """Whether a failure is the answer that was asked for: no worker serves this service."""
    return status == 503 and case.path == "/ready"


def _object(response: Any, case: Any) -> dict[str, Any]:
    try:
        told = response.json()
    except ValueError:
        told = None
    _hold(isinstance(told, dict), case, "a failure without JSON")
    return dict(told)


def _hold(holds: bool, case: Any, message: str) -> None:
    if not holds:
        raise Failure(
            operation=case.operation.label, title="Failure told in a wrong way", message=message
        )
