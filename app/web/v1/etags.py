"""Versions of what the API tells: an ETag, and what callers say of it."""

from __future__ import annotations

import hashlib

from flask import request
from pydantic import BaseModel

from app.errors import PreconditionFailed
from app.web.v1.operation import Header, Reply

_TAGS = r"[^\x00-\x1f\x7f]{1,1000}"

IF_MATCH = {"If-Match": Header("The ETag that the thing must have, or *.", _TAGS)}
IF_NONE_MATCH = {"If-None-Match": Header("ETags of answers that the caller has.", _TAGS)}


def etag(version: int, told: BaseModel) -> str:
    """Of an answer: its thing's version, and a hash of all that is told."""
    digest = hashlib.sha256(told.model_dump_json().encode()).hexdigest()
    return f'"{version}-{digest[:16]}"'


def reply(version: int, told: BaseModel, status: int = 200, **headers: str) -> Reply:
    """An answer with its ETag; 304 without a body when the caller has it."""
    tag = etag(version, told)
    if request.method in ("GET", "HEAD") and request.if_none_match.contains_weak(tag[1:-1]):
        return Reply(None, 304, {"ETag": tag})
    return Reply(told, status, {"ETag": tag, **headers})


def wanted_version(version: int) -> int | None:
    """The version that ``If-Match`` asks for; ``None`` when it asks for none.

    What else the answer told, such as how far a preview is, is no matter of the thing's version.

    Args:
        version: Of the thing now.

    Raises:
        PreconditionFailed: It asks for others only.
    """
    named = _named()
    if named is None:
        return None
    if str(version) not in {tag.partition("-")[0] for tag in named}:
        raise _changed()
    return version


def check(tag: str) -> None:
    """Return when ``If-Match`` names a thing as it is, or asks for nothing.

    Args:
        tag: The thing's ETag.

    Raises:
        PreconditionFailed: It names others only.
    """
    named = _named()
    if named is not None and tag.strip('"') not in named:
        raise _changed()


def _named() -> set[str] | None:
    """What ``If-Match`` names, without quotes; ``None`` when anything will do."""
    if "If-Match" not in request.headers or request.if_match.star_tag:
        return None
    # Weak ones as well: proxies that compress make every ETag weak.
    return set(request.if_match.as_set(include_weak=True))


def _changed() -> PreconditionFailed:
    return PreconditionFailed("it has changed since: read it again")
