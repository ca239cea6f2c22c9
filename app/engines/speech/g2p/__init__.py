"""Text to Kokoro phonemes, token by token: Russian, Spanish, French, Italian."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from app.errors import LanguageError
from app.text.tokens import Verbalized
from app.text.verbalize import verbalize

LANGUAGES = ("es", "fr", "it", "ru")
"""ISO 639-1 codes that :func:`phonemize` knows."""


@dataclass(frozen=True, slots=True)
class Phonemized:
    """A token and how it is said."""

    token: str
    """As it stands in the text, punctuation included."""
    phonemes: str
    """Kokoro symbols with stress marks and the punctuation that shapes prosody.

    Several words, separated by spaces, for a number written out; empty for a
    token that is not spoken.
    """


def phonemize(text: str, language: str) -> list[Phonemized]:
    """Phonemes of every token of a text, in order.

    Joined by spaces, the tokens are the text with its white space made single.

    Args:
        text: Plain text of any length.
        language: One of :data:`LANGUAGES`.

    Raises:
        LanguageError: Another language.
        EngineUnavailable: The language's data package is missing.
    """
    phonemes = _language(language)
    pieces = verbalize(text, language)
    return [
        Phonemized(piece.written, spoken)
        for piece, spoken in zip(pieces, phonemes(pieces), strict=True)
    ]


def _language(code: str) -> Callable[[Sequence[Verbalized]], Iterable[str]]:
    if code == "ru":
        from app.engines.speech.g2p.russian.language import phonemes as russian

        return russian
    if code in LANGUAGES:
        from app.engines.speech.g2p.romance.language import phonemes as romance

        return partial(romance, language=code)
    raise LanguageError(
        f"no pronunciation rules for language {code!r}; one of {', '.join(LANGUAGES)}"
    )
