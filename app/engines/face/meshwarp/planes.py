"""Frames as the encoder takes them: planar 4:2:0, converted only where they changed.

In a whole picture the head is a tenth of the pixels; converting the rest again for
every frame would cost as much as warping it.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from app.engines.face.meshwarp.grid import Box
from app.engines.face.meshwarp.head import Frame

_LUMA = np.array([0.2126, 0.7152, 0.0722])
_BLUE_SPAN, _RED_SPAN = 1.8556, 1.5748


def _bt709() -> npt.NDArray[np.float32]:
    """RGB to Y, Cb, Cr in the limited range, as rows of factors and an offset.

    Source: ITU-R BT.709-6, sections 3 and 4.
    """
    blue = (np.array([0.0, 0.0, 1.0]) - _LUMA) / _BLUE_SPAN
    red = (np.array([1.0, 0.0, 0.0]) - _LUMA) / _RED_SPAN
    factors = np.stack([_LUMA * 219.0, blue * 224.0, red * 224.0]) / 255.0
    return np.hstack([factors, [[16.0], [128.0], [128.0]]]).astype(np.float32)


class Planes:
    """One yuv420p picture, BT.709 in the limited range, brought up to date box by box.

    >>> planes = Planes(2, 2)
    >>> planes.update(np.full((2, 2, 3), 255, np.uint8), Box(0, 0, 2, 2)).tolist()
    [235, 235, 235, 235, 128, 128]
    """

    def __init__(self, width: int, height: int) -> None:
        """Both sides even."""
        luma, chroma = width * height, width * height // 4
        self._matrix = _bt709()
        self._bytes = np.zeros(luma + 2 * chroma, np.uint8)
        half = (height // 2, width // 2)
        self._luma = self._bytes[:luma].reshape(height, width)
        self._blue = self._bytes[luma : luma + chroma].reshape(half)
        self._red = self._bytes[luma + chroma :].reshape(half)

    def update(self, frame: Frame, changed: Box) -> Frame:
        """Take over the changed part of a frame.

        Args:
            frame: RGB of the whole size.
            changed: What differs from the frame before, maybe nothing; the first time, everything.

        Returns:
            The planes Y, Cb, Cr as one flat array; valid until the next call.
        """
        if changed.width <= 0 or changed.height <= 0:
            return self._bytes
        height, width = self._luma.shape
        x0, y0 = changed.x0 // 2 * 2, changed.y0 // 2 * 2
        x1, y1 = min(width, -(-changed.x1 // 2) * 2), min(height, -(-changed.y1 // 2) * 2)
        converted = cv2.transform(frame[y0:y1, x0:x1], self._matrix)
        cv2.extractChannel(converted, 0, dst=self._luma[y0:y1, x0:x1])
        # All three channels: cutting two out first costs ten times what it saves.
        half = ((x1 - x0) // 2, (y1 - y0) // 2)
        chroma = cv2.resize(converted, half, interpolation=cv2.INTER_AREA)
        rows, columns = slice(y0 // 2, y1 // 2), slice(x0 // 2, x1 // 2)
        cv2.extractChannel(chroma, 1, dst=self._blue[rows, columns])
        cv2.extractChannel(chroma, 2, dst=self._red[rows, columns])
        return self._bytes
