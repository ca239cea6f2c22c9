"""Stand-in for SadTalker's module of this name."""

import random
import wave
from typing import List

from src import behaviour


def get_data(sound: str) -> List[int]:
    """Numbers of the frames of a sound; breaks at 21 of them, as the real one does."""
    with wave.open(sound, "rb") as opened:
        n_frames = opened.getnframes() * 25 // opened.getframerate()
    for _ in behaviour.steps(range(n_frames), "mel:"):
        continue
    if n_frames > 20:
        random.choice(range(10, n_frames // 2))
    return list(range(n_frames))
