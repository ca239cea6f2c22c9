"""Pages of other sites have no business here, and neither have names that lead here by a trick.

A browser sends what a page tells it to, to any address of the user's own network.  It says where
the page is from (``Sec-Fetch-Site``, ``Origin``, ``Referer``), and by which name the page reached
this service (``Host``): a page whose own name suddenly leads to the loopback, by DNS rebinding,
counts as the same origin in the browser, and is known by that name alone.  Backends send none of
this but a ``Host``.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Collection
from urllib.parse import urlsplit

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from app.web.addresses import is_loopback

log = logging.getLogger(__name__)

SIGN_OF_LIFE = "/ping"
"""Tells nothing and does nothing: whoever watches a service may ask by any name."""

_HOST = re.compile(r"(?:(?P<name>[\w.-]+)|\[(?P<address>[0-9A-Fa-f:.]+)\])(?::(?P<port>\d{0,5}))?")

_PROTECTION = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
"""That no page embeds, sniffs or keeps an answer."""


class Foreign(HTTPException):
    """A page of another site asks, or somebody by a name that is not the service's."""

    code = 403

    def __init__(self, kind: str) -> None:
        """Says which.

        Args:
            kind: ``cross_site``, ``foreign_host`` or ``prefetch``, stable and machine-readable.
        """
        super().__init__()
        self.kind = kind


def protect(app: Flask, *, host: str, hosts: Collection[str] | None) -> None:
    """Refuse foreign pages and names on every route but the sign of life.

    Args:
        host: Address that the service listens on.
        hosts: Names that it is reached by besides; ``None``: nobody has said.
    """
    names = {name.lower() for name in hosts or ()}
    any_name = hosts is None and not is_loopback(host)
    if any_name:
        log.warning("every Host is served host=%s: name those of the service in server.hosts", host)

    @app.before_request
    def refuse_foreigners() -> None:
        if request.path.rstrip("/") == SIGN_OF_LIFE:
            return
        host = request.headers.get("Host")  # HTTP/1.0 has none, and no browser speaks it
        if host is not None and not any_name:
            name = _name(host)
            if not (name in names or is_loopback(name)):
                raise Foreign("foreign_host")
        if _is_foreign_page(names):
            raise Foreign("cross_site")
        if "prefetch" in request.headers.get("Sec-Purpose", ""):
            raise Foreign("prefetch")  # of an address that is only being typed

    @app.after_request
    def add_protection(response: Response) -> Response:
        for header, value in _PROTECTION.items():
            response.headers.setdefault(header, value)
        return response


def _is_foreign_page(names: Collection[str]) -> bool:
    """Whether a page of another origin sent the request.

    A service on another port of the same host is another origin too.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site not in (None, "same-origin", "none"):
        return True
    origin = request.headers.get("Origin")
    if origin is not None:
        return not _is_own(origin, names)
    # Browsers that send neither still tell, unless the page forbade it, where it is from.
    referrer = request.headers.get("Referer") if site is None else None
    return referrer is not None and not _is_own(referrer, names)


def _is_own(address: str, names: Collection[str]) -> bool:
    """Whether an origin, or the address of a page, is of the service itself."""
    try:
        there = urlsplit(address)
        default = {"http": 80, "https": 443}.get(there.scheme)
        here = _HOST.fullmatch(request.headers.get("Host", ""))
        if there.hostname is None or here is None:
            return False
        same_port = (there.port or default) == (int(here["port"] or 0) or default)
        return there.hostname in names or (there.hostname == _name(here[0]) and same_port)
    except ValueError:
        return False


def _name(host: str) -> str:
    """The name, or address, in a ``Host``; empty when it is none."""
    found = _HOST.fullmatch(host)
    return (found["name"] or found["address"]).lower().rstrip(".") if found else ""
