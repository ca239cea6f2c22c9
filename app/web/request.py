"""Which part of the service a request belongs to."""

from __future__ import annotations

import time

import flask
from flask import current_app, request
from flask.sansio.blueprints import Blueprint

from app.web.bodies import Bodies

ARRIVED = "videolecture.arrived"
"""In the environment of a request: when it was whole, by the monotonic clock."""


DETACH = "videolecture.detach"
"""In the environment of a request: :meth:`app.web.server.task.Answering.detach`."""

SEND = "videolecture.send"
"""In the environment of a request: sends what was written of its answer so far, and returns."""


def arrived() -> float:
    """When the request was whole, by the monotonic clock: that it waited for a thread counts."""
    found: float = request.environ.get(ARRIVED, time.monotonic())
    return found


class Room(flask.Blueprint):
    """A blueprint whose paths lie below several prefixes."""

    def __init__(
        self,
        name: str,
        import_name: str,
        *,
        prefixes: tuple[str, ...],
    ) -> None:
        super().__init__(name, import_name)
        self.prefixes = prefixes


class Request(flask.Request):
    """A request that belongs to a blueprint by its path, even where it matches no route.

    So a blueprint with prefixes answers in its own way whatever comes below it, unknown
    paths and wrong methods as well, by its ordinary ``errorhandler``; its ``before_request``
    and ``after_request`` see those too.  What lies below no prefix has the handlers of the
    whole application.
    """

    @property
    def max_content_length(self) -> int | None:
        """The bound that the server has kept already, and that a view may have set anew."""
        if self._max_content_length is not None:
            return self._max_content_length
        settings = current_app.extensions["videolecture"].settings
        media_type = self.headers.get("Content-Type", "")
        return Bodies.of(settings).bound(self.method, self.path, media_type)

    @max_content_length.setter
    def max_content_length(self, value: int | None) -> None:
        self._max_content_length = value

    @property
    def blueprints(self) -> list[str]:
        """Names of the blueprints that it belongs to, innermost first."""
        return super().blueprints or [
            name
            for name, blueprint in current_app.blueprints.items()
            # The prefix of a nested one, with a dot in its name, does not begin at the root.
            if "." not in name and _lies_in(self.path, blueprint)
        ]


def _lies_in(path: str, blueprint: Blueprint) -> bool:
    prefixes = blueprint.prefixes if isinstance(blueprint, Room) else (blueprint.url_prefix,)
    return any(prefix and f"{path}/".startswith(f"{prefix}/") for prefix in prefixes)
