"""A cursor names a place in a list, and nothing else that a database could be asked for."""

from __future__ import annotations

import base64

import pytest

from app.web.problem import Malformed
from app.web.v1 import cursors


def written(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize("place", [0, 7, (1 << 63) - 1])
def test_a_place_is_read_as_it_was_told(place: int) -> None:
    assert cursors.read(cursors.told(place), cursors.IDS) == place


def test_without_a_cursor_a_list_begins() -> None:
    assert cursors.read(None, cursors.IDS) is None


@pytest.mark.parametrize("text", ["-1", str(1 << 63), "7.0", '"7"', "true", "[7]", "null", "", "{"])
def test_what_is_no_place_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        cursors.read(written(text), cursors.IDS)


def test_a_place_is_written_in_one_way() -> None:
    with pytest.raises(Malformed):
        cursors.read(written(" 7"), cursors.IDS)


@pytest.mark.parametrize("cursor", ["x", "_", "____", "Nw=="])
def test_what_is_no_base_64_is_refused(cursor: str) -> None:
    with pytest.raises(Malformed):
        cursors.read(cursor, cursors.IDS)
