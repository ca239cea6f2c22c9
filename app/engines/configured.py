"""What the settings say of the engines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.engines import registry
from app.engines.card import Kind

if TYPE_CHECKING:
    from app.lecture import FaceChoice
    from config import Settings


def preferred(settings: Settings) -> set[str]:
    """Speech engines that the order of preference names, for whatever language."""
    return {name for names in settings.speech.order.values() for name in names}


def named(settings: Settings, kind: Kind) -> set[str]:
    """Engines that the settings name: as a choice, by their options, or by a place of theirs."""
    if kind == "speech":
        return preferred(settings) | set(settings.speech.options)
    own = dict(_own_places(settings)).keys()
    by_place = {
        name for name, card in registry.cards(kind).items() if own & card.options.model_fields
    }
    return {settings.face.engine, *settings.face.options} | by_place


def options_of(settings: Settings, kind: Kind, name: str) -> dict[str, Any]:
    """Options of an engine as the configuration gives them."""
    return dict((settings.speech if kind == "speech" else settings.face).options.get(name, {}))


def face_options(settings: Settings, name: str, choice: FaceChoice) -> dict[str, Any]:
    """Options of a face engine: the configuration's, then the request's."""
    return {**options_of(settings, "face", name), **choice.overrides()}


def places(settings: Settings) -> dict[str, Path]:
    """What the service hands to engines whose options name it."""
    found = {"models_dir": settings.paths.models, "cache_dir": settings.paths.data / "cache"}
    if settings.media.ffmpeg is not None:
        found["ffmpeg"] = settings.media.ffmpeg
    return found | dict(_own_places(settings))


def _own_places(settings: Settings) -> Iterator[tuple[str, Path]]:
    """Settings outside every section: paths under the names that an engine's options have."""
    for name in type(settings).model_fields:
        if isinstance(value := getattr(settings, name), Path):
            yield name, value


def lacking(settings: Settings, kind: Kind, name: str) -> str:
    """What an engine needs and does not find here, or what is wrong with its options."""
    card = registry.card(kind, name)
    options, here = options_of(settings, kind, name), places(settings)
    return card.misfit(options, here) or card.lacks(options, here)


def speech_identity(settings: Settings, name: str) -> str:
    """What decides the sound that a speech engine makes, besides text and voice."""
    return registry.identity("speech", name, options_of(settings, "speech", name))


def face_identity(settings: Settings, name: str, choice: FaceChoice) -> str:
    """What decides the frames that a face engine makes, besides face and sound."""
    return registry.identity("face", name, face_options(settings, name, choice))
