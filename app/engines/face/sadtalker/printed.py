"""What SadTalker's own program prints, and what it says of its progress."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable

_BAR = re.compile(r"^\s*(?P<stage>[^:|]+?)\s*:+\s*\d+%\|.*\|\s*(?P<done>\d+)/(?P<total>\d+)")
"""A line of tqdm: ``Face Renderer::  50%|#####     | 19/38 [00:40<00:41,  2.2s/it]``."""

_SHARES = {
    "landmark Det": (0.02, 0.04),
    "3DMM Extraction In Video": (0.04, 0.05),
    "mel": (0.05, 0.06),
    "audio2exp": (0.06, 0.07),
    "Face Renderer": (0.07, 0.85),
    "seamlessClone": (0.85, 0.95),
    "Face Enhancer": (0.85, 0.99),
}
"""Share of the work at the begin and the end of each stage."""

_WAITS_FOR_MEMORY = "out of memory, sleep"
"""SadTalker prints this once a second, for ever, when the face detector has too little memory."""

_OUTPUT_KEPT = 1 << 16
_LINES_KEPT = 60
_LINE_LENGTH = 500


class Printed:
    """Both outputs of a program; progress is told as it is read, never less than before."""

    def __init__(self, progress: Callable[[float], None]) -> None:
        self._progress = progress
        self._share = 0.0
        self._pending = ""
        self._lines: deque[str] = deque(maxlen=_LINES_KEPT)
        self.output = ""
        """The end of its standard output."""

    def take_output(self, block: bytes) -> None:
        """A block of standard output."""
        self.output = (self.output + block.decode("utf-8", "replace"))[-_OUTPUT_KEPT:]

    def take_errors(self, block: bytes) -> None:
        """A block of error output, in which carriage returns separate lines too."""
        text = self._pending + block.decode("utf-8", "replace")
        *lines, self._pending = re.split(r"[\r\n]", text[-_OUTPUT_KEPT:])
        for line in lines:
            self._take_line(line)

    @property
    def waits_for_memory(self) -> bool:
        """Whether it tries again and again what the device has no memory for."""
        return _WAITS_FOR_MEMORY in self.output

    def complaints(self) -> list[str]:
        """The last lines of error output that are no progress."""
        return [*self._lines, self._pending] if self._pending else list(self._lines)

    @property
    def tail(self) -> str:
        """Those lines as one text."""
        return "\n".join(self.complaints())

    def _take_line(self, line: str) -> None:
        bar = _BAR.match(line)
        if bar is None:
            if line.strip():
                self._lines.append(line[:_LINE_LENGTH])
            return
        begin, end = _SHARES.get(bar["stage"], (self._share, self._share))
        share = begin + (end - begin) * int(bar["done"]) / max(1, int(bar["total"]))
        if share > self._share:
            self._share = share
            self._progress(share)
