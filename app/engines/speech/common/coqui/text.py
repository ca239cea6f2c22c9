"""Text written out as XTTS needs it: no digits, no signs, only marks that it knows.

This service's own rules go first where they are better than coqui-tts's cleaners; then, for
every language, those cleaners do the rest.  The model runs them again on what it gets; on their
own output they change nothing.
"""

from __future__ import annotations

import re
import unicodedata

from app.errors import LanguageError
from app.text.tokens import LONG_A
from app.text.verbalize import READ_BY_RULES, verbalize

_ACCENT = {"en": (LONG_A, "A"), "ru": ("\u0301", "")}
"""What only tells our own engines a letter or a stress."""
_NUMBERS_ALONE = frozenset({"cs", "hi", "ja"})
"""Languages in which the cleaners fail with numbers."""

_MARKS = str.maketrans(
    dict.fromkeys('"“”„‟«»‹›', "")
    | dict.fromkeys("*_#|~^`<>[]{}", " ")
    | {"’": "'", "‘": "'", "…": ".", "—": ",", "–": "-", "−": "-", ";": ",", "·": " ", "•": ","}
)
"""Quotation marks have no sound, dashes and semicolons become the pause that they mean; square
brackets would be read as the model's own signs, such as its mark for a language."""
_SPACE_BEFORE_MARK = re.compile(r"\s+([,.!?:])")
_MARKS_IN_A_ROW = re.compile(r"([,.:])(?:\s*[,.:])+")
_FULL_STOP = re.compile(r"[\s.]+$")
_HUGE = re.compile(r"\d{13,}")
_CURRENCY = re.compile(r"(\d)\s+([€$£])")
_STOP_IS_SILENT = frozenset({"en"})
"""Languages in which a full stop at the end is never spoken (coqui-ai/TTS issues 2952, 3445, 4435
tell of the others); our own pause takes its place there."""


def written_out(text: str, language: str) -> str:
    """A stretch of text as it is spoken, in lower case; empty when nothing is.

    Args:
        text: One sentence or a part of one.
        language: ISO 639-1 code.

    Raises:
        LanguageError: The rules for numbers do not cover what stands in the text.
    """
    plain = _plain(text, language)
    try:
        cleaned = plain.lower() if language == "ja" else _cleaned(plain, language)
    except (NotImplementedError, ValueError, TypeError, LookupError, ArithmeticError) as reason:
        raise LanguageError(
            f"a number in the text cannot be written out in language {language!r}"
        ) from reason
    return _tidy(cleaned, language)


def _plain(text: str, language: str) -> str:
    """The text as the cleaners need it."""
    if language in READ_BY_RULES:
        # Before the characters are made simple: the exponent of "10⁻³" would become a digit.
        return _decimal(_spoken(text, language).replace(*_ACCENT.get(language, ("", ""))))
    plain = _HUGE.sub(lambda found: " ".join(found.group()), _decimal(text))
    plain = _CURRENCY.sub(r"\1\2", plain)
    if language not in _STOP_IS_SILENT:
        # Before the numbers: "14." at the end is no ordinal.
        plain = _FULL_STOP.sub("", plain)
    return _spoken(plain, language) if language in _NUMBERS_ALONE else plain


def _spoken(text: str, language: str) -> str:
    return " ".join(piece.spoken for piece in verbalize(text, language))


def _decimal(text: str) -> str:
    """Simple characters, digits of every script as 0 to 9; those that are no decimals go."""
    return "".join(
        str(unicodedata.decimal(c, "")) if c.isdigit() and not c.isascii() else c
        for c in unicodedata.normalize("NFKC", text)
    )


def _cleaned(text: str, language: str) -> str:
    from TTS.tts.layers.xtts.tokenizer import multilingual_cleaners

    cleaned: str = multilingual_cleaners(text, language)
    # A second pass is what the model does: whatever it would still change is changed here.
    again: str = multilingual_cleaners(cleaned, language)
    return again


def _tidy(text: str, language: str) -> str:
    text = text.translate(_MARKS)
    text = _SPACE_BEFORE_MARK.sub(r"\1", text)
    text = _MARKS_IN_A_ROW.sub(r"\1", " ".join(text.split()))
    text = text.lstrip(" ,.:-").rstrip(" ,:-")
    return text if language in _STOP_IS_SILENT else _FULL_STOP.sub("", text)
