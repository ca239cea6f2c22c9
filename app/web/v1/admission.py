"""Who is let in: a good key, not too many requests, and not after too many bad keys."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, g, request

from app.access.buckets import WINDOW_SECONDS, Left
from app.bootstrap import Services
from app.errors import TooMany, Unauthenticated
from app.web.v1 import call, callers
from app.web.v1.call import Call
from app.web.v1.callers import Caller
from app.web.v1.operation import Operation


def admitted(operation: Operation, services: Services) -> Call:
    """A call that its caller may make now; query and body are not read yet.

    What needs no key is not counted, so that whoever watches the service is always answered.

    Raises:
        Unauthenticated: A key is needed, or the one that is shown does not count.
        Forbidden: It does not allow this.
        TooMany: The tenant has asked too often, or this address has failed too often.
    """
    begun = call.begun(operation, services)
    if operation.scope is not None:
        _count(services, begun.tenant)
        callers.check_scope(begun.key, operation.scope)
    return begun


def identify(services: Services) -> Callable[[], bool]:
    """What tells whether the caller has a good key, or needs none, where anybody may call.

    It asks the database, and may be called from any thread.

    Raises:
        TooMany: A key is shown, and this address has failed too often.
    """
    caller = Caller.of(request.environ)
    if caller.secret:  # whoever shows none guesses nothing, and is always answered
        services.guesses.check(caller.holder, caller.secret)

    def is_good() -> bool:
        try:
            callers.identified(services, caller)
        except (Unauthenticated, TooMany):
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
