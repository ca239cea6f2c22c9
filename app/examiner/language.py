"""The language of a text."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from lingua import IsoCode639_1, Language, LanguageDetector, LanguageDetectorBuilder

from app.errors import LanguageError

SAMPLE_CHARACTERS = 3000
"""Enough for certainty; longer texts only cost time."""

CANDIDATES = (
    "ar", "cs", "da", "de", "el", "en", "es", "fi", "fr", "he", "hi", "hu", "it", "ja", "ko",
    "nl", "pl", "pt", "ro", "ru", "sv", "tr", "uk", "zh",
)  # fmt: skip
"""Languages that a lecture is likely to be in, spoken here or not: naming the right one in
the error is worth more than guessing among those that an engine speaks."""


CERTAINTY = 0.95
"""Below it the likeliest of the languages spoken here is taken: "Hello there. Goodbye." looks
Danish with .89 and is English."""


def language_of(text: str, spoken: Collection[str]) -> str:
    """ISO 639-1 code of a text's language.

    >>> language_of("Сегодня мы рассмотрим сети.", {"en", "ru"})
    'ru'

    Args:
        spoken: Languages that some engine speaks; they win where the text leaves doubt.

    Raises:
        LanguageError: It holds no word that tells.
    """
    found = [
        (confidence.language.iso_code_639_1.name.lower(), confidence.value)
        for confidence in _detector().compute_language_confidence_values(text[:SAMPLE_CHARACTERS])
        if confidence.value > 0
    ]
    if not found:
        raise LanguageError(
            'the language of the lecture text cannot be told; name it, for example "language": "en"'
        )
    best, certainty = found[0]
    if certainty >= CERTAINTY:
        return best
    return next((code for code, _ in found if code in spoken), best)


@cache
def _detector() -> LanguageDetector:
    languages = [
        Language.from_iso_code_639_1(getattr(IsoCode639_1, code.upper())) for code in CANDIDATES
    ]
    # The low accuracy mode errs on single words only and keeps memory at 60 MB instead of 1 GB.
    builder = LanguageDetectorBuilder.from_languages(*languages)
    return builder.with_low_accuracy_mode().build()
