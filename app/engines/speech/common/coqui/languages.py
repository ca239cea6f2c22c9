"""A language as a model of coqui-tts knows it: its own name, limits, how fast people talk."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spoken:
    """A language as a model knows it."""

    name: str
    """The model's own name for it."""
    limit: int
    """Characters in one call."""
    rate: float
    """Characters a second of ordinary speech, spaces and punctuation counted."""
    packages: tuple[tuple[str, str], ...] = ()
    """Modules that it needs besides coqui-tts, each with the name pip knows."""


UNSPACED = frozenset({"ja", "zh"})
"""Written without spaces between words."""
