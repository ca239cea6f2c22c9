"""Forwarded headers: believed of proxies that the administrator trusts, dropped from all others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import TYPE_CHECKING

from werkzeug.middleware.proxy_fix import ProxyFix

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Network = IPv4Network | IPv6Network

_FORWARDED = "HTTP_X_FORWARDED_"
_OTHERS = ("HTTP_FORWARDED", "HTTP_X_REAL_IP")


class TrustedProxies:
    """Applies ``X-Forwarded-For``, ``-Proto``, ``-Host`` and ``-Prefix`` of one proxy in front.

    Whoever else sends them, or names a prefix in any other way, is served as if he had not.
    """

    def __init__(self, application: WSGIApplication, networks: Sequence[Network]) -> None:
        """Wraps a WSGI application.

        Args:
            networks: Addresses of the proxies.
        """
        self._application = application
        self._networks = networks
        self._behind_proxy = ProxyFix(application, x_for=1, x_proto=1, x_host=1, x_prefix=1)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serve a request."""
        environ["SCRIPT_NAME"] = ""
        serve: Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]] = self._application
        if is_among(environ.get("REMOTE_ADDR", ""), self._networks):
            serve = self._behind_proxy
        else:
            for name in [key for key in environ if key.startswith(_FORWARDED) or key in _OTHERS]:
                del environ[name]
        return serve(environ, start_response)


def is_among(address: str, networks: Iterable[Network]) -> bool:
    """Whether an address lies in one of the networks; a text that is none does not.

    >>> is_among("10.1.2.3", [IPv4Network("10.0.0.0/8")])
    True
    >>> is_among("", [IPv4Network("10.0.0.0/8")])
    False
    """
    try:
        known = ip_address(address)
    except ValueError:
        return False
    mapped = getattr(known, "ipv4_mapped", None)  # as a socket for both families tells it
    return any((mapped or known) in network for network in networks)
