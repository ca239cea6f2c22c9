"""What espeak-ng lacks here, told without starting it."""

from __future__ import annotations

from app.engines.speech.common.program.preflight import lacks_program
from app.engines.speech.espeak.options import EspeakOptions

PROGRAM = "espeak-ng"
"""Its name on PATH."""


def lacks(options: EspeakOptions) -> str:
    """What is not here and what to do; empty when nothing."""
    command = "sh tools/setup_russian.sh espeak"
    return lacks_program(options.program, PROGRAM, package="espeak-ng", command=command)
