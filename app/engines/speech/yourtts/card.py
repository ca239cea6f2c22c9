"""What ``yourtts`` says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.engines.card import Card
from app.engines.speech.common.coqui.install import setup
from app.engines.speech.common.coqui.preflight import lacks, report
from app.engines.speech.yourtts.languages import LANGUAGES
from app.engines.speech.yourtts.options import YourTtsOptions

if TYPE_CHECKING:
    from app.engines.speech.yourtts.engine import YourTts


def create(options: YourTtsOptions) -> YourTts:
    """Import the engine and make it."""
    from app.engines.speech.yourtts.engine import YourTts

    return YourTts(options)


CARD = Card(
    name="yourtts",
    version="4",
    summary="YourTTS of coqui-tts: clones the sample's voice, small",
    options=YourTtsOptions,
    create=create,
    languages=frozenset(LANGUAGES),
    occupies="device",
    immaterial=frozenset({"threads", "accept_licence"}),
    check=lacks,
    report=report,
    setup=setup,
)
