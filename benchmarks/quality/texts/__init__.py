"""What is spoken: paragraphs as they occur in lectures, written for these measurements.

No engine was tuned on them.  A file holds one language; an empty line parts paragraphs.
"""

from __future__ import annotations

from pathlib import Path

LANGUAGES = ("en", "ru", "es", "fr", "it")


def file_of(name: str) -> Path:
    """The file of a language, or ``face``: what every portrait says."""
    return Path(__file__).with_name(f"{name}.txt")


def paragraphs(name: str) -> list[str]:
    """The paragraphs of a file."""
    whole = file_of(name).read_text(encoding="utf-8")
    return [" ".join(part.split()) for part in whole.split("\n\n") if part.strip()]
