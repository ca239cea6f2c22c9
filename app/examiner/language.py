"""The language of a text."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache

from lingua import IsoCode639_1, Language, LanguageDetector, LanguageDetectorBuilder

from app.errors import LanguageError
from app.text.cleaning.clean import clean

SAMPLE_CHARACTERS = 3000
"""Enough for certainty; longer texts only cost time."""

LOOKED_AT = 5 * SAMPLE_CHARACTERS
"""Characters with their markup, whose English names would be told of any language."""

CANDIDATES = (
    "ar", "cs", "da", "de", "el", "en", "es", "fi", "fr", "he", "hi", "hu", "it", "ja", "ko",
    "nl", "pl", "pt", "ro", "ru", "sv", "tr", "uk", "zh",
)  # fmt: skip
"""Languages that a lecture is likely to be in, spoken here or not: naming the right one in
the error is worth more than guessing among those that an engine speaks."""


CERTAINTY = 0.95
"""Below it one of the languages spoken here is taken: "Hello there. Goodbye." looks Danish
with .89 and is English."""

SHORT_CHARACTERS = 120
"""A text below it is looked at once more, closely, for the languages spoken here."""

LIKELY = 0.5
"""What a language must reach in that look; else the text counts as English."""


def language_of(text: str, spoken: Collection[str]) -> str:
    """ISO 639-1 code of a text's language.

    A few words in Latin letters can belong to many languages; where even a close look
    leaves it open they are taken for English.

    >>> language_of("Сегодня мы рассмотрим сети.", {"en", "ru"})
    'ru'

    Args:
        spoken: Languages that some engine speaks; they win where the text leaves doubt.

    Raises:
        LanguageError: It holds no word that tells.
    """
    text = clean(text[:LOOKED_AT]).text
    found = _likely(_quick_detector(), text[:SAMPLE_CHARACTERS])
    if not found:
        raise LanguageError(
            'the language of the lecture text cannot be told; name it, for example "language": "en"'
        )
    best, certainty = found[0]
    if certainty >= CERTAINTY and (best not in spoken or len(text) >= SHORT_CHARACTERS):
        return best
    told_apart = frozenset(spoken).intersection(CANDIDATES)
    if len(text) < SHORT_CHARACTERS and told_apart:
        close = _likely(_close_detector(told_apart), text)
        if close:
            return close[0][0] if close[0][1] >= LIKELY else "en"
    return next((code for code, _ in found if code in spoken), best)


def load(spoken: Collection[str]) -> None:
    """Bring into memory what :func:`language_of` needs for these languages, once, in 0.5 s.

    Starts no thread, for the process that does this is forked.
    """
    _likely(_quick_detector(), _ANY)
    told_apart = frozenset(spoken).intersection(CANDIDATES)
    if len(told_apart) > 1:  # lingua loads a single language in threads, quickly
        _likely(_close_detector(told_apart), _ANY)


_ANY = "Any text."


def _likely(detector: LanguageDetector, text: str) -> list[tuple[str, float]]:
    """Languages that the text may be in, best first."""
    return [
        (confidence.language.iso_code_639_1.name.lower(), confidence.value)
        for confidence in detector.compute_language_confidence_values(text)
        if confidence.value > 0
    ]


@cache
def _quick_detector() -> LanguageDetector:
    """For every text: 45 MB, and 0.2 s for its first."""
    return _builder(CANDIDATES).with_low_accuracy_mode().build()


@cache
def _close_detector(spoken: frozenset[str]) -> LanguageDetector:
    """For short texts: for five languages 150 MB, which all of them would make 500."""
    return _builder(sorted(spoken)).build()


def _builder(codes: Iterable[str]) -> LanguageDetectorBuilder:
    return LanguageDetectorBuilder.from_languages(
        *(Language.from_iso_code_639_1(getattr(IsoCode639_1, code.upper())) for code in codes)
    )
