from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.engines import registry
from app.engines.speech.rhvoice.options import RhvoiceOptions
from app.engines.speech.rhvoice.preflight import allowed_voices
from config import ROOT

PLACES = {"models_dir": Path("models")}


def lacks(name: str, options: dict[str, Any]) -> str:
    return registry.card("speech", name).lacks(options, PLACES)


@pytest.fixture
def voices(tmp_path: Path) -> Path:
    for name, language, gender in (
        ("anna", "Russian", "female"),
        ("pavel", "Russian", "male"),
        ("natia", "Georgian", "female"),
    ):
        folder = tmp_path / "data" / "voices" / name
        folder.mkdir(parents=True)
        (folder / "voice.info").write_text(f"name={name}\nlanguage={language}\ngender={gender}\n")
    return tmp_path / "data"


@pytest.mark.parametrize(
    ("name", "package", "command"),
    [
        ("rhvoice", "rhvoice of section non-free", "make setup-russian"),
        ("festival", "festival", "sh tools/setup_russian.sh festival"),
        ("espeak", "espeak-ng", "sh tools/setup_russian.sh espeak"),
    ],
)
def test_a_missing_program_is_named_with_package_and_command(
    name: str, package: str, command: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert f"install Debian's package {package}: {command}" in lacks(name, {})


def test_a_program_that_is_set_and_absent_is_named(tmp_path: Path) -> None:
    assert lacks("espeak", {"program": tmp_path / "x"}) == f"no program at {tmp_path / 'x'}"


def test_missing_voices_are_named(program: Callable[[str], Path], tmp_path: Path) -> None:
    options = {"program": program("exit 0"), "data_dir": tmp_path}
    assert "rhvoice-russian" in lacks("rhvoice", options)
    assert "festvox-ru" in lacks("festival", options)


def test_only_free_voices_speak_unless_others_are_named(voices: Path) -> None:
    def names(**options: Any) -> list[str]:
        return [v.name for v in allowed_voices(RhvoiceOptions(data_dir=voices, **options))]

    assert names() == ["anna"]
    assert names(more_voices={"pavel"}) == ["anna", "pavel"]
    assert names(voice="pavel") == ["anna", "pavel"]


def test_a_fixed_voice_that_is_not_installed_is_named(
    voices: Path, program: Callable[[str], Path]
) -> None:
    options = {"program": program("exit 0"), "data_dir": voices, "voice": "elena"}
    assert lacks("rhvoice", options) == f"no voice 'elena' in {voices}/voices"


def test_nothing_is_lacking_where_program_and_voice_are(
    voices: Path, program: Callable[[str], Path]
) -> None:
    assert lacks("rhvoice", {"program": program("exit 0"), "data_dir": voices}) == ""


@pytest.mark.parametrize("name", ["rhvoice", "festival", "espeak"])
def test_a_misspelt_option_is_told_without_the_program(name: str) -> None:
    assert "sped" in registry.card("speech", name).misfit({"sped": 2}, PLACES)


def test_the_web_process_needs_no_numeric_framework_to_ask() -> None:
    code = (
        "import sys; from pathlib import Path; from app.engines import registry\n"
        "for name in ('rhvoice', 'festival', 'espeak'):\n"
        "    card = registry.card('speech', name)\n"
        "    card.lacks({}, {'models_dir': Path()}); card.misfit({}, {'models_dir': Path()})\n"
        "assert not {'numpy', 'scipy', 'onnxruntime', 'soxr'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
