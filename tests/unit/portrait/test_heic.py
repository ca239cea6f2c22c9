"""HEIC as phones write it: in tiles, turned, with a profile."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import app.portrait.heic
import app.portrait.pixels
from app.errors import SourceImageError
from app.portrait import read_picture
from benchmarks.pictures.cases import ORIENTATION, stored
from benchmarks.pictures.heif import heic
from tests.unit.portrait.conftest import Picture
from tests.unit.portrait.test_picture import red_above_blue


def as_stored(orientation: int) -> Picture:
    return np.asarray(stored(red_above_blue().resize((300, 200)), orientation))


def off(read: object, size: tuple[int, int]) -> float:
    """Mean difference to what should be shown."""
    expected = np.asarray(red_above_blue().resize(size), np.int16)
    found = np.asarray(read, np.int16)
    assert found.shape == expected.shape
    return float(np.abs(found - expected).mean())


@pytest.mark.parametrize("tile", [None, 128])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_comes_out_upright(
    tmp_path: Path, orientation: int, tile: int | None
) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(heic(as_stored(orientation), tile=tile, orientation=orientation))
    assert off(read_picture(path), (300, 200)) < 4


@pytest.mark.parametrize("pixels", [60_000, 15_000])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_tiles_are_reduced_one_by_one_and_meet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, orientation: int, pixels: int
) -> None:
    monkeypatch.setattr(app.portrait.pixels, "LONGEST_SIDE", 150)
    monkeypatch.setattr(app.portrait.heic, "_MOST_PIXELS_TOGETHER", pixels)
    path = tmp_path / "photo.heic"
    path.write_bytes(heic(as_stored(orientation), tile=128, orientation=orientation))
    assert off(read_picture(path), (150, 100)) < 4


def test_a_large_picture_in_one_piece_is_reduced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app.portrait.pixels, "LONGEST_SIDE", 150)
    path = tmp_path / "photo.heic"
    path.write_bytes(heic(as_stored(6), tile=None, orientation=6))
    assert off(read_picture(path), (150, 100)) < 4


def test_a_picture_in_one_piece_has_a_bound_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app.portrait.pixels, "LONGEST_SIDE", 150)
    monkeypatch.setattr(app.portrait.heic, "_MOST_MEGAPIXELS_IN_ONE_PIECE", 0)
    path = tmp_path / "photo.heic"
    path.write_bytes(heic(as_stored(1), tile=None))
    with pytest.raises(SourceImageError, match="that are read of a HEIC in one piece: save it"):
        read_picture(path)


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("tile", [None, 128])
def test_a_truncated_picture_is_refused(tmp_path: Path, tile: int | None, kept: float) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (256, 256, 3), np.uint8)
    content = heic(noise, tile=tile)
    path = tmp_path / "half.heic"
    path.write_bytes(content[: int(len(content) * kept)])
    with pytest.raises(SourceImageError, match=r"^the picture is damaged"):
        read_picture(path)


def test_an_avif_is_read_and_turned(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    path = tmp_path / "photo.avif"
    Image.fromarray(as_stored(6)).save(path, exif=exif, quality=90)
    assert off(read_picture(path), (300, 200)) < 4
