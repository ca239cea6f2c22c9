"""The package of docs/adding-an-engine.md, installed and used as that page says."""

from __future__ import annotations

import importlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import config
from app.engines.card import AnyCard
from app.errors import Cancelled, LanguageError
from app.media.probe import probe
from app.ports.speech import SpeechEngine
from tests.contract.test_speech_engines import Stop, check_spoken, spoken
from tests.e2e.conftest import SAMPLES, environment_of

SOURCE = config.ROOT / "docs" / "tutorial-plugin"
PAGE = config.ROOT / "docs" / "adding-an-engine.md"

_QUOTED = re.compile(r"^`([\w./-]+)`:\n\n```\w+\n(.*?)^```", re.MULTILINE | re.DOTALL)
_INSTALL = "import setuptools; setuptools.setup()"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the package is installed, as pip does, but without building a wheel."""
    place = tmp_path_factory.mktemp("plugin")
    source = shutil.copytree(SOURCE, place / "source")
    command = [sys.executable, "-c", _INSTALL, "--quiet", "install"]
    command += ["--single-version-externally-managed", f"--record={place / 'record'}"]
    command += [f"--install-lib={place / 'lib'}"]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    return place / "lib"


def run(place: Path, installed: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        cwd=config.ROOT,
        env=environment_of(place, place / "models") | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_it_is_listed_with_its_languages(tmp_path: Path, installed: Path) -> None:
    done = run(tmp_path, installed, "engines", "--json")
    (row,) = [row for row in json.loads(done.stdout) if row["name"] == "tones"]
    assert row["available"] and row["languages"] == ["eo", "vo"]


@pytest.mark.slow
def test_doctor_examines_it(tmp_path: Path, installed: Path) -> None:
    done = run(tmp_path, installed, "doctor", "--engine", "tones")
    assert "ok    speech engine tones, alphabet: all letters are there" in done.stdout
    assert "ok    speech engine tones: loads" in done.stdout


@pytest.mark.slow
def test_a_lecture_in_its_language_is_made(tmp_path: Path, installed: Path) -> None:
    (tmp_path / "lecture.txt").write_text("Glidö, vol._;Sekretö.", encoding="utf-8")
    done = run(
        *(tmp_path, installed, "render", "--id", "7", "--size", "256"),
        *("--speech", "tones", "--language", "vo", "--text", str(tmp_path / "lecture.txt")),
        *("--face", str(SAMPLES / "lecturer-man.jpg"), "--voice", str(SAMPLES / "voice.wav")),
        *("--out", str(tmp_path / "out")),
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [[1], [2]]
    final = tmp_path / "out" / "final"
    assert probe(final / "lecture_7.mp4").width == 256
    assert "Sekretö." in (final / "lecture_7.vtt").read_text(encoding="utf-8")
    manifest = json.loads((final / "manifest_7.json").read_text(encoding="utf-8"))
    assert "tones" in json.dumps(manifest)


@pytest.fixture
def card(monkeypatch: pytest.MonkeyPatch) -> AnyCard:
    monkeypatch.syspath_prepend(str(SOURCE))
    card: AnyCard = importlib.import_module("videolecture_tones.card").CARD
    return card


def test_it_keeps_the_contract(card: AnyCard) -> None:
    engine = card.create(card.chosen({}, {}))
    assert isinstance(engine, SpeechEngine)
    engine.load()
    for language in card.languages:
        check_spoken(engine, language)
    with pytest.raises(LanguageError, match="xx"):
        spoken(engine, "Guten Tag.", "xx")
    voice = engine.voice(SAMPLES / "voice.wav")
    with pytest.raises(Cancelled):
        engine.synthesize("Glidö.", voice, "vo", Stop())
    engine.close()


def test_its_check_says_what_to_do(card: AnyCard, tmp_path: Path) -> None:
    assert card.lacks({}, {}) == ""
    assert "write one" in card.lacks({"alphabet": tmp_path / "none"}, {})


def test_its_options_act(card: AnyCard) -> None:
    def seconds(**options: float) -> float:
        engine = card.create(card.chosen(options, {}))
        assert isinstance(engine, SpeechEngine)
        return spoken(engine, "abc", "eo").words[0].end

    assert seconds(letter_seconds=0.24) - 0.1 == pytest.approx(2 * (seconds() - 0.1), abs=0.001)


def test_the_page_shows_the_code_as_it_is() -> None:
    quoted = _QUOTED.findall(PAGE.read_text(encoding="utf-8"))
    assert {name for name, _ in quoted} == {
        "pyproject.toml",
        *(f"videolecture_tones/{name}.py" for name in ("options", "alphabets", "card", "engine")),
    }
    for name, code in quoted:
        assert code in (SOURCE / name).read_text(encoding="utf-8"), name
