"""Settings from YAML and the environment."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import config
from app.errors import ConfigError
from tools import document_settings


@pytest.fixture
def yaml_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "settings.yaml"
    monkeypatch.setenv("VIDEOLECTURE_CONFIG", str(path))
    return path


def test_the_file_beside_the_program_is_valid() -> None:
    assert config.load().server.host == "127.0.0.1"


def test_yaml_sets_a_value(yaml_file: Path) -> None:
    yaml_file.write_text("server: {port: 8080}\n")
    assert config.load().server.port == 8080


def test_the_environment_wins_over_yaml_and_leaves_its_neighbours(
    yaml_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    yaml_file.write_text("server: {port: 8080, threads: 9}\n")
    monkeypatch.setenv("VIDEOLECTURE_SERVER__PORT", "9090")
    settings = config.load()
    assert (settings.server.port, settings.server.threads) == (9090, 9)


def test_the_documented_variables_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIDEOLECTURE_PATHS__ROOTS", '["/srv/lectures"]')
    monkeypatch.setenv("VIDEOLECTURE_JOBS__DATABASE_URL", "sqlite:////var/lib/videolecture/jobs.db")
    settings = config.load()
    assert settings.paths.roots == (Path("/srv/lectures"),)
    assert settings.jobs.database_url == "sqlite:////var/lib/videolecture/jobs.db"


def test_sadtalkers_settings_keep_their_names(
    yaml_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    yaml_file.write_text(
        "SAD_TALKER_DIR_PATH: /srv/one\nSAD_TALKER_INFERENCE: /srv/one/inference.py\n"
    )
    monkeypatch.setenv("SAD_TALKER_DIR_PATH", "/srv/two")
    monkeypatch.setenv("SAD_TALKER_PYTHON_PATH", "/opt/python3.8")
    settings = config.load()
    assert settings.sad_talker_dir_path == Path("/srv/two")
    assert settings.sad_talker_python_path == Path("/opt/python3.8")
    assert settings.sad_talker_inference == Path("/srv/one/inference.py")


def test_settings_survive_the_way_to_a_worker(
    yaml_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    yaml_file.write_text("SAD_TALKER_DIR_PATH: /srv/one\nserver: {port: 8080}\n")
    settings = config.load()
    yaml_file.write_text("")
    assert config.load(**json.loads(settings.model_dump_json())) == settings


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("server: {prot: 1}\n", "server.prot"),
        ("sever: {port: 1}\n", "sever"),
        ("server: {port: many}\n", "server.port"),
        ("server: {port: 0}\n", "server.port"),
    ],
)
def test_a_wrong_setting_is_named(yaml_file: Path, text: str, named: str) -> None:
    yaml_file.write_text(text)
    with pytest.raises(ConfigError, match=re.escape(named)):
        config.load()


@pytest.mark.parametrize(
    ("variable", "named"),
    [
        ("VIDEOLECTURE_SERVER__PROT", "server.prot"),
        ("VIDEOLECTURE_PATH__ROOTS", "VIDEOLECTURE_PATH__ROOTS"),
        ("VIDEOLECTURE_PORT", "VIDEOLECTURE_PORT"),
    ],
)
def test_a_misspelt_variable_is_refused(
    monkeypatch: pytest.MonkeyPatch, variable: str, named: str
) -> None:
    monkeypatch.setenv(variable, "1")
    with pytest.raises(ConfigError, match=re.escape(named)):
        config.load()


def test_a_missing_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIDEOLECTURE_CONFIG", "/nowhere/settings.yaml")
    with pytest.raises(ConfigError, match=re.escape("/nowhere/settings.yaml")):
        config.load()


def test_malformed_yaml_is_a_configuration_error(yaml_file: Path) -> None:
    yaml_file.write_text("server: [\n")
    with pytest.raises(ConfigError):
        config.load()


def test_the_page_of_settings_is_up_to_date() -> None:
    written = document_settings.PAGE.read_text(encoding="utf-8")
    assert written == document_settings.page(), "run: python tools/document_settings.py"
