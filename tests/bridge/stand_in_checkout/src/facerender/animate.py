"""Stand-in for SadTalker's module of this name."""

import os
import shutil
import time
import uuid
from typing import List, Tuple

from src import behaviour


class AnimateFromCoeff:
    """Draws frames into a video with sound, by shell commands made of file names."""

    def generate(
        self, frames: List[int], folder: str, size: Tuple[int, int], batch_size: int, sound: str
    ) -> str:
        behaviour.check_memory(batch_size)
        width, height = size[0] & ~1, size[1] & ~1
        raw = os.path.join(folder, "frames.rgb")
        with open(raw, "wb") as opened:
            for index in behaviour.steps(frames, "Face Renderer::"):
                behaviour.reached("render")
                time.sleep(behaviour.wanted().get("frame_seconds", 0.0))
                opened.write(behaviour.frame_at(index, width, height, 0))
        video = str(uuid.uuid4()) + ".mp4"
        quiet = "ffmpeg -y -hide_banner -loglevel error"
        picture = f"-f rawvideo -pix_fmt rgb24 -s {width}x{height} -r 25"
        os.system(f'{quiet} {picture} -i "{raw}" -i "{sound}" -ar 16000 "{video}"')
        name = os.path.splitext(os.path.basename(sound))[0]
        target = os.path.join(folder, f"face##{name}.mp4")
        shutil.move(video, target)
        print("The generated video is named", target)
        return target
