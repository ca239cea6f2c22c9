"""What ``tones`` says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.engines.card import Card
from videolecture_tones.alphabets import ALPHABETS, lacks, report
from videolecture_tones.options import TonesOptions

if TYPE_CHECKING:
    from videolecture_tones.engine import Tones


def create(options: TonesOptions) -> Tones:
    """Import the engine and make it."""
    from videolecture_tones.engine import Tones

    return Tones(options)


CARD = Card(
    name="tones",
    version="1",
    summary="plays a tone for each letter",
    options=TonesOptions,
    create=create,
    languages=frozenset(ALPHABETS),
    occupies="core",
    check=lacks,
    report=report,
)
