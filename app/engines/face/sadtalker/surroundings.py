"""Folders and environment in which SadTalker runs; the checkout is only read."""

from __future__ import annotations

import fcntl
import logging
import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from app.engines.face.sadtalker.options import SadTalkerOptions
from app.errors import EngineUnavailable
from app.media.ffmpeg import locate

log = logging.getLogger(__name__)

BRIDGE_ROOT = Path(__file__).resolve().parents[4]
"""Folder that holds ``sadtalker_bridge``."""

_LINKED = ("src", "gfpgan")
_LOCK = ".held"


class Surroundings:
    """A working folder of one engine, gone when it is closed, and the cache all engines share.

    SadTalker finds ``checkpoints`` and ``gfpgan/weights`` below its working folder and leaves
    its temporary files there, so that is no folder of the checkout but one that links to it.
    """

    def __init__(self, options: SadTalkerOptions) -> None:
        """Make the folders.

        Raises:
            EngineUnavailable: The checkout is not set, or there is no ffmpeg.
        """
        if options.checkout is None or options.checkpoints is None:
            raise EngineUnavailable("SAD_TALKER_DIR_PATH is not set: the folder of the checkout")
        self._device = _device(options)
        self._resources = ExitStack()
        cache = options.cache_dir
        if cache is None:
            cache = Path(self._resources.enter_context(tempfile.TemporaryDirectory()))
        self.cache = cache.absolute() / "sadtalker"
        try:
            self.work = self._working_folder()
            for name in _LINKED:
                (self.work / name).symlink_to(options.checkout / name)
            (self.work / "checkpoints").symlink_to(options.checkpoints)
            programs = self.work / "bin"
            programs.mkdir()
            (programs / "ffmpeg").symlink_to(locate(options.ffmpeg).absolute())
        except BaseException:
            self.close()
            raise

    def private_folder(self) -> tempfile.TemporaryDirectory[str]:
        """For the files of one fragment, below the working folder."""
        return tempfile.TemporaryDirectory(prefix="job-", dir=self.work)

    def environment(self) -> dict[str, str]:
        """Of SadTalker's process: nothing of our own Python's, no settings of the service."""
        env = {name: value for name, value in os.environ.items() if _may_know(name)}
        paths = {
            "PYTHONPYCACHEPREFIX": "pycache",
            "MPLCONFIGDIR": "matplotlib",
            "NUMBA_CACHE_DIR": "numba",
            "TORCH_HOME": "torch",
            "XDG_CACHE_HOME": "xdg",
        }
        folders = {name: self.cache / "packages" / folder for name, folder in paths.items()}
        for folder in folders.values():
            folder.mkdir(parents=True, exist_ok=True)
        return {
            **env,
            **{name: str(folder) for name, folder in folders.items()},
            "PATH": f"{self.work / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
            "PYTHONUNBUFFERED": "1",
            "PYTHONIOENCODING": "utf-8",
            **self._device,
        }

    def close(self) -> None:
        """Remove the working folder.  Safe to call twice."""
        self._resources.close()

    def _working_folder(self) -> Path:
        """A new one, held by a lock; those whose holder has died are removed."""
        parent = self.cache / "work"
        parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (parent / _LOCK).open("wb") as one_at_a_time:
            fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
            for left in parent.iterdir():
                _remove_unheld(left)
            work = Path(tempfile.mkdtemp(prefix="engine-", dir=parent))
            self._resources.callback(shutil.rmtree, work, ignore_errors=True)
            held = self._resources.enter_context((work / _LOCK).open("wb"))
            fcntl.flock(held, fcntl.LOCK_EX)
        return work


def _remove_unheld(left: Path) -> None:
    try:
        with (left / _LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left, ignore_errors=True)
            log.info("removed what a dead engine left folder=%s", left.name)
    except OSError:
        return  # held, or no working folder


def _may_know(name: str) -> bool:
    """Settings of the service may hold passwords; variables of our Python would mislead."""
    ours = name.startswith(("VIDEOLECTURE_", "PYTHON"))
    return not ours and name not in ("VIRTUAL_ENV", "PATH")


def _device(options: SadTalkerOptions) -> Mapping[str, str]:
    """SadTalker's own program knows no device numbers, so it is shown only one."""
    if options.mode == "oneshot" and options.device.startswith("cuda:"):
        return {"CUDA_VISIBLE_DEVICES": options.device.removeprefix("cuda:")}
    return {}
