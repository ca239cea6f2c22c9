"""Settings of ``espeak``."""

from __future__ import annotations

from pydantic import Field

from app.engines.speech.common.program.options import ProgramOptions


class EspeakOptions(ProgramOptions):
    """What ``espeak`` can be told."""

    variant: str | None = Field(None, pattern=r"^\w+$")
    """Of the voice, whatever the sample, e.g. ``"m7"`` or ``"f4"``."""
