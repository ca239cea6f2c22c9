"""Signing in, for browsers: a key that is shown once becomes a cookie."""

from __future__ import annotations

from typing import Annotated

from flask import request
from pydantic import Field
from werkzeug.http import dump_cookie

from app.access.keys import Key, Scope
from app.access.sessions import LIFE_SECONDS
from app.errors import Unauthenticated
from app.web.v1 import callers
from app.web.v1.call import Call
from app.web.v1.callers import COOKIE, Caller
from app.web.v1.operation import Body, Model, Reply, Resource, Told

resource = Resource("session", "Signing in, for browsers")


class ShownKey(Model):
    """A key by its account, not by itself."""

    key: Annotated[str, Field(min_length=1, max_length=200)]


class Session(Model):
    """Who calls."""

    signed_in: bool
    needs_key: bool
    """Whether a key is needed to call, which the caller has not shown."""
    name: str | None
    """Of the key; `null`: none was shown."""
    tenant: str
    scopes: list[Scope]
    """What the caller may do."""


@resource.get("/session", scope=None, answers={200: Told("Who calls", Session)})
def get_session(call: Call) -> Reply:
    """Tell who calls, and whether that is enough."""
    try:
        key = callers.identified(call.services, Caller.of(request.environ))
    except Unauthenticated:
        return Reply(_told(call, None, needs_key=True))
    return Reply(_told(call, key))


@resource.post(
    "/session",
    scope=None,
    body=Body(json=ShownKey),
    problems=(401, 429),
    answers={
        200: Told("Signed in", Session, headers={"Set-Cookie": "By which the browser calls."})
    },
)
def create_session(call: Call) -> Reply:
    """Sign in with a key.

    The cookie is sent by pages of this service alone. It counts for twelve hours after its last
    use and for thirty days at most, and no longer than the key. What changes something needs the
    header `X-Requested-With` beside it.
    """
    services, caller = call.services, Caller.of(request.environ)
    body: ShownKey = call.body
    services.guesses.check(caller.holder, body.key)
    try:
        key = services.keys.verified(body.key)
    except Unauthenticated:
        services.guesses.failed(caller.holder)
        raise
    services.guesses.succeeded(caller.holder, body.key)
    cookie = _cookie(services.sessions.begin(key), LIFE_SECONDS)
    return Reply(_told(call, key), headers={"Set-Cookie": cookie})


@resource.delete(
    "/session",
    scope=None,
    answers={204: Told("Signed out", media_type="", headers={"Set-Cookie": "An empty one."})},
)
def delete_session(call: Call) -> Reply:
    """Sign out."""
    caller = Caller.of(request.environ)
    if caller.session is not None:
        call.services.sessions.end(caller.session)
    return Reply(None, 204, {"Set-Cookie": _cookie("", 0)})


def _told(call: Call, key: Key | None, *, needs_key: bool = False) -> Session:
    scopes = [] if needs_key else list(Scope) if key is None else list(key.scopes)
    return Session(
        signed_in=key is not None,
        needs_key=needs_key,
        name=None if key is None else key.name,
        tenant=call.tenant if key is None else key.tenant,
        scopes=scopes,
    )


def _cookie(value: str, seconds: float) -> str:
    return dump_cookie(
        COOKIE,
        value,
        max_age=int(seconds),
        path=request.script_root or "/",
        secure=request.is_secure,
        httponly=True,
        samesite="Strict",
    )
