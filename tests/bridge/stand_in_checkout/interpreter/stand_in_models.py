"""Stand-in for ``sadtalker_bridge.sadtalker.models``: the stand-in checkout instead of networks."""

import json
import os
import subprocess
import sys
import time
from typing import Any, Iterator, Tuple

from src import behaviour
from src.generate_batch import get_data
from src.utils.preprocess import CropAndExtract

from sadtalker_bridge.errors import BridgeError


class Models:
    """Has the methods of the real one, and does next to nothing."""

    device = "cpu"

    def __init__(self, checkout: str, wanted: Any, checkpoints: Any, size: int) -> None:
        print("using safetensor as default")
        os.write(1, b"noise of a library written in C\n")
        self.wanted = wanted
        self.size = size
        if behaviour.wanted().get("lacks_module"):
            raise ModuleNotFoundError("No module named 'kornia'", name="kornia")
        behaviour.reached("load")
        if behaviour.wanted().get("has_child"):
            subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3600)"])

    def prepare(self, preprocess: str) -> None:
        behaviour.reached("prepare")

    def require_enhancer(self, enhancer: str, background: Any) -> None:
        return

    def face(
        self, image: str, folder: str, preprocess: str, size: int, job: Any
    ) -> Tuple[Tuple[int, int], bool]:
        """Size of the frames, and whether the folder knew it."""
        record = os.path.join(folder, "analysis.json")
        if os.path.isfile(record):
            with open(record, encoding="utf-8") as opened:
                width, height = json.load(opened)
            return (width, height), True
        if behaviour.wanted().get("faces", 1) > 1:
            raise BridgeError("several_faces", "the picture shows several faces")
        try:
            _, found = CropAndExtract().generate(image, folder, preprocess, size)
        except TypeError:
            raise BridgeError("no_face", "no face is found in the picture") from None
        with open(record, "w", encoding="utf-8") as opened:
            json.dump(found, opened)
        return found, False

    def render(self, asked: Any, folder: str, job: Any) -> Iterator[memoryview]:
        """Frames, with a look at the job before each one."""
        options = asked.options
        size, _ = self.face(asked.image, asked.folder, options.preprocess, options.size, job)
        get_data(asked.sound)
        behaviour.check_memory(options.batch_size)
        for index in range(asked.n_frames):
            behaviour.reached("render")
            job.check()
            time.sleep(behaviour.wanted().get("frame_seconds", 0.0))
            job.progress("render", index + 1, asked.n_frames)
            width, height = size
            frame = behaviour.frame_at(index, width, height, asked.seed)
            yield memoryview(frame).cast("B", (height, width, 3))
