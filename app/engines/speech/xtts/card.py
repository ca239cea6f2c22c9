"""What ``xtts`` says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.engines.card import Card
from app.engines.speech.common.coqui.install import setup
from app.engines.speech.common.coqui.preflight import lacks, report
from app.engines.speech.xtts.languages import LANGUAGES
from app.engines.speech.xtts.options import XttsOptions

if TYPE_CHECKING:
    from app.engines.speech.xtts.engine import Xtts


def create(options: XttsOptions) -> Xtts:
    """Import the engine and make it."""
    from app.engines.speech.xtts.engine import Xtts

    return Xtts(options)


CARD = Card(
    name="xtts",
    version="4",
    summary="XTTS v2 of coqui-tts: clones the sample's voice, for a GPU",
    options=XttsOptions,
    create=create,
    languages=frozenset(LANGUAGES),
    occupies="device",
    immaterial=frozenset({"threads", "accept_licence"}),
    check=lacks,
    report=report,
    setup=setup,
)
