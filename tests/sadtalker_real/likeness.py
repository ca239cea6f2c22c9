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

The bridge batches frames otherwise than SadTalker's own program, and the kernels that multiply
matrices are chosen by shape and by processor: they add in another order, so the last bits
differ.  Cutting to whole levels makes a level of it beside a step; the generator's
normalizations, which divide by small deviations, make another one of it here and there.
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
