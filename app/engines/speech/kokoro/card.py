"""What ``kokoro`` says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.engines.card import Card
from app.engines.speech.kokoro import weights
from app.engines.speech.kokoro.options import KokoroOptions

if TYPE_CHECKING:
    from app.engines.speech.kokoro.engine import Kokoro


def create(options: KokoroOptions) -> Kokoro:
    """Import the engine and make it."""
    from app.engines.speech.kokoro.engine import Kokoro

    return Kokoro(options)


CARD = Card(
    name="kokoro",
    version="4",
    summary="Kokoro-82M int8: 54 voices, the nearest to the sample speaks",
    options=KokoroOptions,
    create=create,
    languages=frozenset({"en", "es", "fr", "it", "ru"}),
    files=("kokoro/model.onnx", "kokoro/voices.npz"),
    occupies="core",
    immaterial=frozenset({"threads"}),
    setup=weights.fetch,
)
