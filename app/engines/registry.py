"""Find the engines: the cards of this repository, and those of installed packages.

A built-in engine is a folder of ``app/engines/speech`` or ``app/engines/face`` that holds a
module ``card``.  Any installed package adds one by an entry point that names its card, without
a change in this repository::

    [project.entry-points."videolecture.speech"]
    nightingale = "nightingale_lecture.card:CARD"

A card that cannot be used is told and left out: what somebody installed beside the service
must not stop it.
"""

from __future__ import annotations

import importlib
import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ValidationError

from app.engines.card import AnyCard, Card, Kind, faults
from app.errors import ConfigError, EngineUnavailable

log = logging.getLogger(__name__)

GROUPS: Mapping[Kind, str] = {"speech": "videolecture.speech", "face": "videolecture.face"}
"""Entry points under which packages name their cards."""


class _Misnamed(Exception):
    """An entry point names something else than a card; the message says what it must name."""


@dataclass(frozen=True, slots=True)
class Found:
    """Engines of one kind."""

    cards: Mapping[str, AnyCard]
    """Those that can be chosen, by name."""
    broken: Mapping[str, str]
    """Why others cannot, by the name of their entry point."""


@cache
def builtin(kind: Kind) -> Mapping[str, AnyCard]:
    """The engines of this repository by name."""
    package = importlib.import_module(f"app.engines.{kind}")
    modules = (path for folder in package.__path__ for path in Path(folder).glob("*/card.py"))
    names = sorted(module.parent.name for module in modules)
    cards: list[AnyCard] = [
        importlib.import_module(f"app.engines.{kind}.{name}.card").CARD for name in names
    ]
    return MappingProxyType({card.name: card for card in cards})


@cache
def found(kind: Kind) -> Found:
    """Every engine of a kind; a package's may not take the name of another."""
    cards, broken = dict(builtin(kind)), dict[str, str]()
    for point in entry_points(group=GROUPS[kind]):
        package = point.dist.name if point.dist else "an unknown package"
        try:
            if point.name in cards:
                raise _Misnamed(f"another {kind} engine has this name")  # noqa: TRY301  # one report
            cards[point.name] = _card_of(point, kind)
        except _Misnamed as error:
            broken.setdefault(point.name, f"{error} (package {package})")
            log.warning(
                "engine left out kind=%s name=%s package=%s: %s", kind, point.name, package, error
            )
        except Exception as error:  # whatever a foreign module raises when it is imported
            broken.setdefault(
                point.name,
                f"{point.value} cannot be imported, {type(error).__name__}: the log tells more "
                f"(package {package})",
            )
            log.exception("engine left out kind=%s name=%s package=%s", kind, point.name, package)
    return Found(MappingProxyType(cards), MappingProxyType(broken))


def _card_of(point: EntryPoint, kind: Kind) -> AnyCard:
    card = point.load()
    if not isinstance(card, Card):
        raise _Misnamed(
            f"{point.value} is no card: the entry point must name a Card, for example "
            f'{point.name} = "{point.module.partition(".")[0]}.card:CARD", see '
            "docs/adding-an-engine.md"
        )
    if card.name != point.name:
        raise _Misnamed(f"the card of {point.value} calls itself {card.name!r}")
    if kind == "speech" and not card.languages:
        raise _Misnamed(f"the card of {point.value} names no languages")
    return card


def cards(kind: Kind) -> Mapping[str, AnyCard]:
    """Every engine of a kind that can be chosen, by name."""
    return found(kind).cards


def broken() -> Iterator[tuple[Kind, str, str]]:
    """Kind and name of the engines that cannot be chosen, and why."""
    for kind in GROUPS:
        for name, why in sorted(found(kind).broken.items()):
            yield kind, name, why


def unknown(kind: Kind, name: str) -> str:
    """Why no engine of that name can be chosen; empty when one can."""
    known = cards(kind)
    if name in known:
        return ""
    if why := found(kind).broken.get(name):
        return f"{kind} engine {name!r} cannot be used: {why}"
    return f"unknown {kind} engine {name!r}; known: {', '.join(sorted(known))}"


def card(kind: Kind, name: str) -> AnyCard:
    """The card of that name.

    Raises:
        ConfigError: No engine has it, or the one that has it is broken.
    """
    if fault := unknown(kind, name):
        raise ConfigError(fault)
    return cards(kind)[name]


def identity(kind: Kind, name: str, options: Mapping[str, Any]) -> str:
    """Name, version and options as canonical JSON: what an input hash is made from.

    Options that do not change the result are left out.
    """
    chosen = card(kind, name)
    material = {key: options[key] for key in options if key not in chosen.immaterial}
    return json.dumps([name, chosen.version, material], sort_keys=True, default=str)


def create(kind: Kind, name: str, options: Mapping[str, Any], places: Mapping[str, Path]) -> Any:
    """Create an engine; its model is not loaded yet.

    Args:
        options: The engine's own, as the configuration and the request give them.
        places: What the service hands to engines whose options name it.

    Returns:
        A ``SpeechEngine`` or a ``FaceEngine``.

    Raises:
        ConfigError: No engine has that name, or it does not know an option.
        EngineUnavailable: A package or its weights are not installed.
    """
    chosen = card(kind, name)
    if lacks := chosen.lacks(options, places):
        raise EngineUnavailable(f"{kind} engine {name!r} cannot run: {lacks}")
    return chosen.create(checked_options(kind, name, options, places))


def checked_options(
    kind: Kind, name: str, options: Mapping[str, Any], places: Mapping[str, Path]
) -> BaseModel:
    """The options of an engine as it knows them.

    Raises:
        ConfigError: It does not know one of them.
    """
    try:
        checked: BaseModel = card(kind, name).chosen(options, places)
    except ValidationError as error:
        raise ConfigError(f"options of {kind} engine {name!r}: {faults(error)}") from error
    return checked
