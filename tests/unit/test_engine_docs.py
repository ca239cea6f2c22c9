"""Every option of an engine is documented, and every documented one exists."""

from __future__ import annotations

import importlib
import re

import pytest
from pydantic import BaseModel

import config
from app.engines import registry

PAGE = (config.ROOT / "docs" / "engines.md").read_text(encoding="utf-8")
PLACES = {"models_dir", "cache_dir", "ffmpeg"} | {
    name for name in config.Settings.model_fields if name.startswith("sad_talker")
}
"""What the service hands over; settings of its own."""

ENTRIES = {name: entry for kinds in registry.BUILTIN.values() for name, entry in kinds.items()}


def options_of(name: str) -> set[str]:
    module, _, attribute = ENTRIES[name].options.partition(":")
    known: type[BaseModel] = getattr(importlib.import_module(module), attribute)
    return known.model_fields.keys() - PLACES


def documented() -> set[str]:
    rows = re.findall(r"^\| (`[^|]+) \|", PAGE, flags=re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`(\w+)`", row)}


@pytest.mark.parametrize("name", [name for name, entry in ENTRIES.items() if entry.options])
def test_every_option_is_documented(name: str) -> None:
    assert options_of(name) - documented() == set()


def test_every_engine_is_documented() -> None:
    assert ENTRIES.keys() - documented() == set()


def test_nothing_else_is_documented() -> None:
    known = {
        option for name, entry in ENTRIES.items() if entry.options for option in options_of(name)
    }
    own = {"threads", "voice", "length_scale"}
    assert documented() - known - own - ENTRIES.keys() == set()
