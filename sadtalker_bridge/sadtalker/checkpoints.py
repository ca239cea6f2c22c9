"""Where SadTalker's weights lie, and which of them are missing.

Paths in the working directory reach the checkout through links; SadTalker itself looks for
``gfpgan/weights`` from there.
"""

from __future__ import annotations

import os
from typing import Dict, List, Optional, Tuple

from sadtalker_bridge.errors import BridgeError

FACE_WEIGHTS = os.path.join("gfpgan", "weights")

_FACE_MODELS = ("alignment_WFLW_4HG.pth", "detection_Resnet50_Final.pth")
_ENHANCERS = {"gfpgan": "GFPGANv1.4.pth", "RestoreFormer": "RestoreFormer.pth"}
_ENHANCER_PARSER = "parsing_parsenet.pth"
BACKGROUND = "RealESRGAN_x2plus.pth"


class Checkpoints:
    """The files of one folder of checkpoints and of ``gfpgan/weights``."""

    def __init__(self, folder: Optional[str] = None) -> None:
        self._folder = folder or "checkpoints"
        self._described = "the folder checkpoint_dir" if folder else "checkpoints"

    def talker(self, size: int) -> str:
        """Path of the networks for a picture size."""
        return os.path.join(self._folder, f"SadTalker_V0.0.2_{size}.safetensors")

    def mapping(self, full: bool) -> str:
        """Path of the network that turns coefficients into keypoints.

        The one for the whole picture also knows where the crop lies in it.
        """
        return os.path.join(self._folder, f"mapping_00{'109' if full else '229'}-model.pth.tar")

    def require(self, size: int, *, full: bool) -> None:
        """Raise ``checkpoint_missing`` unless everything for this size and kind is there."""
        places = [(self.talker(size), self._described), (self.mapping(full), self._described)]
        places += [(os.path.join(FACE_WEIGHTS, name), FACE_WEIGHTS) for name in _FACE_MODELS]
        _require(places)

    def require_enhancer(self, enhancer: str, background: Optional[str]) -> None:
        """Raise ``checkpoint_missing`` unless everything for these enhancers is there."""
        name = _ENHANCERS[enhancer]
        wanted = [_ENHANCER_PARSER] + ([BACKGROUND] if background else [])
        # SadTalker looks for the enhancer's own file in its checkpoints too.
        if not _usable(os.path.join("checkpoints", name)):
            wanted.insert(0, name)
        _require([(os.path.join(FACE_WEIGHTS, name), FACE_WEIGHTS) for name in wanted])


def local_weights(
    url: str,
    model_dir: Optional[str] = None,
    progress: bool = True,
    file_name: Optional[str] = None,
    save_dir: Optional[str] = None,
) -> str:
    """Path of the weights that a package would load from an address; nothing is fetched."""
    path = os.path.join(FACE_WEIGHTS, file_name or url.rsplit("/", 1)[-1])
    _require([(path, FACE_WEIGHTS)])
    return os.path.abspath(path)


def refuse_download(url: str, dst: str, *_: object, **__: object) -> None:
    """Stand in the way of a download that the checks above did not foresee."""
    raise missing(url.rsplit("/", 1)[-1], os.path.basename(os.path.dirname(dst)))


def missing(name: str, folder: str) -> BridgeError:
    """The error for a file that is not there or not whole."""
    return BridgeError(
        "checkpoint_missing",
        f"{name} is missing or not whole; put it into {folder} of the SadTalker checkout",
    )


def _require(places: List[Tuple[str, str]]) -> None:
    for path, folder in places:
        if not _usable(path):
            raise missing(os.path.basename(path), folder)


def _usable(path: str) -> bool:
    return os.path.isfile(path) and os.path.getsize(path) > 0


def upstream_paths(checkpoints: Checkpoints, config: str, size: int) -> Dict[str, object]:
    """What SadTalker's ``init_path`` gives its constructors.

    That function searches the folder with ``glob``, which takes brackets in a path for a
    pattern and then falls back to the names of an older release.
    """
    return {
        "use_safetensor": True,
        "checkpoint": checkpoints.talker(size),
        "dir_of_BFM_fitting": config,
        "audio2pose_yaml_path": os.path.join(config, "auido2pose.yaml"),
        "audio2exp_yaml_path": os.path.join(config, "auido2exp.yaml"),
    }
