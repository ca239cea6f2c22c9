"""Who calls, and whether a call of a scope may be made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from werkzeug.http import parse_cookie

from app.access.keys import PREFIX, Key, Scope
from app.bootstrap import Services
from app.errors import Forbidden, Unauthenticated
from app.web.addresses import holder_of, is_loopback
from app.web.proxies import FORWARDED, address_of, forwarding

COOKIE = "videolecture"
"""By which a browser calls whose user has signed in."""

SIGN = "X-Requested-With"
"""A header that a page of another site cannot have a browser send without asking."""

_ONLY_TELL = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Caller:
    """What a request tells of whoever sends it."""

    authorization: str | None
    """The header field."""
    address: str
    came_by_proxy: bool
    """Trusted or not."""
    session: str | None = None
    """What the browser keeps for its user."""
    is_signed: bool = False
    """Whether a page of this service has it sent, as far as that shows; not asked of what only
    tells."""

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
            session=parse_cookie(environ.get("HTTP_COOKIE")).get(COOKIE) or None,
            is_signed=(
                environ.get("REQUEST_METHOD") in _ONLY_TELL or "HTTP_X_REQUESTED_WITH" in environ
            ),
        )

    @property
    def secret(self) -> str | None:
        """What is shown as a key, good or not; ``None``: nothing is.

        A key that is shown counts before a session.
        """
        if self.authorization is None:
            return self.session
        scheme, _, shown = self.authorization.partition(" ")
        return shown.strip() if scheme.lower() == "bearer" else ""

    @property
    def holder(self) -> str:
        """Whom failures count for; empty when the system does not tell, as for a Unix socket."""
        try:
            return holder_of(self.address)
        except ValueError:
            return ""

    @property
    def is_from_here(self) -> bool:
        """Whether it is on the machine itself, and no proxy has passed on the call."""
        return is_loopback(self.address) and not self.came_by_proxy


def identified(services: Services, caller: Caller, *, is_open_here: bool = False) -> Key | None:
    """The key by which somebody calls; ``None``: the caller needs none.

    Args:
        is_open_here: Nobody on the machine itself needs one.

    Raises:
        Unauthenticated: A key is needed, or the one that is shown does not count.
        TooMany: This address has failed too often.
        StoreUnavailable: The keys cannot be looked up.
    """
    services.guesses.check(caller.holder, caller.secret)
    try:
        key = _key(services, caller, is_open_here=is_open_here)
    except Unauthenticated:
        services.guesses.failed(caller.holder)
        raise
    if caller.secret and key is not None:
        services.guesses.succeeded(caller.holder, caller.secret)
    return key


def check_scope(key: Key | None, scope: Scope) -> None:
    """Return when a key, if one is needed, allows what needs the scope.

    Raises:
        Forbidden: It does not.
    """
    if key is not None and not key.allows(scope):
        raise Forbidden(f"this needs a key with the scope {scope.value!r}")


def check_may_send(services: Services, environ: Mapping[str, Any]) -> None:
    """Return when somebody may send a large body: all calls that take one have that scope.

    Args:
        environ: Of a request of which the head is there, with forwarded headers as they came.

    Raises:
        Unauthenticated: A key is needed, or the one that is shown does not count.
        Forbidden: It does not allow this.
        TooMany: This address has failed too often.
        StoreUnavailable: The keys cannot be looked up.
    """
    address = address_of(environ, services.settings.server.trusted_proxies)
    caller = replace(Caller.of(environ), address=address)
    check_scope(identified(services, caller), Scope.RENDER)


def needs_key(services: Services, caller: Caller) -> bool:
    """Whether somebody needs a key.

    Without keys a service on the loopback is open to the machine that it runs on.
    """
    server = services.settings.server
    if server.allow_anonymous:
        return False
    is_open = is_loopback(server.host) and caller.is_from_here
    return not is_open or services.keys.any_valid()


def _key(services: Services, caller: Caller, *, is_open_here: bool) -> Key | None:
    secret = caller.secret
    if secret is not None and secret.startswith(PREFIX):
        return services.keys.verified(secret)
    if caller.authorization is None and secret is not None:
        return _of_session(services, caller, secret)
    if not (is_open_here and caller.is_from_here) and needs_key(services, caller):
        raise Unauthenticated("a key is needed: send it as 'Authorization: Bearer vl_...'")
    # Clients of other services send something always; here nothing is asked for.
    return None


def _of_session(services: Services, caller: Caller, secret: str) -> Key | None:
    """The key of whoever has signed in; of a session that is over none, where none is needed."""
    try:
        key = services.sessions.verified(secret)
    except Unauthenticated:
        if needs_key(services, caller):
            raise
        return None
    if not caller.is_signed:
        raise Forbidden(f"with a cookie, send the header {SIGN} beside it")
    return key
