"""Forwarded headers: believed of proxies that the administrator trusts, dropped from all others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from werkzeug.http import parse_list_header
from werkzeug.middleware.proxy_fix import ProxyFix

from app.web.addresses import Network, is_among
from app.web.prefix import Prefixed

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FORWARDED = "videolecture.forwarded"
"""In the environment of a request that came by some proxy, trusted or not."""

_FORWARDED = "HTTP_X_FORWARDED_"
_OTHERS = ("HTTP_FORWARDED", "HTTP_X_REAL_IP")


def forwarding(environ: Mapping[str, Any]) -> list[str]:
    """The names, in an environment, of what a proxy tells of the request that it hands on.

    >>> forwarding({"HTTP_HOST": "x", "HTTP_X_FORWARDED_FOR": "192.0.2.1"})
    ['HTTP_X_FORWARDED_FOR']
    """
    return [key for key in environ if key.startswith(_FORWARDED) or key in _OTHERS]


def address_of(environ: Mapping[str, Any], networks: Sequence[Network]) -> str:
    """Who sends a request: whom the proxy in front tells of, if it is trusted, else the peer.

    For those who look before :class:`TrustedProxies` does.
    """
    peer: str = environ.get("REMOTE_ADDR", "")
    told = parse_list_header(environ.get("HTTP_X_FORWARDED_FOR", ""))
    return told[-1] if told and is_among(peer, networks) else peer


class TrustedProxies:
    """Applies ``X-Forwarded-For``, ``-Proto``, ``-Host`` and ``-Prefix`` of one proxy in front.

    Whoever else sends them, or names a prefix in any other way, is served as if he had not.
    """

    def __init__(
        self, application: WSGIApplication, networks: Sequence[Network], prefix: str = ""
    ) -> None:
        """Wraps a WSGI application.

        Args:
            networks: Addresses of the proxies.
            prefix: Below which the service lies for callers.
        """
        application = Prefixed(application, prefix)
        self._application = application
        self._networks = networks
        self._behind_proxy = ProxyFix(application, x_for=1, x_proto=1, x_host=1, x_prefix=1)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serve a request."""
        environ["SCRIPT_NAME"] = ""
        serve: Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]] = self._application
        told = forwarding(environ)
        if told:
            environ[FORWARDED] = True
        if is_among(environ.get("REMOTE_ADDR", ""), self._networks):
            serve = self._behind_proxy
        else:
            for name in told:
                del environ[name]
        return serve(environ, start_response)
