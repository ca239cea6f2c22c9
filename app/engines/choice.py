"""Which engines a lecture gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.engines import registry
from app.engines.card import Kind
from app.engines.configured import face_options, options_of, places, preferred
from app.errors import EngineUnavailable, InputError, LanguageError

if TYPE_CHECKING:
    from app.lecture import FaceChoice
    from config import Settings


def choose_speech_engine(settings: Settings, language: str, wanted: str | None) -> str:
    """The engine that will speak a lecture.

    Args:
        wanted: Name that the request gives; else the order of preference decides.

    Raises:
        InputError: No engine has the wanted name.
        LanguageError: The wanted engine, or every one, does not speak the language.
        EngineUnavailable: Those that speak it lack packages or weights.
    """
    order = settings.speech.order
    names = (wanted,) if wanted else order.get(language, order.get("default", ()))
    for name in names:
        _check_known("speech", name)
    known, here = registry.cards("speech"), places(settings)
    speaking = [name for name in names if language in known[name].languages]
    if not speaking:
        raise LanguageError(
            f"{' and '.join(names)} cannot speak language {language!r}; "
            f"{_who_does(settings, language)}"
        )
    lacking = []
    for name in speaking:
        lacks = known[name].lacks(options_of(settings, "speech", name), here)
        if not (lacks and settings.server.check_engines):
            return name
        lacking.append(f"{name}: {lacks}")
    raise EngineUnavailable(f"no speech engine can run for {language!r}: {'; '.join(lacking)}")


def choose_face_engine(settings: Settings, wanted: str | None, choice: FaceChoice) -> str:
    """The engine that will animate a lecture.

    Raises:
        InputError: No engine has the wanted name, or it cannot show a face as chosen.
        EngineUnavailable: It lacks packages, weights or an interpreter.
    """
    name = wanted or settings.face.engine
    _check_known("face", name)
    card = registry.card("face", name)
    options, here = face_options(settings, name, choice), places(settings)
    if misfit := card.misfit(options, here):
        raise InputError(f"face engine {name!r} cannot do this: {misfit}")
    if settings.server.check_engines and (lacks := card.lacks(options, here)):
        raise EngineUnavailable(f"face engine {name!r} cannot run: {lacks}")
    return name


def spoken_languages(settings: Settings, wanted: str | None = None) -> list[str]:
    """ISO 639-1 codes of what the wanted engine or, without one, the preferred ones speak."""
    names = {wanted} if wanted else preferred(settings)
    known = registry.cards("speech")
    return sorted({code for name in names & known.keys() for code in known[name].languages})


def _who_does(settings: Settings, language: str) -> str:
    """Engines that speak a language or, where none does, the languages there are."""
    others = sorted(
        name for name, card in registry.cards("speech").items() if language in card.languages
    )
    if others:
        return f"speech engines that do: {', '.join(others)}"
    return f"languages spoken here: {', '.join(spoken_languages(settings))}"


def _check_known(kind: Kind, name: str) -> None:
    known = registry.cards(kind)
    if name in known:
        return
    if name in registry.found(kind).broken:
        # Why is the operator's business: the log and `python -m app engines` say it.
        raise EngineUnavailable(f"{kind}_engine {name!r} is installed, but cannot be used")
    raise InputError(f"unknown {kind}_engine {name!r}; known: {', '.join(sorted(known))}")
