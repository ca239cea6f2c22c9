"""The page about the architecture says what the code says."""

from __future__ import annotations

import re

import pytest

import config
from tools import draw_rooms

ROWS = draw_rooms.layers()
ROOMS = [room for row in ROWS for room in row]


@pytest.fixture(scope="module")
def imports() -> dict[str, set[str]]:
    return draw_rooms.imports(ROOMS)


def test_the_picture_shows_the_imports_of_today(imports: dict[str, set[str]]) -> None:
    drawn = draw_rooms.picture(ROWS, draw_rooms.reduced(imports))
    assert drawn == draw_rooms.PICTURE.read_text("utf-8"), "run: python -m tools.draw_rooms"


def test_the_table_says_what_the_rooms_say_of_themselves() -> None:
    written = draw_rooms.PAGE.read_text("utf-8")
    assert written == draw_rooms.page(written, ROWS), "run: python -m tools.draw_rooms"


def test_every_room_says_what_it_is() -> None:
    rows = draw_rooms.table(ROWS).splitlines()[2:]
    assert len(rows) >= len(ROOMS)
    assert not [row for row in rows if row.endswith("|  |")]


def test_every_place_that_the_page_names_exists() -> None:
    written = draw_rooms.PAGE.read_text("utf-8")
    places = re.findall(r"`((?:app|sadtalker_bridge|docs|tools|tests)/[\w/.-]*)`", written)
    missing = [
        place
        for place in places
        if not (config.ROOT / place).exists() and not (config.ROOT / f"{place}.py").exists()
    ]
    assert places and missing == []


def test_no_module_is_longer_than_a_reader_has_patience_for() -> None:
    lengths = {
        path.relative_to(config.ROOT).as_posix(): len(path.read_text("utf-8").splitlines())
        for folder in ("app", "sadtalker_bridge")
        for path in (config.ROOT / folder).rglob("*.py")
    }
    assert {name: length for name, length in lengths.items() if length > 300} == {}
