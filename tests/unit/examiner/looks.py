"""Stands in for the side that answers: a file says how the look at it goes.

``ok``; ``sleep``; ``compute``, which takes as long; ``die``; ``meet NAME NUMBER``: waits until so
many looks have left a file of that beginning.  Each look leaves a line in ``looks`` beside the
file.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.examiner.serve import serve


def look(asked: Mapping[str, Any]) -> dict[str, Any]:
    path = Path(asked["path"])
    with (path.parent / "looks").open("a") as looks:
        looks.write(f"{path.name} {os.getpid()}\n")
    what, *more = path.read_text().split()
    if what == "sleep":
        time.sleep(60)
    while what == "compute":
        pass
    if what == "die":
        os.abort()
    if what == "meet":
        (path.parent / f"{more[0]}{os.getpid()}").touch()
        while len(list(path.parent.glob(f"{more[0]}*"))) < int(more[1]):
            time.sleep(0.01)
    return {"caution": what}


if __name__ == "__main__":
    serve({"face": look, "voice": look}, load=lambda: None, load_for=lambda _question: None)
