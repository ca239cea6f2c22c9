"""``python -m app setup``: what it does for which engine."""

from __future__ import annotations

import argparse
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from pydantic import BaseModel

import config
from app.cli import report
from app.engines import registry
from app.engines.card import AnyCard, Card, Tell
from app.errors import ConfigError


class Options(BaseModel):
    """None."""


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Path]]:
    """What was set up where, of an engine with weights, one that is mended, and a bare one."""
    done: list[tuple[str, Path]] = []

    def card(name: str, **more: Any) -> AnyCard:
        def create(_: Options) -> Any:
            pytest.fail("nothing is created here")

        return Card(name=name, version="1", summary="", options=Options, create=create, **more)

    def setting_up(name: str) -> Any:
        def setup(models_dir: Path, tell: Tell) -> None:
            tell(f"setting up {name}")
            done.append((name, models_dir))

        return setup

    cards = {
        "weighty": card("weighty", files=("weighty/model",), setup=setting_up("weighty")),
        "mended": card("mended", setup=setting_up("mended")),
        "bare": card("bare"),
    }

    def found(kind: str) -> registry.Found:
        usable = cards if kind == "speech" else {}
        return registry.Found(MappingProxyType(usable), MappingProxyType({}))

    monkeypatch.setattr(registry, "found", found)
    return done


@pytest.mark.parametrize(
    ("engine", "wanted"), [(None, "weighty"), ("weighty", "weighty"), ("mended", "mended")]
)
def test_engines_with_weights_are_set_up_and_others_when_they_are_named(
    done: list[tuple[str, Path]],
    capsys: pytest.CaptureFixture[str],
    engine: str | None,
    wanted: str,
) -> None:
    settings = config.load()
    assert report.setup(settings, argparse.Namespace(engine=engine)) == 0
    assert done == [(wanted, settings.paths.models)]
    assert capsys.readouterr().err == f"setting up {wanted}\n"


@pytest.mark.parametrize("engine", ["bare", "unknown"])
def test_an_engine_that_needs_none_is_named_with_those_that_do(
    done: list[tuple[str, Path]], engine: str
) -> None:
    with pytest.raises(ConfigError, match=f"{engine!r}; there is for: mended, weighty"):
        report.setup(config.load(), argparse.Namespace(engine=engine))
    assert done == []
