"""Sound of files, as the service decodes those of anybody."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.media.blocks import sound_blocks


def read_sound(path: Path, rate: int) -> npt.NDArray[np.float32]:
    """All of it, its channels mixed into one.

    Args:
        path: Any sound file, or a video.
        rate: Hertz wanted.
    """
    mixed: npt.NDArray[np.float32] = np.concatenate(list(sound_blocks(path, rate, size=rate))).mean(
        axis=1
    )
    return mixed
