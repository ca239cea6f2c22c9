"""Who calls, and whether a call of a scope may be made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.access.keys import Key, Scope
from app.bootstrap import Services
from app.errors import Forbidden, Unauthenticated
from app.web.browsers import is_loopback
from app.web.proxies import FORWARDED, forwarding


@dataclass(frozen=True, slots=True)
class Caller:
    """What a request tells of whoever sends it."""

    authorization: str | None
    """The header field."""
    address: str
    came_by_proxy: bool
    """Trusted or not."""

    @classmethod
    def of(cls, environ: Mapping[str, Any]) -> Caller:
        """The caller of a request.

        Args:
            environ: As WSGI has it, before :class:`~app.web.proxies.TrustedProxies` or behind it.
                Before, the address may be that of a proxy; then it has told so.
        """
        return cls(
            authorization=environ.get("HTTP_AUTHORIZATION"),
            address=environ.get("REMOTE_ADDR", ""),
            came_by_proxy=FORWARDED in environ or bool(forwarding(environ)),
        )


def allowed(services: Services, caller: Caller, scope: Scope) -> Key | None:
    """The key by which somebody may make a call; ``None``: the caller needs none.

    Raises:
        Unauthenticated: A key is needed, or the one that is shown does not count.
        Forbidden: It does not allow this.
        StoreUnavailable: The keys cannot be looked up.
    """
    if caller.authorization is None:
        _check_needs_no_key(services, caller)
        return None
    key = services.keys.verified(_secret(caller.authorization))
    if not key.allows(scope):
        raise Forbidden(f"this needs a key with the scope {scope.value!r}")
    return key


def check_may_send(services: Services, environ: Mapping[str, Any]) -> None:
    """Return when somebody may send a large body: all calls that take one have that scope.

    Args:
        environ: Of a request of which the head is there.

    Raises:
        Unauthenticated: A key is needed, or the one that is shown does not count.
        Forbidden: It does not allow this.
        StoreUnavailable: The keys cannot be looked up.
    """
    allowed(services, Caller.of(environ), Scope.RENDER)


def _secret(authorization: str) -> str:
    scheme, _, secret = authorization.partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise Unauthenticated("send the key as 'Authorization: Bearer vl_...'")
    return secret.strip()


def _check_needs_no_key(services: Services, caller: Caller) -> None:
    """Without keys a service on the loopback is open to the machine that it runs on.

    Raises:
        Unauthenticated: A key is needed.
    """
    server = services.settings.server
    if server.allow_anonymous:
        return
    from_here = is_loopback(caller.address) and not caller.came_by_proxy
    if not (is_loopback(server.host) and from_here) or services.keys.any_valid():
        raise Unauthenticated("a key is needed: send it as 'Authorization: Bearer vl_...'")
