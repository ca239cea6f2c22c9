"""Settings of ``tones``, under ``speech.options.tones``."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field


class TonesOptions(BaseModel):
    """What ``tones`` can be told."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    base_hertz: float = Field(220.0, ge=50.0, le=1000.0)
    """Tone of the first letter; each one after it is half a semitone higher."""
    letter_seconds: float = Field(0.12, ge=0.03, le=1.0)
    """How long a letter is heard."""
    alphabet: Path | None = None
    """UTF-8 file of all letters in order; that of the language when not given."""
    ffmpeg: Path | None = None
    """The program; the service fills it in from its own setting."""
