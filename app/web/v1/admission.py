"""Who is let in: a good key, not too many requests, and not after too many bad keys."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, copy_current_request_context, g, request

from app.access.buckets import WINDOW_SECONDS, Left
from app.bootstrap import Services
from app.errors import TooMany, Unauthenticated
from app.web.addresses import holder_of
from app.web.v1 import call
from app.web.v1.call import Call
from app.web.v1.operation import Operation


def admitted(operation: Operation, services: Services) -> Call:
    """A call that its caller may make now; query and body are not read yet.

    What needs no key is not counted, so that whoever watches the service is always answered.

    Raises:
        Unauthenticated: A key is needed, or the one that is shown does not count.
        Forbidden: It does not allow this.
        TooMany: The tenant has asked too often, or this address has failed too often.
    """
    if operation.scope is None:
        return call.begun(operation, services)
    address, secret = _address(), call.secret()
    services.guesses.check(address, secret)
    try:
        begun = call.begun(operation, services)
    except Unauthenticated:
        services.guesses.failed(address)
        raise
    if secret is not None:
        services.guesses.succeeded(address, secret)
    _count(services, begun.tenant)
    call.check_scope(begun)
    return begun


def identify(services: Services) -> Callable[[], bool]:
    """What tells whether the caller has a good key, or needs none, where anybody may call.

    It asks the database, and may be called from any thread.

    Raises:
        TooMany: This address has failed too often.
    """
    address, secret = _address(), call.secret()
    if secret is None:
        return copy_current_request_context(lambda: not call.needs_key(services))
    services.guesses.check(address, secret)

    def is_good() -> bool:
        try:
            services.keys.verified(secret)
        except Unauthenticated:
            services.guesses.failed(address)
            return False
        return True

    return is_good


def tell_limit(response: Response) -> Response:
    """Say what is left, as draft-ietf-httpapi-ratelimit-headers has it."""
    left: Left | None = g.get("left")
    if left is not None:
        policy = f'"default";q={left.quota};w={WINDOW_SECONDS}'
        response.headers["RateLimit-Policy"] = policy
        response.headers["RateLimit"] = f'"default";r={left.remaining};t={left.reset_seconds}'
    return response


def _count(services: Services, tenant: str) -> None:
    left = services.limits.take_request(tenant)
    g.left = left
    if left is not None and not left.granted:
        raise TooMany(
            f"limits.requests_per_minute: {left.quota} requests a minute are answered",
            retry_after=left.reset_seconds,
        )


def _address() -> str:
    """Whom failures count for; empty when the system does not tell, as for a socket of its own."""
    try:
        return holder_of(request.remote_addr or "")
    except ValueError:
        return ""
