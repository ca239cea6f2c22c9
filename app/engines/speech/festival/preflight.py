"""What Festival lacks here, told without starting it."""

from __future__ import annotations

from app.engines.speech.common.program.preflight import lacks_program
from app.engines.speech.festival.options import FestivalOptions

PROGRAM = "festival"
"""Its name on PATH."""

VOICE = "msu_ru_nsh_clunits"
"""The voice of Debian's festvox-ru."""

_SETUP = "sh tools/setup_russian.sh festival"


def lacks(options: FestivalOptions) -> str:
    """What is not here and what to do; empty when nothing."""
    if absent := lacks_program(options.program, PROGRAM, package="festival", command=_SETUP):
        return absent
    voice = options.data_dir / "voices" / "russian" / VOICE
    if not voice.is_dir():
        return f"no voice at {voice}: install Debian's package festvox-ru: {_SETUP}"
    return ""
