"""Settings of ``festival``."""

from __future__ import annotations

from pathlib import Path

from app.engines.speech.common.program.options import ProgramOptions


class FestivalOptions(ProgramOptions):
    """What ``festival`` can be told."""

    data_dir: Path = Path("/usr/share/festival")
    """Festival's folder, in which the packages of its voices lie."""
