"""Doors for callers of other services: which paths each has, and how it tells of a failure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Told = Callable[[str], Mapping[str, Any]]
"""The JSON of a failure, by its message."""


@dataclass(frozen=True, slots=True)
class Door:
    """The part of the service that speaks as another one does."""

    name: str
    prefixes: tuple[str, ...]
    """Of all its paths; what lies below them is answered by it, whether it is there or not."""
    told: Told


def _detail(message: str) -> Mapping[str, Any]:
    return {"detail": message}


def _with_code(message: str) -> Mapping[str, Any]:
    return {"code": SYSTEM_ERROR, "data": {}, "msg": message, "success": False}


SYSTEM_ERROR = 9999
"""What Duix' service calls whatever is neither its caller's fault nor that of too much work."""

INTERVIEWER = Door(
    "interviewer",
    ("/text-to-video", "/tasks", "/video", "/videos", "/static/outputs"),
    _detail,
)

DUIX = Door("duix", ("/easy",), _with_code)

_DOORS = (INTERVIEWER, DUIX)


def door_at(path: str) -> Door | None:
    """The door to which a path belongs, there or not.

    >>> door_at("//tasks/7").name, door_at("/taskset"), door_at("/v1/tasks")
    ('interviewer', None, None)
    """
    asked = f"/{path.strip('/')}/"
    for door in _DOORS:
        if any(asked.startswith(f"{prefix}/") for prefix in door.prefixes):
            return door
    return None
