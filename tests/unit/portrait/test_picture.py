"""Every kind of picture file that is read, and what becomes of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageChops

from app.portrait import read_picture
from benchmarks.pictures.cases import ORIENTATION, stored

SIZE = (60, 40)
RED, BLUE = (200, 30, 30), (30, 30, 200)
BACKDROP = (226, 227, 229)


def red_above_blue() -> Image.Image:
    """A landscape picture whose top and bottom differ, and left from right by brightness."""
    picture = Image.new("RGB", SIZE, BLUE)
    picture.paste(RED, (0, 0, SIZE[0], SIZE[1] // 2))
    picture.paste((255, 255, 255), (0, 0, 20, 20))
    return picture


def transparent_below() -> Image.Image:
    picture = red_above_blue().convert("RGBA")
    picture.paste((0, 0, 0, 0), (0, SIZE[1] // 2, *SIZE))
    return picture


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp", "bmp", "tif", "gif", "avif"])
def test_every_accepted_format_gives_the_same_picture(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"picture.{suffix}"
    red_above_blue().save(path, quality=95)
    picture = read_picture(path)
    assert picture.shape == (40, 60, 3)
    assert picture.dtype == np.uint8
    assert picture[10, 30].tolist() == pytest.approx(RED, abs=12)
    assert picture[30, 30].tolist() == pytest.approx(BLUE, abs=12)


def test_the_format_is_told_by_the_content_and_not_by_the_name(tmp_path: Path) -> None:
    path = tmp_path / "picture.jpg"
    red_above_blue().save(path, "PNG")
    assert tuple(read_picture(path)[10, 30]) == RED


def test_the_first_picture_of_an_mpo_is_read(tmp_path: Path) -> None:
    path = tmp_path / "picture.mpo"
    second = Image.new("RGB", SIZE)
    red_above_blue().save(path, save_all=True, append_images=[second], quality=95)
    assert read_picture(path)[10, 30].tolist() == pytest.approx(RED, abs=12)


def test_the_first_page_of_a_tiff_is_read(tmp_path: Path) -> None:
    path = tmp_path / "picture.tiff"
    red_above_blue().save(path, save_all=True, append_images=[Image.new("RGB", SIZE)])
    assert tuple(read_picture(path)[10, 30]) == RED


@pytest.mark.parametrize("suffix", ["gif", "webp", "png"])
def test_the_first_picture_of_an_animation_is_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"moving.{suffix}"
    second = Image.new("RGB", SIZE)
    red_above_blue().save(
        path, save_all=True, append_images=[second], duration=100, quality=95, lossless=True
    )
    assert read_picture(path)[10, 30].tolist() == pytest.approx(RED, abs=12)


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "gif", "avif"])
def test_what_a_camera_writes_behind_the_picture_does_not_matter(
    tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"picture.{suffix}"
    red_above_blue().save(path, quality=95)
    path.write_bytes(path.read_bytes() + b"SEFHk\0\0\0" + bytes(500))
    assert read_picture(path)[10, 30].tolist() == pytest.approx(RED, abs=12)


def test_stray_bytes_between_the_segments_of_a_jpeg_do_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "picture.jpg"
    red_above_blue().save(path, quality=95)
    content = path.read_bytes()
    place = content.index(b"\xff\xdb")
    path.write_bytes(content[:place] + b"\x00\x17\x2a" + content[place:])
    assert read_picture(path)[10, 30].tolist() == pytest.approx(RED, abs=12)


@pytest.mark.parametrize(
    ("mode", "suffix"),
    [
        ("RGB", "png"),
        ("RGBA", "png"),
        ("P", "png"),
        ("CMYK", "tif"),
        ("YCbCr", "tif"),
        ("RGBX", "tif"),
        ("PA", "tif"),
    ],
)
def test_every_colour_mode_keeps_its_colours(tmp_path: Path, mode: str, suffix: str) -> None:
    path = tmp_path / f"picture.{suffix}"
    source = red_above_blue()
    if mode in ("P", "PA"):
        source = source.quantize(3)
    source.convert(mode).save(path)
    picture = read_picture(path)
    assert picture[10, 30].tolist() == pytest.approx(RED, abs=12)
    assert picture[30, 30].tolist() == pytest.approx(BLUE, abs=12)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "I;16"])
def test_every_grey_mode_keeps_its_brightness(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "picture.png"
    ramp = np.repeat(np.array([[255], [0]], np.uint8), 20, axis=0)
    grey = np.tile(ramp, (1, 60))
    if mode == "I;16":
        Image.fromarray(grey.astype(np.uint16) * 257).save(path)
    else:
        Image.fromarray(grey).convert(mode).save(path)
    picture = read_picture(path)
    assert tuple(picture[10, 30]) == (255, 255, 255)
    assert tuple(picture[30, 30]) == (0, 0, 0)


def test_sixteen_bits_are_cut_to_eight_and_not_clipped(tmp_path: Path) -> None:
    path = tmp_path / "grey.png"
    Image.fromarray(np.full((40, 60), 0x8000, np.uint16)).save(path)
    assert tuple(read_picture(path)[0, 0]) == (128, 128, 128)


def test_a_cmyk_jpeg_of_adobe_is_not_read_as_its_negative(tmp_path: Path) -> None:
    path = tmp_path / "print.jpg"
    red_above_blue().convert("CMYK").save(path, quality=95)
    assert b"Adobe" in path.read_bytes()[:200]
    assert read_picture(path)[10, 30].tolist() == pytest.approx(RED, abs=12)


@pytest.mark.parametrize("suffix", ["png", "webp"])
def test_transparency_becomes_the_light_backdrop(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"cut-out.{suffix}"
    transparent_below().save(path, lossless=True)
    picture = read_picture(path)
    assert tuple(picture[10, 30]) == RED
    assert tuple(picture[30, 30]) == BACKDROP


def test_half_transparency_is_mixed_with_the_backdrop(tmp_path: Path) -> None:
    path = tmp_path / "veil.png"
    Image.new("RGBA", SIZE, (0, 0, 0, 128)).save(path)
    assert read_picture(path)[0, 0].tolist() == pytest.approx([113, 113, 114], abs=1)


def test_a_transparent_palette_colour_becomes_the_backdrop(tmp_path: Path) -> None:
    path = tmp_path / "palette.png"
    picture = Image.new("P", SIZE, 0)
    picture.putpalette([*RED, *BLUE])
    picture.paste(1, (0, 20, *SIZE))
    picture.save(path, transparency=1)
    read = read_picture(path)
    assert tuple(read[10, 30]) == RED
    assert tuple(read[30, 30]) == BACKDROP


def test_a_transparent_grey_becomes_the_backdrop(tmp_path: Path) -> None:
    path = tmp_path / "grey.png"
    Image.new("LA", SIZE, (10, 0)).save(path)
    assert tuple(read_picture(path)[0, 0]) == (227, 227, 227)


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif", "avif"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_exif_orientation_comes_out_upright(
    tmp_path: Path, orientation: int, suffix: str
) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    path = tmp_path / f"turned.{suffix}"
    stored(red_above_blue(), orientation).save(path, exif=exif, quality=95)
    read = Image.fromarray(read_picture(path))
    assert read.size == SIZE
    difference = np.asarray(ImageChops.difference(read, red_above_blue()))
    assert difference.mean() < 8


def test_an_unreadable_exif_block_leaves_the_picture_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "odd.png"
    red_above_blue().save(path, exif=b"Exif\x00\x00this is no TIFF header")
    assert tuple(read_picture(path)[10, 30]) == RED


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif", "bmp", "gif"])
def test_a_very_large_picture_is_reduced(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"wide.{suffix}"
    red_above_blue().resize((4800, 840)).save(path)
    picture = read_picture(path)
    assert picture.shape == (700, 4000, 3)
    assert picture[50, 3000].tolist() == pytest.approx(RED, abs=12)


def test_colours_under_transparency_do_not_come_through_when_a_picture_is_reduced(
    tmp_path: Path,
) -> None:
    path = tmp_path / "wide.png"
    picture = Image.new("RGBA", (4800, 64), (0, 0, 0, 0))
    picture.paste((200, 130, 130, 255), (0, 0, 2401, 64))
    picture.save(path)
    edge = read_picture(path)[20, 1980:2020].astype(int)
    assert edge[0].tolist() == [200, 130, 130]
    assert edge[-1].tolist() == list(BACKDROP)
    assert edge.min() > 100
