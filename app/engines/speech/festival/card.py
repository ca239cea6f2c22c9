"""What ``festival`` says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.engines.card import Card
from app.engines.speech.festival.options import FestivalOptions
from app.engines.speech.festival.preflight import lacks

if TYPE_CHECKING:
    from app.engines.speech.festival.engine import Festival


def create(options: FestivalOptions) -> Festival:
    """Import the engine and make it."""
    from app.engines.speech.festival.engine import Festival

    return Festival(options)


CARD = Card(
    name="festival",
    version="2",
    summary="Festival of Debian: one male Russian voice",
    options=FestivalOptions,
    create=create,
    languages=frozenset({"ru"}),
    occupies="core",
    check=lacks,
)
