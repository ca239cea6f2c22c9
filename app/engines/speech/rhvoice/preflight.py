"""What RHVoice lacks here and which voices it has, told without starting it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from app.engines.speech.common.program.preflight import lacks_program
from app.engines.speech.rhvoice.options import FREE_VOICES, RhvoiceOptions

PROGRAM = "RHVoice-test"
"""Its name on PATH."""

SETUP = "make setup-russian"

_LANGUAGES = {"Russian": "ru", "English": "en"}
"""Languages of RHVoice that this service writes out for it."""


@dataclass(frozen=True, slots=True)
class Installed:
    """A voice of RHVoice that is on the disk."""

    name: str
    language: str
    """ISO 639-1."""
    gender: Literal["f", "m"]


def lacks(options: RhvoiceOptions) -> str:
    """What is not here and what to do; empty when nothing."""
    if absent := lacks_program(
        options.program, PROGRAM, package="rhvoice of section non-free", command=SETUP
    ):
        return absent
    names = {voice.name for voice in allowed_voices(options)}
    if options.voice and options.voice not in names:
        return f"no voice {options.voice!r} in {options.data_dir}/voices"
    if not names:
        return (
            f"no free voice in {options.data_dir}/voices: install Debian's package "
            f"rhvoice-russian of section non-free: {SETUP}"
        )
    return ""


def allowed_voices(options: RhvoiceOptions) -> list[Installed]:
    """Installed voices that may be chosen: the free ones, those that were added, the fixed one."""
    allowed = FREE_VOICES | options.more_voices | ({options.voice} - {None})
    return [voice for voice in installed_voices(options.data_dir) if voice.name in allowed]


def installed_voices(data_dir: Path) -> Iterator[Installed]:
    """By name; without those of languages that this service does not write out for RHVoice."""
    for path in sorted(data_dir.glob("voices/*/voice.info")):
        facts = dict(
            line.split("=", 1)
            for line in path.read_text(encoding="utf-8").splitlines()
            if "=" in line
        )
        language = _LANGUAGES.get(facts.get("language", ""))
        if language:
            gender: Literal["f", "m"] = "f" if facts.get("gender") == "female" else "m"
            yield Installed(path.parent.name, language, gender)
