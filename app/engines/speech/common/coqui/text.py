"""Text written out as XTTS needs it: no digits, no signs, only marks that it knows.

Russian and English are written out with this service's own rules first, which know cases,
years and abbreviations; then, for every language, coqui-tts's cleaners do the rest.  The model
runs those cleaners again on what it gets; on their own output they change nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from app.errors import LanguageError
from app.text.verbalize import verbalize

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
_YEAR = re.compile(r"(?<![\d.,$£€])\b(1[1-9]\d\d|20\d\d)\b(?![.,]?\d|\s?[%°€])")
_HUGE = re.compile(r"\d{13,}")
_CURRENCY = re.compile(r"(\d)\s+([€$£])")
_NUMBERS_ALONE = frozenset({"cs", "hi", "ja"})
"""Languages in which the cleaners fail with numbers."""
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
    plain = _decimal(unicodedata.normalize("NFKC", text))
    plain = _HUGE.sub(lambda found: " ".join(found.group()), plain)
    plain = _CURRENCY.sub(r"\1\2", plain)
    if language not in _STOP_IS_SILENT:
        # Before the numbers: "14." at the end is no ordinal.
        plain = _FULL_STOP.sub("", plain)
    if language in _FIRST:
        plain = _FIRST[language](plain)
    elif language in _NUMBERS_ALONE:
        plain = _spoken(plain, language)
    try:
        cleaned = plain.lower() if language == "ja" else _cleaned(plain, language)
    except (NotImplementedError, ValueError, TypeError, LookupError, ArithmeticError) as reason:
        raise LanguageError(
            f"a number in the text cannot be written out in language {language!r}"
        ) from reason
    return _tidy(cleaned, language)


def _decimal(text: str) -> str:
    """Digits of every script as 0 to 9; those that are no decimals go."""
    return "".join(
        str(unicodedata.decimal(c, "")) if c.isdigit() and not c.isascii() else c for c in text
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


def _spoken(text: str, language: str) -> str:
    """Words of the text with its marks."""
    return " ".join(piece.spoken for piece in verbalize(text, language))


def _russian(text: str) -> str:
    return _spoken(text, "ru").replace("\u0301", "")


def _english(text: str) -> str:
    """Titles by coqui-tts, units and times by hibari's reader, years as years."""
    from hibari.g2p.normalize import normalize
    from num2words import num2words
    from TTS.tts.layers.xtts.tokenizer import expand_abbreviations_multilingual

    read = str(normalize(expand_abbreviations_multilingual(text, "en")))
    return _YEAR.sub(lambda found: str(num2words(int(found[1]), to="year")), read)


_FIRST: Mapping[str, Callable[[str], str]] = {
    "en": _english,
    "ru": _russian,
}
