"""How like frames of two runs must be, and what a checkout must be like afterwards."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

LARGEST = 2
"""Grey levels by which any value may differ.

It is the generator's frames that differ: with the stand-in generator all are equal.  The bridge
batches them otherwise than SadTalker's own program, and the kernels that multiply matrices are
chosen by shape and by processor: they add in another order, so the last bits differ, and a
value beside a step is cut to another level.  Measured with torch 1.12.1 on two cores of an
x86-64: 577 of 391680 values by one level, none by two; other processors come to two.
"""

SHARE = 0.004
"""Of a frame's values may differ by more than one; a tile of the stand-in generator is 0.0039."""


def unlike(ours: npt.NDArray[np.uint8], theirs: npt.NDArray[np.uint8]) -> str:
    """What tells two runs' frames apart beyond rounding; empty when nothing does.

    Args:
        ours: Shape (frames, height, width, 3).
        theirs: The same.
    """
    if ours.shape != theirs.shape:
        return f"shapes {ours.shape} and {theirs.shape}"
    apart = np.abs(ours.astype(np.int16) - theirs)
    for number, frame in enumerate(apart):
        share = float((frame > 1).mean())
        if frame.max() > LARGEST or share > SHARE:
            return f"frame {number}: up to {frame.max()} levels, {share:.4f} of it more than one"
    return ""


@dataclass(frozen=True)
class State:
    """What a run must leave alone."""

    files: dict[str, int]
    """When each was changed last, nanoseconds."""
    status: str
    """What git says; a checkout need not be clean to begin with."""


def state_of(checkout: Path) -> State:
    """All files below a checkout but git's own, and what git sees changed."""
    files = {}
    for folder, _, names in os.walk(checkout):
        for name in names:
            path = Path(folder) / name
            if ".git" not in path.relative_to(checkout).parts:
                files[str(path.relative_to(checkout))] = path.lstat().st_mtime_ns
    command = ["git", "status", "--porcelain"]
    told = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=True)
    return State(files, told.stdout)
