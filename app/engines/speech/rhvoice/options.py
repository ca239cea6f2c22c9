"""Settings of ``rhvoice``, and which voices may be chosen."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from app.engines.speech.common.program.options import ProgramOptions

FREE_VOICES = frozenset(
    {"aleksandr", "anna", "elena", "irina"}  # Russian
    | {"alan", "bdl", "clb", "slt"}  # English
)
"""Those under the LGPL-2.1+, by Debian's copyright file of RHVoice 1.8; aleksandr-hq is under
CC BY-SA 4.0 and all the others of Debian's packages under CC BY-NC-ND 4.0."""

RHVOICE_DATA = Path("/usr/share/RHVoice")
"""Where Debian's packages put languages and voices."""


class RhvoiceOptions(ProgramOptions):
    """What ``rhvoice`` can be told."""

    data_dir: Path = RHVOICE_DATA
    """RHVoice's folder of voices and languages."""
    more_voices: frozenset[str] = frozenset()
    """Voices that may be chosen besides the free ones; mind their licences."""
    voice: str | None = Field(None, pattern=r"^[\w-]+$")
    """Name of the voice to use whatever the sample, in the language it speaks."""
