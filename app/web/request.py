"""Which part of the service a request belongs to."""

from __future__ import annotations

import flask
from flask import current_app

ARRIVED = "videolecture.arrived"
"""In the environment of a request: when it was whole, by the monotonic clock."""

SEND = "videolecture.send"
"""In the environment of a request: sends what was written of its answer so far, and returns."""


class Request(flask.Request):
    """A request that belongs to a blueprint by its path, even where it matches no route.

    So a blueprint with a prefix answers in its own way whatever comes below it, unknown
    paths and wrong methods as well, by its ordinary ``errorhandler``; its ``before_request``
    and ``after_request`` see those too.  What lies below no prefix has the handlers of the
    whole application.
    """

    @property
    def blueprints(self) -> list[str]:
        """Names of the blueprints that it belongs to, innermost first."""
        return super().blueprints or [
            name
            for name, blueprint in current_app.blueprints.items()
            # The prefix of a nested one, with a dot in its name, does not begin at the root.
            if "." not in name and _lies_below(self.path, blueprint.url_prefix)
        ]


def _lies_below(path: str, prefix: str | None) -> bool:
    return bool(prefix) and f"{path}/".startswith(f"{prefix}/")
