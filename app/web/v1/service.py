"""The service itself: whether it lives, and what it offers."""

from __future__ import annotations

from typing import Literal

from app import __version__
from app.web.v1.call import Call
from app.web.v1.operation import Model, Reply, Resource, Told

resource = Resource("service", "The service itself")


class Health(Model):
    """A sign of life."""

    status: Literal["alive"]
    version: str


@resource.get("/health", scope=None, answers={200: Told("It lives", Health)})
def get_health(call: Call) -> Reply:
    """Tell whether the service lives.

    Touches no database and no engine; whether it can work, `/ready` tells.
    """
    del call
    return Reply(Health(status="alive", version=__version__))


@resource.get("/openapi.json", scope=None, answers={200: Told("This document")})
def get_openapi(call: Call) -> Reply:
    """Describe the API, as OpenAPI 3.1."""
    from app.web.v1 import api, openapi

    return Reply(openapi.Document(openapi.document(api.RESOURCES, call.link(""))))
