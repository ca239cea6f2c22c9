"""What an installation lacks is told before any work begins, and exactly."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

import config
from app import create_app
from tests.web.conftest import Lms, envelope


@dataclass
class Site:
    """An installation, and what is said to whom asks it for SadTalker."""

    lms: Lms

    def refusal(self, settings: config.Settings, **changes: Any) -> str:
        services = replace(self.lms.services, settings=settings)
        self.lms.client = create_app(settings, services).test_client()
        response = self.lms.post(**changes)
        answer = envelope(response)
        assert (response.status_code, answer["code"]) == (503, "engine_unavailable")
        assert not (self.lms.folder / "out").exists()
        assert self.lms.examiner.asked == []
        return str(answer["message"])


@pytest.fixture
def site(lms: Lms) -> Iterator[Site]:
    yield Site(lms)
    assert not list(lms.services.settings.paths.data.glob("inputs/*"))


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "SadTalker"
    (folder / "src").mkdir(parents=True)
    (folder / "inference.py").touch()
    return folder


def with_sadtalker(
    settings: config.Settings, checkout: Path, python: Path | None = None
) -> config.Settings:
    changes = {"sad_talker_dir_path": checkout, "sad_talker_python_path": python}
    return settings.model_copy(update=changes)


@pytest.fixture
def python38(tmp_path: Path) -> Path:
    """A program that answers as Python 3.8 does when it is asked for its version."""
    program = tmp_path / "python3.8"
    program.write_text("#!/bin/sh\necho 3.8.18\n")
    program.chmod(0o755)
    return program


def test_a_checkout_that_is_not_configured(site: Site, settings: config.Settings) -> None:
    assert "SAD_TALKER_DIR_PATH is not set" in site.refusal(settings, face_engine="sadtalker")


def test_an_interpreter_that_is_missing(
    site: Site, settings: config.Settings, checkout: Path
) -> None:
    said = site.refusal(with_sadtalker(settings, checkout), face_engine="sadtalker")
    assert f"SAD_TALKER_PYTHON_PATH is no program: {checkout}/venv/bin/python" in said


def test_an_interpreter_of_another_version(
    site: Site, settings: config.Settings, checkout: Path
) -> None:
    wrong = with_sadtalker(settings, checkout, Path(sys.executable))
    said = site.refusal(wrong, face_engine="sadtalker")
    assert "must be Python 3.8" in said and "is 3.11" in said


def test_weights_that_are_missing(
    site: Site, settings: config.Settings, checkout: Path, python38: Path
) -> None:
    said = site.refusal(with_sadtalker(settings, checkout, python38), face_engine="sadtalker")
    assert "SadTalker_V0.0.2_256.safetensors is missing" in said
    assert f"put it into {checkout}/checkpoints" in said


def test_weights_of_the_chosen_size(
    site: Site, settings: config.Settings, checkout: Path, python38: Path
) -> None:
    chosen = with_sadtalker(settings, checkout, python38)
    said = site.refusal(chosen, face_engine="sadtalker", size=512)
    assert "SadTalker_V0.0.2_512.safetensors is missing" in said


def test_an_ffmpeg_that_is_missing(site: Site, settings: config.Settings, tmp_path: Path) -> None:
    media = settings.media.model_copy(update={"ffmpeg": tmp_path / "ffmpeg"})
    said = site.refusal(settings.model_copy(update={"media": media}))
    assert f"no ffmpeg program at {tmp_path}/ffmpeg" in said


def test_a_web_node_without_the_workers_engines_accepts_all_the_same(
    lms: Lms, settings: config.Settings
) -> None:
    server = settings.server.model_copy(update={"check_engines": False})
    services = replace(lms.services, settings=settings.model_copy(update={"server": server}))
    lms.client = create_app(services.settings, services).test_client()
    response = lms.post(face_engine="sadtalker", speech_engine="xtts")
    assert (response.status_code, envelope(response)["code"]) == (200, "ok")
