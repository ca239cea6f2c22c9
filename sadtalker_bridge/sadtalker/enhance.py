"""SadTalker's enhancers, frame by frame; importing this module imports them."""

from __future__ import annotations

import functools
import importlib
from typing import Any, Iterator, List, Optional

import torch

from sadtalker_bridge.errors import BridgeError
from sadtalker_bridge.memory import ran_out
from sadtalker_bridge.protocol import Job
from sadtalker_bridge.sadtalker import upstream
from sadtalker_bridge.sadtalker.checkpoints import local_weights

# The background enhancer is given an address for a path.
_downloads: Any = importlib.import_module("basicsr.utils.download_util")
_downloads.load_file_from_url = local_weights

_enhancer: Any = importlib.import_module("src.utils.face_enhancer")
upstream.watch_module(_enhancer)


class Enhancer:
    """GFPGAN or RestoreFormer, kept between clips; frames come out twice as large."""

    def __init__(self, device: str) -> None:
        self._device = device
        # SadTalker builds the restorer anew for every clip and chooses its device itself.
        _enhancer.GFPGANer = self._restorer
        self._restorer_of = functools.lru_cache(maxsize=1)(_enhancer_class)

    def frames(
        self,
        frames: Iterator[Any],
        n_frames: int,
        method: str,
        background: Optional[str],
        job: Job,
    ) -> Iterator[Any]:
        """The frames, enhanced, one at a time."""
        with upstream.watch.over(job):
            yield from _enhancer.enhancer_generator_no_len(
                _OneByOne(frames, n_frames), method=method, bg_upsampler=background
            )

    def _restorer(self, model_path: str, arch: str, bg_upsampler: Any, **more: Any) -> Any:
        restorer = self._restorer_of(model_path, arch, self._device, tuple(sorted(more.items())))
        restorer.bg_upsampler = bg_upsampler
        return restorer


_GFPGANer: Any = _enhancer.GFPGANer


def _enhancer_class(model_path: str, arch: str, device: str, more: Any) -> Any:
    with upstream.building():
        restorer = _GFPGANer(
            model_path=model_path, arch=arch, device=torch.device(device), **dict(more)
        )
    restorer.gfpgan = _Outspoken(restorer.gfpgan)
    return restorer


class _Outspoken:
    """The enhancer's network; its caller would print an error and show the face as it was."""

    def __init__(self, network: Any) -> None:
        self._network = network

    def __call__(self, *inputs: Any, **more: Any) -> Any:
        try:
            return self._network(*inputs, **more)
        except RuntimeError as error:
            code = "out_of_memory" if ran_out(error) else "failed"
            raise BridgeError(code, "the enhancer failed on a frame") from error


class _OneByOne(List[Any]):
    """A list for SadTalker's eyes, which takes each item once and in order: an iterator."""

    def __init__(self, frames: Iterator[Any], length: int) -> None:
        super().__init__()
        self._frames = frames
        self._length = length

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, _: Any) -> Any:
        return next(self._frames)
