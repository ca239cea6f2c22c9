"""What ``rhvoice`` says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.engines.card import Card
from app.engines.speech.rhvoice.options import RhvoiceOptions
from app.engines.speech.rhvoice.preflight import lacks

if TYPE_CHECKING:
    from app.engines.speech.rhvoice.engine import Rhvoice


def create(options: RhvoiceOptions) -> Rhvoice:
    """Import the engine and make it."""
    from app.engines.speech.rhvoice.engine import Rhvoice

    return Rhvoice(options)


CARD = Card(
    name="rhvoice",
    version="2",
    summary="RHVoice of Debian non-free: the most intelligible Russian; English, too",
    options=RhvoiceOptions,
    create=create,
    languages=frozenset({"en", "ru"}),
    occupies="core",
    check=lacks,
)
