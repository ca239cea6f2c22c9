"""About two hundred pictures of a few portraits, each with what should be said of it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from benchmarks.pictures.covers import COVERS
from benchmarks.pictures.heif import heic
from benchmarks.pictures.profiles import ADOBE_RGB, DISPLAY_P3, PROPHOTO_RGB, encoded

Picture = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]

ORIENTATION = 0x0112

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def stored(shown: Image.Image, orientation: int) -> Image.Image:
    """A picture as it is stored under an EXIF orientation."""
    turn = _TURNS.get(orientation)
    return shown if turn is None else shown.transpose(turn)


def lit(picture: Picture, share: float) -> Picture:
    """In so much of its light."""
    return (picture * np.float32(share)).clip(0, 255).astype(np.uint8)


def blurred(picture: Picture, landmarks: Floats, share: float) -> Picture:
    """Out of focus, by a share of the distance between the outer corners of the eyes."""
    eyes = float(np.linalg.norm(landmarks[33, :2] - landmarks[263, :2]))
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), share * eyes), np.uint8)


@dataclass(frozen=True, slots=True)
class Portrait:
    """A good picture, and where its face is."""

    name: str
    picture: Picture
    landmarks: Floats


@dataclass(frozen=True, slots=True)
class Case:
    """One file."""

    group: str
    name: str
    make: Callable[[], bytes] = field(repr=False)
    refused: str = ""
    """Words of the reason for which it must be refused; empty when it must be accepted."""
    same: Picture | None = field(default=None, repr=False)
    """What it must look like once it is read."""


def cases_of(portrait: Portrait) -> Iterator[Case]:
    """Every case of one portrait."""
    yield from _formats(portrait)
    yield from _orientations(portrait)
    yield from _sizes(portrait)
    yield from _light(portrait)
    yield from _sharpness(portrait)
    yield from _covers(portrait)
    yield from _wrong_faces(portrait)


def foreign_cases() -> Iterator[Case]:
    """Files of kinds that are not read."""
    for name, start, said in (
        ("jpeg-xl", b"\xff\x0a\xfa\x1f", "JPEG XL"),
        ("jpeg-2000", b"\x00\x00\x00\x0cjP  \r\n\x87\n", "JPEG 2000"),
        ("svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        ("pdf", b"%PDF-1.7\n", "PDF"),
        ("psd", b"8BPS\x00\x01", "Photoshop"),
        ("cr2", b"II*\x00\x10\x00\x00\x00CR\x02\x00", "CR2"),
        ("mov", b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00qt  ", "video"),
        ("text", b"This is no picture.", "not a picture"),
    ):
        yield Case("other kinds", name, partial(bytes, start), refused=said)


def _formats(portrait: Portrait) -> Iterator[Case]:
    shown = portrait.picture
    image = Image.fromarray(shown)
    alpha = image.convert("RGBA")
    frames: dict[str, Any] = {"save_all": True, "append_images": [Image.new("RGB", image.size)]}
    ink = image.convert("CMYK")
    made: dict[str, Callable[[], bytes]] = {
        "jpeg": partial(_saved, image, "JPEG", quality=92),
        "jpeg-progressive": partial(_saved, image, "JPEG", quality=92, progressive=True),
        "jpeg-cmyk": partial(_saved, ink, "JPEG", quality=95),
        "png": partial(_saved, image, "PNG"),
        "png-alpha": partial(_saved, alpha, "PNG"),
        "png-palette": partial(_saved, image.quantize(256), "PNG"),
        "png-16": partial(_deep, shown, ".png"),
        "tiff": partial(_saved, image, "TIFF"),
        "tiff-lzw": partial(_saved, image, "TIFF", compression="tiff_lzw"),
        "tiff-jpeg": partial(_saved, image, "TIFF", compression="jpeg", quality=92),
        "tiff-16": partial(_deep, shown, ".tiff"),
        "tiff-pages": partial(_saved, image, "TIFF", **frames),
        "webp": partial(_saved, image, "WEBP", quality=90),
        "webp-lossless": partial(_saved, image, "WEBP", lossless=True, method=0),
        "webp-animated": partial(_saved, image, "WEBP", duration=100, **frames),
        "avif": partial(_saved, image, "AVIF", quality=85, speed=9),
        "gif": partial(_saved, image, "GIF"),
        "bmp": partial(_saved, image, "BMP"),
        "heic-tiles": partial(heic, shown, tile=512),
        "heic-one": partial(heic, shown, tile=None),
    }
    for name, make in made.items():
        yield Case("kinds and depths", f"{portrait.name}/{name}", make, same=shown)
    grey = np.asarray(image.convert("L"))
    for suffix in ("JPEG", "PNG"):
        make = partial(_saved, Image.fromarray(grey), suffix)
        same = np.repeat(grey[:, :, None], 3, axis=2)
        yield Case("kinds and depths", f"{portrait.name}/{suffix.lower()}-grey", make, same=same)
    for space in (ADOBE_RGB, DISPLAY_P3, PROPHOTO_RGB):
        samples, profile = encoded(shown, space), space.profile()
        wide = Image.fromarray(samples)
        for suffix, how in (("JPEG", {"quality": 95, "subsampling": 0}), ("PNG", {})):
            make = partial(_saved, wide, suffix, icc_profile=profile, **how)
            name = f"{portrait.name}/{suffix.lower()}-{space.name}"
            yield Case("profiles", name, make, same=shown)
        make = partial(heic, samples, profile=profile)
        yield Case("profiles", f"{portrait.name}/heic-{space.name}", make, same=shown)


def _orientations(portrait: Portrait) -> Iterator[Case]:
    image = Image.fromarray(portrait.picture[:, :960])
    for number in range(1, 9):
        turned = stored(image, number)
        exif = Image.Exif()
        exif[ORIENTATION] = number
        kind = ("JPEG", "PNG", "WEBP", "AVIF")[number % 4]
        name = f"{portrait.name}/{kind.lower()}-turned-{number}"
        make = partial(_saved, turned, kind, exif=exif, quality=90)
        yield Case("orientation", name, make, same=np.asarray(image))
        make = partial(heic, np.asarray(turned), orientation=number)
        yield Case(
            "orientation", f"{portrait.name}/heic-turned-{number}", make, same=np.asarray(image)
        )


def _sizes(portrait: Portrait) -> Iterator[Case]:
    image = Image.fromarray(portrait.picture)
    for side in (160, 256, 512, 4800, 9000, 14_000):
        kind = "PNG" if side in (160, 4800) else "JPEG"
        make = partial(_scaled, image, side, kind)
        yield Case("size", f"{portrait.name}/{kind.lower()}-{side}", make)
    yield Case(
        "size", f"{portrait.name}/face-too-small", partial(_scaled, image, 100, "PNG"), "wide"
    )
    make = partial(_scaled, image, 14_200, "JPEG")
    yield Case("size", f"{portrait.name}/over-200-megapixels", make, "200 megapixels")


def _light(portrait: Portrait) -> Iterator[Case]:
    for share, said in (
        *((0.06, "dark"), (0.12, "dark"), (0.2, "dark"), (0.55, ""), (0.75, ""), (1.25, "")),
        *((4.0, "bright"), (6.0, "bright")),
    ):
        make = partial(_saved, Image.fromarray(lit(portrait.picture, share)), "PNG")
        yield Case("light", f"{portrait.name}/light-{share}", make, said)


def _sharpness(portrait: Portrait) -> Iterator[Case]:
    for share, said in ((0.01, ""), (0.02, ""), (0.08, "blurred"), (0.12, "blurred")):
        soft = blurred(portrait.picture, portrait.landmarks, share)
        make = partial(_saved, Image.fromarray(soft), "JPEG", quality=92)
        yield Case("sharpness", f"{portrait.name}/blur-{share}", make, said)
    grain = np.random.default_rng(3).normal(0, 14, portrait.picture.shape)
    noisy = (portrait.picture + grain).clip(0, 255).astype(np.uint8)
    make = partial(_saved, Image.fromarray(noisy), "JPEG", quality=80)
    yield Case("sharpness", f"{portrait.name}/grain", make)


def _covers(portrait: Portrait) -> Iterator[Case]:
    for name, cover in COVERS.items():
        covered = cover(portrait.picture, portrait.landmarks)
        make = partial(_saved, Image.fromarray(covered), "JPEG", quality=90)
        yield Case("covered mouths", f"{portrait.name}/{name}", make, "mouth is covered")


def _wrong_faces(portrait: Portrait) -> Iterator[Case]:
    shown = portrait.picture
    chin = int(portrait.landmarks[152, 1])
    mouth = int(portrait.landmarks[14, 1])
    wall = np.full_like(shown, 140)
    for name, picture, said in (
        ("two-people", np.hstack([shown, shown]), "2 faces"),
        ("upside-down", shown[::-1, ::-1], "upside down"),
        ("on-its-side", np.rot90(shown), "on its side"),
        ("cut-below-the-mouth", shown[: (mouth + chin) // 2], "cut off"),
        ("nobody", wall, "no face"),
    ):
        make = partial(_saved, Image.fromarray(np.ascontiguousarray(picture)), "PNG")
        yield Case("faces", f"{portrait.name}/{name}", make, said)


def _saved(image: Image.Image, kind: str, **how: Any) -> bytes:
    written = io.BytesIO()
    image.save(written, kind, **how)
    return written.getvalue()


def _deep(picture: Picture, suffix: str) -> bytes:
    """With 16 bits per colour.  OpenCV takes blue first."""
    deep = picture[:, :, ::-1].astype(np.uint16) * 257
    return bytes(cv2.imencode(suffix, deep)[1])


def _scaled(image: Image.Image, side: int, kind: str) -> bytes:
    return _saved(image.resize((side, side), Image.Resampling.BICUBIC), kind)
