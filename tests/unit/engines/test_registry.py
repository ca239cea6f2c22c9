"""Engines that installed packages bring, whole and broken."""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

import config
from app.cli import doctor, report
from app.engines import configured, registry
from app.engines.choice import choose_speech_engine
from app.errors import ConfigError, EngineUnavailable, LanguageError

CARD = """
from pydantic import BaseModel, ConfigDict
from app.engines.card import Card


class Options(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    pitch: float = 1.0


CARD = Card(
    name="nightingale",
    version="1",
    summary="sings",
    options=Options,
    create=lambda options: options,
    languages=frozenset({"vo"}),
    check=lambda options: "no tree" if options.pitch > 2 else "",
)
MUTE = Card(name="mute", version="1", summary="", options=Options, create=lambda options: options)


class Nightingale:
    Options = Options
"""

Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Puts a package with a card there, and entry points ``name=value``."""
    (tmp_path / "nightingale_lecture.py").write_text(CARD, encoding="utf-8")
    (tmp_path / "broken_lecture.py").write_text("import no_such_module_at_all", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))

    def put(**points: str) -> None:
        def entry_points(*, group: str) -> list[EntryPoint]:
            if group != registry.GROUPS["speech"]:
                return []
            return [EntryPoint(name, value, group) for name, value in points.items()]

        monkeypatch.setattr(registry, "entry_points", entry_points)
        registry.found.cache_clear()

    yield put
    monkeypatch.undo()
    registry.found.cache_clear()


def test_a_package_brings_languages_options_and_a_check(install: Install) -> None:
    install(nightingale="nightingale_lecture:CARD")
    settings = config.load(speech={"options": {"nightingale": {"pitch": 3.0}}})
    card = registry.card("speech", "nightingale")
    assert card.languages == {"vo"}
    assert "volume" in card.misfit({"volume": 1}, {})
    with pytest.raises(EngineUnavailable, match="no tree"):
        choose_speech_engine(settings, "vo", "nightingale")
    with pytest.raises(LanguageError, match="engines that do: nightingale"):
        choose_speech_engine(settings, "vo", None)
    assert choose_speech_engine(config.load(), "vo", "nightingale") == "nightingale"


def test_an_entry_point_that_names_an_engine_class_is_told_what_to_name(install: Install) -> None:
    install(nightingale="nightingale_lecture:Nightingale")
    with pytest.raises(ConfigError) as error:
        registry.card("speech", "nightingale")
    assert 'nightingale = "nightingale_lecture.card:CARD"' in str(error.value)


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("broken", "broken_lecture:CARD", "cannot be imported, ModuleNotFoundError"),
        ("nightingale", "nightingale_lecture:NONE", "cannot be imported"),
        ("kokoro", "nightingale_lecture:CARD", "another speech engine has this name"),
        ("lark", "nightingale_lecture:CARD", "calls itself 'nightingale'"),
        ("mute", "nightingale_lecture:MUTE", "names no languages"),
    ],
)
def test_a_broken_package_is_left_out_and_the_log_says_why(
    install: Install, name: str, value: str, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    install(**{name: value})
    with caplog.at_level(logging.WARNING):
        assert registry.cards("speech").keys() == registry.builtin("speech").keys()
    assert f"engine left out kind=speech name={name}" in caplog.text
    ((kind, told, reason),) = registry.broken()
    assert (kind, told) == ("speech", name)
    assert why in reason


def test_a_broken_package_is_told_by_the_list_of_engines_and_by_doctor(
    install: Install, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    install(broken="broken_lecture:CARD")
    settings = config.load(
        paths={"data": str(tmp_path)},
        jobs={"database_url": f"sqlite:///{tmp_path}/jobs.db"},
    )
    report.engines(settings, argparse.Namespace(json=True))
    (row,) = [row for row in json.loads(capsys.readouterr().out) if row["name"] == "broken"]
    assert not row["available"] and "ModuleNotFoundError: the log tells more" in row["lacks"]
    told = {finding.what: finding for finding in doctor.findings(settings, ["broken"])}
    finding = told["speech engine broken"]
    assert not finding.ok and "ModuleNotFoundError: the log tells more" in finding.says
    assert "no_such_module" not in row["lacks"] + finding.says


def test_choosing_a_broken_engine_says_so_without_its_traceback(install: Install) -> None:
    install(broken="broken_lecture:CARD")
    with pytest.raises(
        EngineUnavailable, match="'broken' is installed, but cannot be used"
    ) as told:
        choose_speech_engine(config.load(), "en", "broken")
    assert "no_such_module" not in str(told.value)
    with pytest.raises(ConfigError, match="cannot be imported, ModuleNotFoundError"):
        registry.card("speech", "broken")


def test_a_setting_outside_the_sections_reaches_the_engine_whose_options_have_its_name(
    tmp_path: Path,
) -> None:
    usual = config.load()
    settings = usual.model_copy(update={"sad_talker_dir_path": tmp_path})
    (name,) = configured.named(settings, "face") - configured.named(usual, "face")
    options = registry.checked_options("face", name, {}, configured.places(settings))
    assert options.model_dump()["sad_talker_dir_path"] == tmp_path
