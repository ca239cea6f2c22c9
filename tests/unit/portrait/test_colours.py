"""Colours come out as a screen with their profile would show them."""

from __future__ import annotations

import io
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageCms

from app.portrait import read_picture
from benchmarks.pictures.heif import heic
from benchmarks.pictures.profiles import (
    ADOBE_RGB,
    DISPLAY_P3,
    PROPHOTO_RGB,
    ColourSpace,
    encoded,
    grey_profile,
)

Picture = npt.NDArray[np.uint8]

LOSSES = {"jpg": 3, "avif": 5}
"""What their coding alone makes of the darkest patch in ProPhoto RGB."""

PATCHES = np.array(
    [
        [(224, 172, 105), (141, 85, 36), (255, 219, 172), (60, 40, 32)],
        [(200, 60, 70), (70, 110, 160), (96, 140, 90), (128, 128, 128)],
        [(240, 240, 235), (30, 30, 34), (198, 134, 66), (180, 90, 100)],
    ],
    np.uint8,
)
"""Skin light and dark, lips, cloth and greys, as sRGB."""

CHART = np.kron(PATCHES, np.ones((24, 24, 1), np.uint8))


def delta_e(found: Picture, expected: Picture) -> float:
    """The largest difference of a patch's middle, CIE 1976."""
    middles = [
        cv2.cvtColor(picture[12::24, 12::24].astype(np.float32) / 255, cv2.COLOR_RGB2Lab)
        for picture in (found, expected)
    ]
    return float(np.linalg.norm(middles[0] - middles[1], axis=-1).max())


@pytest.mark.parametrize("suffix", ["png", "tif", "jpg", "webp", "avif"])
@pytest.mark.parametrize("space", [ADOBE_RGB, DISPLAY_P3, PROPHOTO_RGB], ids=lambda s: s.name)
def test_a_wide_colour_space_is_converted(tmp_path: Path, space: ColourSpace, suffix: str) -> None:
    stored = Image.fromarray(encoded(CHART, space))
    path = tmp_path / f"wide.{suffix}"
    fine = {"quality": 100, "subsampling": "4:4:4", "lossless": True}
    stored.save(path, None, icc_profile=space.profile(), **fine)
    assert delta_e(np.asarray(stored), CHART) > 4
    assert delta_e(read_picture(path), CHART) < LOSSES.get(suffix, 2)


def test_the_profile_of_a_heic_is_converted(tmp_path: Path) -> None:
    path = tmp_path / "photo.heic"
    wide = np.kron(encoded(CHART, DISPLAY_P3), np.ones((2, 2, 1), np.uint8))
    path.write_bytes(heic(wide, tile=64, profile=DISPLAY_P3.profile()))
    assert delta_e(read_picture(path)[::2, ::2], CHART) < 2


def test_a_picture_without_a_profile_keeps_its_colours(tmp_path: Path) -> None:
    path = tmp_path / "plain.png"
    Image.fromarray(CHART).save(path)
    assert (read_picture(path) == CHART).all()


def test_a_grey_profile_is_converted(tmp_path: Path) -> None:
    grey = np.tile(np.linspace(20, 235, 96).astype(np.uint8), (48, 1))
    linear = np.rint(255 * (grey / 255.0) ** 2.2**1.0).astype(np.uint8)
    path = tmp_path / "grey.png"
    Image.fromarray(linear).save(path, icc_profile=grey_profile(1.0))
    found = read_picture(path)[:, :, 0].astype(int)
    assert np.abs(found[0, 30:] - grey[0, 30:]).max() <= 4


@pytest.mark.parametrize("suffix", ["jpg", "tif"])
def test_ink_is_converted_by_its_profile(tmp_path: Path, suffix: str) -> None:
    """A printer's profile is not ours to pass on: one that libvips brings stands in."""
    import pyvips

    profile = bytes(pyvips.Operation.call("profile_load", "cmyk"))
    ink = ImageCms.profileToProfile(
        Image.fromarray(CHART),
        ImageCms.createProfile("sRGB"),
        io.BytesIO(profile),
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        "CMYK",
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    assert ink is not None
    path = tmp_path / f"print.{suffix}"
    ink.save(path, icc_profile=profile, quality=100)
    in_print = PATCHES.reshape(-1, 3).tolist()
    found = read_picture(path)[12::24, 12::24].reshape(-1, 3)
    for colour, shown in zip(in_print, found.tolist(), strict=True):
        assert shown == pytest.approx(colour, abs=14)


@pytest.mark.parametrize("profile", [b"no profile at all", ADOBE_RGB.profile()[:200]])
def test_a_damaged_profile_is_told_in_the_log_and_left_aside(
    tmp_path: Path, profile: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "odd.png"
    Image.fromarray(CHART).save(path, icc_profile=profile)
    assert (read_picture(path) == CHART).all()


def test_a_profile_of_another_colour_space_is_left_aside(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "odd.jpg"
    Image.fromarray(CHART).save(path, icc_profile=grey_profile(1.0), quality=100, subsampling=0)
    assert delta_e(read_picture(path), CHART) < 3
    assert "of another colour space" in caplog.text


@pytest.mark.parametrize("suffix", ["png", "tif"])
@pytest.mark.parametrize("grey", [False, True])
def test_sixteen_bits_keep_their_brightness(tmp_path: Path, suffix: str, grey: bool) -> None:
    path = tmp_path / f"deep.{suffix}"
    deep = (CHART.astype(np.uint16) * 257)[:, :, 1 if grey else slice(None)]
    # OpenCV takes blue first.
    cv2.imwrite(str(path), deep if grey else deep[:, :, ::-1])
    expected = np.repeat(CHART[:, :, 1:2], 3, axis=2) if grey else CHART
    assert np.abs(read_picture(path).astype(int) - expected).max() <= 1


@pytest.mark.parametrize("transfer", [16, 18])
def test_the_brightness_of_films_is_refused_with_what_to_do(tmp_path: Path, transfer: int) -> None:
    from app.errors import SourceImageError

    content = heic(np.kron(CHART, np.ones((2, 2, 1), np.uint8)), tile=None)
    path = tmp_path / "hdr.heic"
    sdr, hdr = b"nclx\x00\x01\x00\x0d", b"nclx\x00\x09\x00" + bytes([transfer])
    assert sdr in content
    path.write_bytes(content.replace(sdr, hdr))
    with pytest.raises(SourceImageError, match=r"HDR films .*: save it as JPEG"):
        read_picture(path)


def test_the_primaries_of_a_phone_are_converted_without_a_profile(tmp_path: Path) -> None:
    wide = np.kron(encoded(CHART, DISPLAY_P3), np.ones((2, 2, 1), np.uint8))
    content = heic(wide, tile=None)
    path = tmp_path / "p3.heic"
    path.write_bytes(content.replace(b"nclx\x00\x01\x00\x0d", b"nclx\x00\x0c\x00\x0d"))
    assert delta_e(read_picture(path)[::2, ::2], CHART) < 2
