"""From the square of the generator to the frame of the clip."""

from __future__ import annotations

from typing import Any, Iterable, Iterator

import cv2
import numpy as np

from sadtalker_bridge.errors import BridgeError
from sadtalker_bridge.protocol import Job
from sadtalker_bridge.sadtalker.analysis import Box


def in_proportion(frames: Iterable[Any], box: Box, size: int) -> Iterator[Any]:
    """Frames ``size`` wide and as high as the cropped part of the picture is in proportion."""
    left, top, right, bottom = box
    height = int(size * (bottom - top) / (right - left))
    for frame in frames:
        yield frame if height == size else cv2.resize(frame, (size, height))


def into_picture(
    frames: Iterable[Any], image: str, box: Box, n_frames: int, job: Job
) -> Iterator[Any]:
    """The whole picture with each frame in the place it was cropped from, without a seam."""
    picture = cv2.imread(image)
    if picture is None:
        raise BridgeError("bad_image", "the picture cannot be read")
    picture = cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)
    left, top, right, bottom = box
    middle = ((left + right) // 2, (top + bottom) // 2)
    mask = np.full((bottom - top, right - left, 3), 255, np.uint8)
    for done, frame in enumerate(frames, start=1):
        job.check()
        patch = cv2.resize(frame, (right - left, bottom - top))
        yield cv2.seamlessClone(patch, picture, mask, middle, cv2.NORMAL_CLONE)
        job.progress("paste", done, n_frames)
