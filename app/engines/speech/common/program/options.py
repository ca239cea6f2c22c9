"""Settings of the engines that are programs, without a numeric framework."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

FREE_VOICES = frozenset(
    {"aleksandr", "anna", "elena", "irina"}  # Russian
    | {"alan", "bdl", "clb", "slt"}  # English
)
"""RHVoice's under the LGPL-2.1+, by Debian's copyright file of RHVoice 1.8; aleksandr-hq is under
CC BY-SA 4.0 and all the others of Debian's packages under CC BY-NC-ND 4.0."""

_CODES = (
    "af am ar az be bg bn bs ca cs cy da de el en eo es et eu fa fi fr ga gu he hi hr hu hy id is "
    "it ka kk kn ko ku ky la lt lv mi mk ml mr ms mt nb ne nl or pa pl pt ro ru si sk sl sq sr sv "
    "sw ta te tr tt uk ur uz vi zh"
)
ESPEAK_LANGUAGES = frozenset(_CODES.split())
"""ISO 639-1 codes; Japanese is left out, of which espeak-ng reads no kanji."""

RHVOICE_DATA = Path("/usr/share/RHVoice")
"""Where Debian's packages put languages and voices."""

FESTIVAL_DATA = Path("/usr/share/festival")


class ProgramOptions(BaseModel):
    """What every engine that is a program can be told."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    program: Path | None = None
    """The program; found on PATH when not given."""
    speed: float = Field(1.0, ge=0.5, le=2.0)
    """Above 1 speaks faster."""
    cache_dir: Path | None = None
    """Where measurements of voice samples are kept between starts."""
    ffmpeg: Path | None = None
    """The program; found as the media tools find it when not given."""


class RhvoiceOptions(ProgramOptions):
    """Settings of ``rhvoice``."""

    data_dir: Path = RHVOICE_DATA
    """RHVoice's folder of voices and languages."""
    more_voices: frozenset[str] = frozenset()
    """Voices that may be chosen besides the free ones; mind their licences."""
    voice: str | None = Field(None, pattern=r"^[\w-]+$")
    """Name of the voice to use whatever the sample, in the language it speaks."""


class FestivalOptions(ProgramOptions):
    """Settings of ``festival``."""

    data_dir: Path = FESTIVAL_DATA
    """Festival's folder, in which the packages of its voices lie."""


class EspeakOptions(ProgramOptions):
    """Settings of ``espeak``."""

    variant: str | None = Field(None, pattern=r"^\w+$")
    """Of the voice, whatever the sample, e.g. ``"m7"`` or ``"f4"``."""
