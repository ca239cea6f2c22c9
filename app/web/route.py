"""A route of the service."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from werkzeug.routing import Rule


class Route(Rule):
    """One that is matched, and of which no address is ever built: links are written as they are.

    werkzeug would write, compile and run two functions for each, which takes 4 % of the start of
    the web process.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., NoReturn]:
        return _never_built


def _never_built(route: Route, **_values: object) -> NoReturn:
    raise NotImplementedError(f"write the address of {route.rule} instead of asking for it")
