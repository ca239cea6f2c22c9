"""What can speak and what can animate here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from app.bootstrap import Services
from app.engines import configured, registry
from app.engines.choice import spoken_languages
from app.web.v1.call import Call
from app.web.v1.operation import Model, Reply, Resource, Told

resource = Resource("engines", "What speaks and animates here, and in which languages")


class Engine(Model):
    """A speech or face engine."""

    kind: Literal["speech", "face"]
    name: str
    version: str
    """Another one may give other results."""
    summary: str
    available: bool
    """Whether it can run here."""
    lacks: str
    """Why it cannot, and what to do; empty when it can."""
    is_default: bool
    """Whether it is taken where a request names none, for some language."""
    languages: list[str]
    """ISO 639-1 codes that a speech engine speaks."""
    options: dict[str, Any]
    """JSON Schema of what the administrator may set."""


class Engines(Model):
    """Every engine that is installed."""

    items: list[Engine]


class Language(Model):
    """A language, and who speaks it."""

    code: str
    """ISO 639-1."""
    speech_engines: list[str]
    """Those that can run here, best first."""


class Languages(Model):
    """Every language that can be spoken here."""

    items: list[Language]


@resource.get("/engines", answers={200: Told("Every engine", Engines)})
def list_engines(call: Call) -> Reply:
    """List the engines.

    What one lacks is told as well, so that an administrator can mend it.
    """
    return Reply(Engines(items=list(_engines(call.services))))


@resource.get("/languages", answers={200: Told("Every language", Languages)})
def list_languages(call: Call) -> Reply:
    """List the languages that can be spoken here."""
    return Reply(Languages(items=list(_languages(call.services))))


def _engines(services: Services) -> Iterator[Engine]:
    settings = services.settings
    preferred = {*configured.preferred(settings), settings.face.engine}
    for kind in registry.GROUPS:
        for name, card in sorted(registry.cards(kind).items()):
            lacks = configured.lacking(settings, kind, name)
            yield Engine(
                kind=kind,
                name=name,
                version=card.version,
                summary=card.summary,
                available=not lacks,
                lacks=lacks,
                is_default=name in preferred,
                languages=sorted(card.languages),
                options=card.options.model_json_schema(),
            )


def _languages(services: Services) -> Iterator[Language]:
    settings = services.settings
    known = registry.cards("speech")
    for code in spoken_languages(settings):
        order = settings.speech.order.get(code, settings.speech.order.get("default", ()))
        able = [
            name
            for name in order
            if name in known
            and code in known[name].languages
            and not configured.lacking(settings, "speech", name)
        ]
        if able:
            yield Language(code=code, speech_engines=able)
