"""What engines that are programs of the system have in common."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from app.engines.speech.common.program.options import ProgramOptions
from app.engines.speech.common.program.preflight import found
from app.engines.speech.common.speaking import Phrased
from app.engines.speech.common.voiceprint import VoicePrint, VoicePrints
from app.errors import EngineUnavailable

if TYPE_CHECKING:
    from pathlib import Path

Settings = TypeVar("Settings", bound=ProgramOptions)


class Program(Phrased, Generic[Settings]):
    """A program that is started for every sentence: nothing of it stays in memory."""

    program: ClassVar[str]
    """Its name on PATH."""

    def __init__(self, options: Settings) -> None:
        self._options = options

    def load(self) -> None:
        """Look whether program and voices are there."""
        if lacking := self._lacking():
            raise EngineUnavailable(lacking)

    def close(self) -> None:
        """Nothing is held."""

    @abstractmethod
    def _lacking(self) -> str:
        """What is not there and what to do; empty when nothing."""

    def _found(self) -> Path:
        """The program, which may have been removed since it was looked for."""
        program = found(self._options.program, self.program)
        if program is None:
            raise EngineUnavailable(self._lacking())
        return program


class MatchingProgram(Program[Settings]):
    """One whose voice is chosen by the sample."""

    def __init__(self, options: Settings) -> None:
        super().__init__(options)
        self._prints = VoicePrints(options.cache_dir, ffmpeg=options.ffmpeg)

    def voice(self, sample: Path) -> VoicePrint:
        """What tells this voice from others; measured once per sample."""
        return self._prints.of(sample)
