"""Every option of an engine is documented, and every documented one exists."""

from __future__ import annotations

import re

import pytest

import config
from app.engines import registry

PAGE = (config.ROOT / "docs" / "engines.md").read_text(encoding="utf-8")
PLACES = {"models_dir", "cache_dir", "ffmpeg"} | {
    name for name in config.Settings.model_fields if name.startswith("sad_talker")
}
"""What the service hands over; settings of its own."""

CARDS = {card.name: card for kind in registry.GROUPS for card in registry.builtin(kind).values()}


def options_of(name: str) -> set[str]:
    return set(CARDS[name].options.model_fields) - PLACES


def documented() -> set[str]:
    rows = re.findall(r"^\| (`[^|]+) \|", PAGE, flags=re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`(\w+)`", row)}


@pytest.mark.parametrize("name", CARDS)
def test_every_option_is_documented(name: str) -> None:
    assert options_of(name) - documented() == set()


def test_every_engine_is_documented() -> None:
    assert CARDS.keys() - documented() == set()


def test_nothing_else_is_documented() -> None:
    known = {option for name in CARDS for option in options_of(name)}
    assert documented() - known - CARDS.keys() == set()
