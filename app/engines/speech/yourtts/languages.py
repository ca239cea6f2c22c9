"""What YourTTS speaks."""

from __future__ import annotations

from collections.abc import Mapping

from app.engines.speech.common.coqui.languages import Spoken

LANGUAGES: Mapping[str, Spoken] = {
    "en": Spoken("en", 200, 15.0),
    "fr": Spoken("fr-fr", 200, 15.5),
    "pt": Spoken("pt-br", 200, 14.5),
}
"""By ISO 639-1 code.

The model has no limit; 200 characters are a dozen seconds, which bounds what a cancellation
waits for.
"""
