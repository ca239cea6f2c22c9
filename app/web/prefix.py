"""Where the service lies below another path, as a proxy in front has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_PREFIX = re.compile(r"(?:/[A-Za-z0-9_][A-Za-z0-9._~-]*)+")


def below(prefix: str, path: str) -> str:
    """A path without the prefix, if it has one.

    >>> below("/lectures", "/lectures/ping"), below("/lectures", "/ping")
    ('/ping', '/ping')
    >>> below("/lectures", "/lectures2/ping"), below("", "/ping")
    ('/lectures2/ping', '/ping')
    """
    if prefix and f"{path}/".startswith(f"{prefix}/"):
        return path.removeprefix(prefix) or "/"
    return path


class Prefixed:
    """Serves below a prefix, whether a proxy takes it off or not; every link begins with it.

    What a trusted proxy tells (``X-Forwarded-Prefix``) counts more than the setting.
    """

    def __init__(self, application: WSGIApplication, prefix: str) -> None:
        """Wraps a WSGI application.

        Args:
            prefix: Such as ``/lectures``; empty: there is none but what a proxy tells.
        """
        self._application: Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]] = application
        self._prefix = prefix

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serve a request."""
        told = environ.get("SCRIPT_NAME", "").rstrip("/")
        prefix = told if _PREFIX.fullmatch(told) else self._prefix
        path = environ.get("PATH_INFO", "")
        shorter = below(prefix, path)
        environ["SCRIPT_NAME"] = prefix
        environ["PATH_INFO"] = shorter if shorter != path else below(self._prefix, path)
        return self._application(environ, start_response)
