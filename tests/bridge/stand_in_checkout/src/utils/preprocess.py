"""Stand-in for SadTalker's module of this name."""

import os
import shutil
import struct
import time
from typing import Any, Tuple

from src import behaviour


class CropAndExtract:
    """Finds as many faces in a picture as the test wants."""

    def generate(
        self, picture: str, folder: str, preprocess: str, pic_size: int
    ) -> Tuple[str, Any]:
        print("3DMM Extraction for source image")
        if not os.path.isfile(picture):
            raise ValueError("input_path must be a valid path to video/image file")
        behaviour.reached("analysis")
        time.sleep(behaviour.wanted().get("analysis_seconds", 0.0))
        while behaviour.wanted().get("full_device"):
            print("Warning: out of memory, sleep for 1s")
            time.sleep(1)
        for _ in behaviour.steps([picture], "landmark Det:"):
            if behaviour.wanted().get("faces", 1) == 0:
                raise "can not detect the landmark from source image"  # type: ignore[misc]  # noqa: B016 - its habit
        shutil.copyfile(picture, os.path.join(folder, "face.png"))
        size = size_of(picture) if "full" in preprocess else (pic_size, pic_size)
        return os.path.join(folder, "face.png"), size


def size_of(picture: str) -> Tuple[int, int]:
    """Width and height that the header of a PNG tells."""
    with open(picture, "rb") as opened:
        opened.seek(16)
        width, height = struct.unpack(">II", opened.read(8))
    return width, height
