"""Which engines a worker's process keeps in memory."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Any, Literal

import pytest
from pydantic import BaseModel

import config
from app.engines import registry
from app.engines.card import AnyCard, Card
from app.engines.room import EngineRoom


class Options(BaseModel):
    """None."""


class Recorded:
    """An engine that writes down when its memory is taken and given back."""

    def __init__(self, name: str, events: list[str]) -> None:
        self.name = name
        self._events = events

    def load(self) -> None:
        self._events.append(f"load {self.name}")

    def close(self) -> None:
        self._events.append(f"close {self.name}")


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    told: list[str] = []

    def card(name: str, occupies: Literal["core", "machine", "device"]) -> AnyCard:
        def create(options: Any) -> Any:
            return Recorded(name, told)

        return Card(
            name=name,
            version="1",
            summary="",
            options=Options,
            create=create,
            languages=frozenset({"en"}),
            occupies=occupies,
        )

    speech = {
        "large": card("large", "device"),
        "larger": card("larger", "device"),
        "small": card("small", "core"),
        "steady": card("steady", "machine"),
    }

    def found(kind: str) -> registry.Found:
        cards = speech if kind == "speech" else {}
        return registry.Found(MappingProxyType(cards), MappingProxyType({}))

    monkeypatch.setattr(registry, "found", found)
    yield told


@pytest.fixture
def room() -> EngineRoom:
    def no_media(settings: config.Settings) -> Any:
        pytest.fail("nobody wants media here")

    return EngineRoom(config.load(), no_media)


def test_an_engine_is_loaded_once(room: EngineRoom, events: list[str]) -> None:
    assert room.speech_engine("large") is room.speech_engine("large")
    assert events == ["load large"]


def test_a_device_is_given_back_before_another_engine_takes_memory(
    room: EngineRoom, events: list[str]
) -> None:
    for name in ("large", "larger", "small", "larger"):
        room.speech_engine(name)
    assert events == [
        *("load large", "close large", "load larger"),
        *("close larger", "load small", "load larger"),
    ]


def test_engines_of_the_processor_stay_in_memory(room: EngineRoom, events: list[str]) -> None:
    for name in ("small", "steady", "large", "small", "steady"):
        room.speech_engine(name)
    assert events == ["load small", "load steady", "load large", "close large"]
