"""Letters that have a tone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.engines.card import Finding
from videolecture_tones.options import TonesOptions

ALPHABETS: Mapping[str, str] = {
    "eo": "abcĉdefgĝhĥijĵklmnoprsŝtuŭvz",
    "vo": "aäbcdefghijklmnoöprstuüvxyz",
}
"""Esperanto and Volapük, by ISO 639-1 code."""


def lacks(options: TonesOptions) -> str:
    """What is missing and what to do; empty when nothing is."""
    if options.alphabet is not None and not options.alphabet.is_file():
        return f"no alphabet at {options.alphabet}: write one, or leave the option out"
    return ""


def report(options: TonesOptions) -> Iterator[Finding]:
    """What ``doctor`` says of it."""
    lacking = lacks(options)
    yield Finding("alphabet", ok=not lacking, says=lacking or "all letters are there")
