"""How a test wants the stand-in to behave.  No such file in SadTalker."""

import json
import os
import sys
import time
from typing import Any, Dict

_FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def wanted() -> Dict[str, Any]:
    """What ``behaviour.json`` says now; empty when there is none."""
    try:
        with open(os.path.join(_FOLDER, "behaviour.json"), encoding="utf-8") as opened:
            found: Dict[str, Any] = json.load(opened)
    except FileNotFoundError:
        return {}
    return found


def reached(place: str) -> None:
    """Note that a place is reached, and die, fall silent or run out of memory there if wanted."""
    now = wanted()
    if "record" in now:
        with open(now["record"], "a", encoding="utf-8") as opened:
            opened.write(place + "\n")
    if now.get("die_in") == place:
        os._exit(9)
    if now.get("silent_in") == place:
        time.sleep(3600)


def note_arguments(arguments: Dict[str, Any]) -> None:
    """Keep them beside the record."""
    record = wanted().get("record")
    if record is not None:
        with open(os.path.splitext(record)[0] + ".arguments", "w", encoding="utf-8") as opened:
            json.dump(arguments, opened)


def check_memory(batch_size: int) -> None:
    """Complain as torch does when a batch is larger than wanted."""
    limit = wanted().get("largest_batch")
    if limit is not None and batch_size > limit:
        raise RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB")


def frame_at(index: int, width: int, height: int, seed: int) -> bytes:
    """RGB bytes: a colour by the seed, and a white bar that moves with the index."""
    colour = bytes((60 + seed % 100, 60 + seed // 100 % 100, 60 + seed // 10000 % 100))
    left = index * 8 % max(1, width - 16)
    row = colour * left + b"\xff\xff\xff" * 16 + colour * (width - left - 16)
    return row * height


def steps(items: Any, description: str) -> Any:
    """The items, with a progress bar such as tqdm draws."""
    total = len(items)
    for done, item in enumerate(items, start=1):
        yield item
        share = 100 * done // total
        bar = f"\r{description}: {share:3d}%|{'#' * (share // 10):10}| {done}/{total} [00:01<00:00]"
        sys.stderr.write(bar)
        sys.stderr.flush()
    sys.stderr.write("\n")
