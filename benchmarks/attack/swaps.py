"""What a caller names is swapped for something else while the service looks at it."""

from __future__ import annotations

import ctypes
import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.attack.ground import Ground
from benchmarks.attack.paths import INPUTS

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
_libc = ctypes.CDLL(None, use_errno=True)


def exchange(one: Path, other: Path) -> None:
    """Let two names change places, at once.

    Raises:
        OSError: One of them is gone, or this file system cannot do it.
    """
    names = os.fsencode(one), os.fsencode(other)
    if _libc.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE):
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(one))


class Swapper:
    """Swaps pairs of names again and again, in a thread."""

    def __init__(
        self, pairs: list[tuple[Path, Path]], *, away_seconds: float, home_seconds: float
    ) -> None:
        self.swaps = 0
        self._pairs = pairs
        self._pauses = (away_seconds, home_seconds)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._swap, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, with every name where it was in the beginning."""
        self._stopping.set()
        self._thread.join()

    def _swap(self) -> None:
        while not self._stopping.is_set():
            for one, other in self._pairs:
                self._there_and_back(one, other)

    def _there_and_back(self, one: Path, other: Path) -> None:
        for pause in self._pauses:
            try:
                exchange(one, other)
            except FileNotFoundError:  # removed by the service: there is nothing to swap
                time.sleep(pause)
                return
            self.swaps += 1
            time.sleep(pause)


@contextmanager
def swapping(
    *pairs: tuple[Path, Path], away_seconds: float = 0.0002, home_seconds: float = 0.0002
) -> Iterator[Swapper]:
    """Swap for as long as the block lasts.

    Args:
        away_seconds: How long the other one stands in the place of the first.
        home_seconds: How long both are where they were in the beginning.
    """
    swapper = Swapper(list(pairs), away_seconds=away_seconds, home_seconds=home_seconds)
    swapper.start()
    try:
        yield swapper
    finally:
        swapper.stop()


def attack(ground: Ground) -> None:
    """Swap each input, its folder and the folder above for what is outside."""
    swaps = 0
    for key, name in ground.some(INPUTS.items(), 0.5):
        for number, (label, folder, one, other) in enumerate(_scenes(ground, name)):
            if ground.short and number % 3:
                continue
            with swapping((one, other)) as swapper:
                for _ in range(2 if ground.short else 10):
                    path, output = folder / name, folder / "generated"
                    ground.post(
                        f"{key} {label}", **{key: str(path), "generated_dir_path": str(output)}
                    )
            swaps += swapper.swaps
        ground.stop_everything()
    ground.tally.figures["swaps"] = swaps


def _scenes(ground: Ground, name: str) -> Iterator[tuple[str, Path, Path, Path]]:
    """What is swapped for what; the folder is where the input seems to be."""
    outside = ground.outside.folder

    def prepared() -> Path:
        folder = ground.folder("swaps") / "upper" / "lower"
        folder.mkdir(parents=True)
        shutil.copy(ground.place.root / name, folder / name)
        return folder

    for label, target in (
        ("a link outside", str(outside / name)),
        ("a link to memory", "/proc/self/mem"),
        ("a link to the store", str(ground.place.data / "jobs.db")),
        ("a link to a device", "/dev/zero"),
    ):
        folder = prepared()
        (folder / "other").symlink_to(target)
        yield f"for {label}", folder, folder / name, folder / "other"
    folder = prepared()
    os.mkfifo(folder / "other")
    yield "for a fifo", folder, folder / name, folder / "other"
    folder = prepared()
    (folder / "other").mkdir()
    yield "for a folder", folder, folder / name, folder / "other"
    folder = prepared()
    (folder.parent / "other").symlink_to(outside)
    yield "its folder for a link", folder, folder, folder.parent / "other"
    folder = prepared()
    (folder.parent.parent / "other").symlink_to(outside)
    yield "the folder above for a link", folder, folder.parent, folder.parent.parent / "other"
