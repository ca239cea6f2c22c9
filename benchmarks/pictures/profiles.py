"""Colour spaces wider than sRGB: their profiles, and pictures stored in them.

The profiles are written here from the published numbers, so that what they should give is
known from these and not from a library that converts them.

Source: ICC.1:2001-04 (version 2 profiles), IEC 61966-2-1 (sRGB), Adobe RGB (1998) encoding,
SMPTE EG 432-1 (P3), ANSI/I3A IT10.7666 (ROMM RGB).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]
Doubles = npt.NDArray[np.float64]

_D50 = np.array([0.9642, 1.0, 0.8249])
_D65 = np.array([0.95047, 1.0, 1.08883])
_BRADFORD = np.array(
    [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]]
)


@dataclass(frozen=True, slots=True, eq=False)
class ColourSpace:
    """A space of three primaries."""

    name: str
    primaries: Sequence[tuple[float, float]]
    """x and y of red, green and blue."""
    white: Doubles
    gamma: float
    """Exponent of the transfer; 0 for that of sRGB."""

    def to_xyz(self) -> Doubles:
        """Matrix (3, 3) from linear colours to XYZ under D50."""
        columns = np.array([[x / y, 1.0, (1 - x - y) / y] for x, y in self.primaries]).T
        matrix = columns * np.linalg.solve(columns, self.white)
        source, target = _BRADFORD @ self.white, _BRADFORD @ _D50
        adapted = np.linalg.inv(_BRADFORD) @ np.diag(target / source) @ _BRADFORD @ matrix
        return cast(Doubles, adapted)

    def profile(self) -> bytes:
        """An ICC profile of version 2."""
        tags = {
            b"wtpt": _xyz(_D50),
            **dict(zip((b"rXYZ", b"gXYZ", b"bXYZ"), map(_xyz, self.to_xyz().T), strict=True)),
            **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), _curve(self.gamma)),
        }
        return _profile(b"RGB ", self.name, tags)


_P3 = ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060))
_SRGB = ColourSpace("sRGB", ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06)), _D65, 0)
ADOBE_RGB = ColourSpace("Adobe RGB", ((0.64, 0.33), (0.21, 0.71), (0.15, 0.06)), _D65, 563 / 256)
DISPLAY_P3 = ColourSpace("Display P3", _P3, _D65, 0)
PROPHOTO_RGB = ColourSpace(
    "ProPhoto RGB", ((0.7347, 0.2653), (0.1596, 0.8404), (0.0366, 0.0001)), _D50, 1.8
)


def encoded(picture: Picture, space: ColourSpace) -> Picture:
    """The samples that show an sRGB picture's colours in another space."""
    linear = _linear(picture / 255.0, 0) @ _SRGB.to_xyz().T
    there = linear @ np.linalg.inv(space.to_xyz()).T
    samples = np.rint(255 * _stored(there.clip(0, 1), space.gamma))
    return cast(Picture, samples.astype(np.uint8))


def grey_profile(gamma: float) -> bytes:
    """A profile of grey with a transfer of its own."""
    return _profile(b"GRAY", "grey", {b"wtpt": _xyz(_D50), b"kTRC": _curve(gamma)})


def _linear(stored: Doubles, gamma: float) -> Doubles:
    if gamma:
        return stored**gamma
    return np.where(stored <= 0.04045, stored / 12.92, ((stored + 0.055) / 1.055) ** 2.4)


def _stored(linear: Doubles, gamma: float) -> Doubles:
    if gamma:
        return linear ** (1 / gamma)
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)


def _xyz(value: Doubles) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(struct.pack(">i", round(part * 65536)) for part in value)


def _curve(gamma: float) -> bytes:
    if gamma:
        return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256)) + bytes(2)
    steps = np.rint(65535 * _linear(np.linspace(0, 1, 1024), 0)).astype(">u2")
    return b"curv\0\0\0\0" + struct.pack(">I", len(steps)) + steps.tobytes()


def _profile(space: bytes, name: str, tags: dict[bytes, bytes]) -> bytes:
    text = name.encode() + b"\0"
    description = b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + bytes(78)
    tags = {b"desc": description, b"cprt": b"text\0\0\0\0CC0\0", **tags}
    place = 128 + 4 + 12 * len(tags)
    table, content = struct.pack(">I", len(tags)), b""
    for tag, value in tags.items():
        padded = value + bytes(-len(value) % 4)
        table += tag + struct.pack(">II", place + len(content), len(value))
        content += padded
    length = 128 + len(table) + len(content)
    head = struct.pack(">I4sI4s4s4s", length, b"\0\0\0\0", 0x02100000, b"mntr", space, b"XYZ ")
    head += struct.pack(">6H4s", 2026, 1, 1, 0, 0, 0, b"acsp") + bytes(28)
    head += b"".join(struct.pack(">i", round(part * 65536)) for part in _D50)
    return head.ljust(128, b"\0") + table + content
