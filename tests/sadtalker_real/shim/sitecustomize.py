"""A stand-in for what random weights cannot do; on PYTHONPATH of SadTalker's interpreter.

It replaces results inside a checkout whose files stay as they are, and only in tests:

* the face detector's boxes by those of OpenCV's Haar cascade, and the landmarks by a mean
  face in the box; the networks still run, so that their time and their weights count;
* with ``SHIM_RENDER=stub`` the generator's frames by the picture with a column of grey
  tiles, one for each number of the driving keypoints: motion shows without the network;
* with ``SHIM_SEED=n`` the seed is set where the bridge sets it, which SadTalker never does;
* with ``SHIM_FRAME_LIMIT=n`` SadTalker's own program renders the first ``n`` frames only;
* with ``SHIM_FRAMES=file.npy`` the frames are kept before they are encoded.
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

_SHAPE: dict[str, Any] = {}
_TILE = 16
_CONTRAST = 4.0


def _haar_boxes(image: Any) -> Any:
    import numpy as np

    cv2: Any = importlib.import_module("cv2")
    grey = cv2.cvtColor(np.asarray(image), cv2.COLOR_RGB2GRAY)
    faces = Path(cv2.data.haarcascades) / "haarcascade_frontalface_default.xml"
    cascade = cv2.CascadeClassifier(str(faces))
    boxes = cascade.detectMultiScale(grey, 1.1, 8)
    points = np.array([[0.3, 0.4], [0.7, 0.4], [0.5, 0.6], [0.35, 0.8], [0.65, 0.8]])
    rows = [[x, y, x + w, y + h, 0.99, *(points * [w, h] + [x, y]).ravel()] for x, y, w, h in boxes]
    return np.array(rows, np.float32).reshape(-1, 15)


def _mean_face(shape: Sequence[int]) -> Any:
    import numpy as np
    from scipy.io import loadmat

    source = Path(sys.modules["src.utils.preprocess"].__file__ or "").parent.parent
    points = loadmat(str(source / "config" / "similarity_Lm3D_all.mat"))["lm"][:, :2].copy()
    points[:, 1] = -points[:, 1]
    low, high = points.min(0), points.max(0)
    unit = (points - low) / (high - low)
    height, width = shape[:2]
    return np.stack([width * (0.08 + 0.84 * unit[:, 0]), height * (0.25 + 0.72 * unit[:, 1])], 1)


def _on_detection(module: Any) -> None:
    make = module.init_detection_model

    def init_detection_model(*args: Any, **more: Any) -> Any:
        network = make(*args, **more)
        detect = network.detect_faces

        def detect_faces(image: Any, *rest: Any, **options: Any) -> Any:
            detect(image, *rest, **options)
            return _haar_boxes(image)

        network.detect_faces = detect_faces
        return network

    module.init_detection_model = init_detection_model


def _on_landmark_network(module: Any) -> None:
    find = module.FAN.get_landmarks

    def get_landmarks(self: Any, image: Any) -> Any:
        _SHAPE["last"] = image.shape
        try:
            return find(self, image)
        except IndexError:  # a random heat map may have its peak on the border
            return None

    module.FAN.get_landmarks = get_landmarks


def _on_alignment(module: Any) -> None:
    module.landmark_98_to_68 = lambda _: _mean_face(_SHAPE["last"])


def _on_generator(module: Any) -> None:
    if os.environ.get("SHIM_RENDER") != "stub":
        return

    def forward(_: Any, source_image: Any, kp_driving: Any, kp_source: Any) -> Any:
        moved = (kp_driving["value"] - kp_source["value"]).reshape(len(source_image), -1)
        levels = (0.5 + _CONTRAST * moved).clamp(0.0, 1.0)
        frame = source_image.clone()
        across = frame.shape[-1] // _TILE
        for index in range(levels.shape[1]):
            top, left = index // across * _TILE, index % across * _TILE
            tile = frame[:, :, top : top + _TILE, left : left + _TILE]
            tile[:] = levels[:, index, None, None, None]
        return {"prediction": frame}

    module.OcclusionAwareSPADEGenerator.forward = forward


def _on_batch(module: Any) -> None:
    if "SHIM_SEED" not in os.environ:
        return
    make = module.get_data

    def get_data(*args: Any, **more: Any) -> Any:
        import torch

        seed = int(os.environ["SHIM_SEED"])
        random.seed(seed)
        torch.manual_seed(seed)
        return make(*args, **more)

    module.get_data = get_data


def _on_facerender_batch(module: Any) -> None:
    if "SHIM_FRAME_LIMIT" not in os.environ:
        return
    make = module.get_facerender_data

    def get_facerender_data(*args: Any, **more: Any) -> Any:
        limit = int(os.environ["SHIM_FRAME_LIMIT"])
        made = make(*args, **more)
        made["target_semantics_list"] = made["target_semantics_list"][:, :limit]
        made["frame_num"] = limit
        return made

    module.get_facerender_data = get_facerender_data


def _on_imageio(module: Any) -> None:
    if "SHIM_FRAMES" not in os.environ:
        return
    write = module.mimsave

    def mimsave(path: Any, frames: Any, *rest: Any, **more: Any) -> Any:
        import numpy as np

        np.save(os.environ["SHIM_FRAMES"], np.stack(frames))
        return write(path, frames, *rest, **more)

    module.mimsave = mimsave


_CHANGES: dict[str, Callable[[Any], None]] = {
    "facexlib.detection": _on_detection,
    "facexlib.alignment": _on_alignment,
    "src.face3d.util.my_awing_arch": _on_landmark_network,
    "src.facerender.modules.generator": _on_generator,
    "src.generate_batch": _on_batch,
    "src.generate_facerender_batch": _on_facerender_batch,
    "imageio": _on_imageio,
}


class _Changer(importlib.abc.MetaPathFinder):
    """Changes a module right after it was executed."""

    def __init__(self) -> None:
        self._busy: set[str] = set()

    def find_spec(
        self, fullname: str, path: Any = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname not in _CHANGES or fullname in self._busy:
            return None
        self._busy.add(fullname)
        try:
            spec = importlib.util.find_spec(fullname)
        finally:
            self._busy.discard(fullname)
        if spec is None or spec.loader is None:
            return None
        execute = spec.loader.exec_module

        def exec_module(module: ModuleType) -> None:
            execute(module)
            _CHANGES[fullname](module)

        spec.loader.exec_module = exec_module  # type: ignore[method-assign]  # of this one module
        return spec


sys.meta_path.insert(0, _Changer())
