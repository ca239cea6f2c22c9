"""Pictures of the report: contact sheets, curves, visemes under the waveform, spectrograms."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import numpy.typing as npt
import soundfile

from app.phonetics import Viseme
from app.portrait import read_picture
from app.ports.face import FRAMES_PER_SECOND
from benchmarks.quality.judges.telling import NAMES

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_TILE = 176
"""Pixels of a side of a picture in a contact sheet."""
_CURVE_SECONDS = 12.0
_SOUND_SECONDS = 6.0
_DPI = 80
_JPEG_QUALITY = 80

Image = npt.NDArray[np.uint8]


def contact_sheet(folder: Path) -> bytes:
    """The photograph and the telling frames beside each other, as JPEG."""
    files = (folder / f"{name}.jpg" for name in ("photo", *NAMES))
    tiles = [_tile(file) for file in files if file.is_file()]
    sheet = cv2.cvtColor(np.hstack(tiles), cv2.COLOR_RGB2BGR)
    _, encoded = cv2.imencode(".jpg", sheet, [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])
    return encoded.tobytes()


def curves(noted: Path) -> bytes:
    """The opening that was seen over the one that was commanded, as PNG."""
    found = json.loads(noted.read_text(encoding="utf-8"))
    shown = round(_CURVE_SECONDS * FRAMES_PER_SECOND)
    seen = np.array(found["seen"][:shown], np.float64)
    commanded = np.array(found["commanded"][:shown], np.float64)
    times = np.arange(len(seen)) / FRAMES_PER_SECOND
    figure = _figure(1.9)
    axes = figure.add_subplot()
    axes.plot(times, _to_scale(commanded, seen), color="#999999", lw=1.6, label="commanded")
    axes.plot(times, seen, color="#c0392b", lw=1.0, label="seen in the MP4")
    axes.set_xlim(0, times[-1])
    axes.set_ylabel("opening / eyes")
    axes.legend(loc="upper right", fontsize=7, ncols=2)
    return _png(figure)


def sound(file: Path) -> bytes:
    """Spectrogram, waveform and mouth shapes of the start of a sound, as PNG."""
    samples, rate = soundfile.read(file, dtype="float32")
    noted = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    samples = samples[: round(_SOUND_SECONDS * rate)]
    seconds = len(samples) / rate
    figure = _figure(4.2)
    top, middle, low = figure.subplots(3, 1, sharex=True, height_ratios=(3, 1.4, 0.6))
    top.set_facecolor("black")
    with np.errstate(divide="ignore"):  # digital silence has no logarithm
        top.specgram(samples, NFFT=512, Fs=rate, noverlap=384, vmin=-130, cmap="magma")
    top.set_ylabel("Hz")
    middle.plot(np.arange(len(samples)) / rate, samples, lw=0.3, color="#1f4e79")
    middle.set_ylim(-1, 1)
    _timeline(low, [Viseme(**each) for each in noted], seconds)
    low.set_xlim(0, seconds)
    low.set_xlabel("s")
    return _png(figure)


def _timeline(axes: Axes, visemes: Sequence[Viseme], seconds: float) -> None:
    names = sorted({viseme.name for viseme in visemes})
    from matplotlib import colormaps

    colours = colormaps["tab20"]
    for viseme in visemes:
        if viseme.start < seconds and viseme.name != "sil":
            colour = colours(names.index(viseme.name) % 20)
            axes.axvspan(viseme.start, viseme.end, color=colour, lw=0)
            middle = (viseme.start + viseme.end) / 2
            if middle < seconds:
                axes.text(middle, 0.5, viseme.name, ha="center", va="center", fontsize=5)
    axes.set_yticks([])


def _to_scale(
    commanded: npt.NDArray[np.float64], seen: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """The commanded curve moved and stretched onto the seen one, by least squares."""
    usable = np.isfinite(seen)
    if usable.sum() < 2 or commanded[usable].std() < 1e-9:
        return commanded
    slope, offset = np.polyfit(commanded[usable], seen[usable], 1)
    return np.asarray(slope * commanded + offset)


def _tile(file: Path) -> Image:
    """A picture within a square, black beside it, RGB."""
    picture = read_picture(file)
    scale = _TILE / max(picture.shape[:2])
    width, height = (max(1, round(n * scale)) for n in picture.shape[1::-1])
    tile = np.zeros((_TILE, _TILE, 3), np.uint8)
    left, top = (_TILE - width) // 2, (_TILE - height) // 2
    smaller = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
    tile[top : top + height, left : left + width] = smaller
    return tile


def _figure(inches: float) -> Figure:
    """An empty one of that height."""
    # Heavy to import, which the tests of other parts would wait for.
    from matplotlib.figure import Figure

    return Figure(figsize=(11, inches), layout="constrained")


def _png(figure: Figure) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=_DPI)
    return buffer.getvalue()
