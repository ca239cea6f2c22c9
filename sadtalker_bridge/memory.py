"""The memory of this process and of its device."""

from __future__ import annotations

import os
import sys
import traceback

_SIGNS = ("out of memory", "can't allocate memory", "alloc_failed")


def resident_bytes() -> int:
    """Memory this process holds now."""
    with open("/proc/self/statm", encoding="ascii") as opened:
        return int(opened.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def ran_out(error: BaseException) -> bool:
    """Whether an exception says that a device or the machine had too little memory."""
    text = str(error).lower()
    return isinstance(error, MemoryError) or (
        isinstance(error, RuntimeError) and any(sign in text for sign in _SIGNS)
    )


def give_back(error: BaseException) -> None:
    """Let go of what a failed computation held, on the device too."""
    traceback.clear_frames(error.__traceback__)
    torch = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_available():
        torch.cuda.empty_cache()
