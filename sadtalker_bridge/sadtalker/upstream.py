"""Everything of the SadTalker checkout that the bridge touches, and what is patched in it.

The checkout's files stay as they are; the patches replace names inside imported modules.
Written for the release cd4c046.  Importing this module imports torch and the checkout.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import random
import warnings
from types import ModuleType
from typing import Any, Callable, Dict, Iterable, Iterator, Optional, Sized

import numpy as np
import PIL.Image
import safetensors.torch
import torch

from sadtalker_bridge.errors import BridgeError
from sadtalker_bridge.protocol import Job
from sadtalker_bridge.sadtalker.checkpoints import refuse_download

# Before the checkout is imported: its packages take this function by name.
torch.hub.download_url_to_file = refuse_download


def _module(name: str) -> ModuleType:
    return importlib.import_module("src." + name)


_preprocess = _module("utils.preprocess")
_keypoints = _module("face3d.extract_kp_videos_safe")
_batch = _module("generate_batch")
_expression = _module("audio2exp_models.audio2exp")
_facerender_batch = _module("generate_facerender_batch")
_coefficients = _module("test_audio2coeff")
_animation = _module("facerender.modules.make_animation")
_generator = _module("facerender.modules.generator")
_keypoint_detector = _module("facerender.modules.keypoint_detector")
_mapping = _module("facerender.modules.mapping")

CropAndExtract: Any = _preprocess.CropAndExtract
"""``(paths, device)``; ``.generate(picture, folder, preprocess, source_image_flag=, pic_size=)``
gives the paths of coefficients and cropped picture and the crop's place."""

Audio2Coeff: Any = _coefficients.Audio2Coeff
"""``(paths, device)``; ``.generate(batch, folder, pose_style, ref_pose)`` gives the path of the
coefficients of a sound."""

get_data: Any = _batch.get_data
"""Mel windows and blinks of a sound."""

get_facerender_data: Any = _facerender_batch.get_facerender_data
"""Windows of 27 coefficient vectors, one for each frame."""

keypoint_transformation: Any = _animation.keypoint_transformation
"""Canonical keypoints turned, moved and deformed; changes the translation it is given."""

Generator: Any = _generator.OcclusionAwareSPADEGenerator
KeypointDetector: Any = _keypoint_detector.KPDetector
MappingNet: Any = _mapping.MappingNet

_STAGES = {
    "landmark Det": "landmarks",
    "3DMM Extraction In Video": "analysis",
    "mel": "mel",
    "audio2exp": "expression",
    "Face Enhancer": "enhance",
}
"""SadTalker's names of its progress bars, and ours."""

_SHORTEST_WITH_BLINKS = 22
"""Frames.  SadTalker picks the time of a blink from ``range(10, n // 2)``, empty at 21."""


class Watch:
    """Takes the place of the progress bars: reports to the job at hand, and stops it."""

    def __init__(self) -> None:
        self._job: Optional[Job] = None

    @contextlib.contextmanager
    def over(self, job: Job) -> Iterator[None]:
        """Everything inside belongs to this job."""
        self._job = job
        try:
            yield
        finally:
            self._job = None

    def steps(self, items: Iterable[Any], desc: str = "", **_: object) -> Iterator[Any]:
        """The items, one step each; has the form of ``tqdm``."""
        job, stage = self._job, _STAGES.get(desc.rstrip(":"), desc.rstrip(":"))
        total = len(items) if isinstance(items, Sized) else 0
        for done, item in enumerate(items, start=1):
            if job is not None:
                job.check()
            yield item
            if job is not None and total:
                job.progress(stage, done, total)


watch = Watch()


class _NoWaiting:
    """Stands for ``time`` where SadTalker waits, for ever, for the device to have memory."""

    @staticmethod
    def sleep(_: float) -> None:
        raise BridgeError("out_of_memory", "the device has too little memory for the face")


def _with_few_blinks(pick: Callable[[int], Any]) -> Callable[[int], Any]:
    @functools.wraps(pick)
    def blinks(n_frames: int) -> Any:
        return pick(n_frames) if n_frames >= _SHORTEST_WITH_BLINKS else np.zeros((n_frames, 1))

    return blinks


def watch_module(module: ModuleType) -> None:
    """Give a module our steps instead of its progress bars."""
    module.tqdm = watch.steps  # type: ignore[attr-defined]  # a name inside that module


for _watched in (_preprocess, _keypoints, _batch, _expression):
    watch_module(_watched)
_keypoints.time = _NoWaiting  # type: ignore[attr-defined]  # a name inside that module
_batch.generate_blink_seq_randomly = _with_few_blinks(  # type: ignore[attr-defined]  # likewise
    _batch.generate_blink_seq_randomly
)
# The name that the cropping code uses for a filter; Pillow 10 dropped it.
if not hasattr(PIL.Image, "ANTIALIAS"):
    PIL.Image.ANTIALIAS = PIL.Image.Resampling.LANCZOS  # type: ignore[attr-defined]  # likewise
# SadTalker means the softmax it gets; torch warns for every frame.
warnings.filterwarnings("ignore", message="Implicit dimension choice for softmax")

_INITIALIZERS = (
    "kaiming_normal_",
    "kaiming_uniform_",
    "normal_",
    "orthogonal_",
    "trunc_normal_",
    "uniform_",
    "xavier_normal_",
    "xavier_uniform_",
)


def _keep(tensor: Any, *_: object, **__: object) -> Any:
    return tensor


@contextlib.contextmanager
def building() -> Iterator[None]:
    """Build networks without drawing the random weights that a checkpoint replaces.

    Every network is loaded strictly, so that none is left without its weights.  The
    checkpoint, which SadTalker reads once per network, is read once.
    """
    read = safetensors.torch.load_file
    initializers: Dict[str, Any] = {name: getattr(torch.nn.init, name) for name in _INITIALIZERS}
    safetensors.torch.load_file = functools.lru_cache(maxsize=1)(read)
    for name in _INITIALIZERS:
        setattr(torch.nn.init, name, _keep)
    try:
        yield
    finally:
        safetensors.torch.load_file = read
        for name, initializer in initializers.items():
            setattr(torch.nn.init, name, initializer)


def weights(path: str, part: str) -> Any:
    """The tensors of one network in SadTalker's checkpoint, by name."""
    return _module("utils.safetensor_helper").load_x_from_safetensor(
        safetensors.torch.load_file(path), part
    )


def seed(value: int) -> None:
    """Make the blinks (``random``) and the pose (``torch``) those of this number."""
    random.seed(value)
    np.random.seed(value % 2**32)
    torch.manual_seed(value % 2**63)


def choose_device(wanted: str) -> str:
    """The device to run on.

    Raises:
        BridgeError: ``bad_request``; there is no such device here.
    """
    if wanted == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    kind, _, number = wanted.partition(":")
    if kind == "cpu" and not number:
        return wanted
    count = torch.cuda.device_count() if torch.cuda.is_available() else 0
    if kind != "cuda" or int(number or 0) >= count:
        raise BridgeError("bad_request", f"no device {wanted} here; CUDA devices: {count}")
    torch.cuda.set_device(int(number or 0))
    return wanted


def make_repeatable() -> None:
    """Let cuDNN take the algorithms that give the same result twice."""
    torch.backends.cudnn.benchmark = False
    torch.backends.cudnn.deterministic = True
