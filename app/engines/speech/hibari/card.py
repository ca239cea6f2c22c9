"""What ``hibari`` says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.engines.card import Card
from app.engines.speech.hibari import weights
from app.engines.speech.hibari.options import HibariOptions

if TYPE_CHECKING:
    from app.engines.speech.hibari.engine import Hibari


def create(options: HibariOptions) -> Hibari:
    """Import the engine and make it."""
    from app.engines.speech.hibari.engine import Hibari

    return Hibari(options)


CARD = Card(
    name="hibari",
    version="3",
    summary="hibari-tts: one female English voice, about 40 times faster",
    options=HibariOptions,
    create=create,
    languages=frozenset({"en"}),
    files=("hibari/model.onnx",),
    occupies="core",
    setup=weights.fetch,
)
