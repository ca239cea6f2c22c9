"""What the programs lack here, told before a lecture is accepted: none of them is started."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import ValidationError

from app.engines.registry import with_places
from app.engines.speech.common.program.options import (
    FREE_VOICES,
    EspeakOptions,
    FestivalOptions,
    ProgramOptions,
    RhvoiceOptions,
)

RHVOICE = "RHVoice-test"
FESTIVAL = "festival"
ESPEAK = "espeak-ng"
"""Names of the programs on PATH."""

FESTIVAL_VOICE = "msu_ru_nsh_clunits"

Gender = Literal["f", "m"]

Options = TypeVar("Options", bound=ProgramOptions)

_LANGUAGES = {"Russian": "ru", "English": "en"}
"""Languages of RHVoice that this service writes out for it."""


@dataclass(frozen=True, slots=True)
class Installed:
    """A voice of RHVoice that is on the disk."""

    name: str
    language: str
    """ISO 639-1."""
    gender: Gender


def found(program: Path | None, name: str) -> Path | None:
    """The program that is given or, without one, that of this name on PATH."""
    if program is not None:
        return program if program.is_file() and os.access(program, os.X_OK) else None
    on_path = shutil.which(name)
    return Path(on_path) if on_path else None


def allowed_voices(options: RhvoiceOptions) -> list[Installed]:
    """Installed voices that may be chosen: the free ones, those that were added, the fixed one."""
    allowed = FREE_VOICES | options.more_voices | ({options.voice} - {None})
    return [voice for voice in installed_voices(options.data_dir) if voice.name in allowed]


def lacks_rhvoice(options: Mapping[str, Any], places: Mapping[str, Path]) -> str:
    """What ``rhvoice`` lacks here and what to do; empty when nothing."""
    chosen = _chosen(RhvoiceOptions, options, places)
    if chosen is None:
        return ""
    if absent := _absent(chosen, RHVOICE, "rhvoice of section non-free", "rhvoice"):
        return absent
    names = {voice.name for voice in allowed_voices(chosen)}
    if chosen.voice and chosen.voice not in names:
        return f"no voice {chosen.voice!r} in {chosen.data_dir}/voices"
    if not names:
        return (
            f"no free voice in {chosen.data_dir}/voices: install Debian's package rhvoice-russian "
            "of section non-free: make setup-russian"
        )
    return ""


def lacks_festival(options: Mapping[str, Any], places: Mapping[str, Path]) -> str:
    """What ``festival`` lacks here and what to do; empty when nothing."""
    chosen = _chosen(FestivalOptions, options, places)
    if chosen is None:
        return ""
    if absent := _absent(chosen, FESTIVAL, "festival", "festival"):
        return absent
    voice = chosen.data_dir / "voices" / "russian" / FESTIVAL_VOICE
    if not voice.is_dir():
        return f"no voice at {voice}: install Debian's package festvox-ru: {_command('festival')}"
    return ""


def lacks_espeak(options: Mapping[str, Any], places: Mapping[str, Path]) -> str:
    """What ``espeak`` lacks here and what to do; empty when nothing."""
    chosen = _chosen(EspeakOptions, options, places)
    return _absent(chosen, ESPEAK, "espeak-ng", "espeak") if chosen else ""


def _absent(options: ProgramOptions, name: str, package: str, engine: str) -> str:
    if found(options.program, name) is not None:
        return ""
    if options.program is not None:
        return f"no program at {options.program}"
    return f"no program {name} on PATH: install Debian's package {package}: {_command(engine)}"


def _command(engine: str) -> str:
    return "make setup-russian" if engine == "rhvoice" else f"sh tools/setup_russian.sh {engine}"


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
            gender: Gender = "f" if facts.get("gender") == "female" else "m"
            yield Installed(path.parent.name, language, gender)


def _chosen(
    known: type[Options], options: Mapping[str, Any], places: Mapping[str, Path]
) -> Options | None:
    """The options; ``None`` for wrong ones, which whoever creates the engine names."""
    try:
        return with_places(known, options, places)
    except ValidationError:
        return None
