"""A small square picture of a face."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import config
from app.errors import SourceImageError
from app.portrait import FaceFinder
from app.portrait.thumbnail import square_around, write_thumbnail

WOMAN = config.ROOT / "samples" / "lecturer-woman.jpg"
PICTURE = np.zeros((400, 600, 3), np.uint8)


def test_a_thumbnail_shows_the_face_in_its_middle(tmp_path: Path) -> None:
    write_thumbnail(WOMAN, tmp_path / "small.jpg")
    with Image.open(tmp_path / "small.jpg") as small:
        assert (small.format, small.size) == ("JPEG", (320, 320))
        face = FaceFinder().find(np.asarray(small.convert("RGB")))
    left, top, width, height = face.box
    assert left + width / 2 == pytest.approx(160, abs=25)
    assert top + height / 2 == pytest.approx(160, abs=60)
    assert 100 < height < 240


def test_a_picture_without_a_face_has_none(tmp_path: Path) -> None:
    Image.new("RGB", (300, 300), "white").save(tmp_path / "white.png")
    with pytest.raises(SourceImageError):
        write_thumbnail(tmp_path / "white.png", tmp_path / "small.jpg")
    assert not (tmp_path / "small.jpg").exists()


@pytest.mark.parametrize("box", [(0, 0, 60, 80), (540, 320, 60, 80), (270, 160, 60, 80)])
def test_the_square_stays_within_the_picture(box: tuple[float, float, float, float]) -> None:
    assert square_around(box, PICTURE).shape == (160, 160, 3)


def test_a_large_face_has_as_much_as_there_is() -> None:
    assert square_around((100, 0, 300, 380), PICTURE).shape == (400, 400, 3)
