"""The networks that turn keypoints into frames, a batch at a time.

The method is that of SadTalker and, before it, of Wang et al., "One-Shot Free-View Neural
Talking-Head Synthesis", CVPR 2021: canonical keypoints of the picture are turned, moved and
deformed, once as in the picture and once as the frame wants it, and the generator warps the
picture from the ones to the others.
"""

from __future__ import annotations

import os
from typing import Any, Dict, Iterator, Optional, Tuple

import torch
import yaml

from sadtalker_bridge.protocol import Job
from sadtalker_bridge.sadtalker import upstream
from sadtalker_bridge.sadtalker.checkpoints import Checkpoints, missing
from sadtalker_bridge.sadtalker.motion import Motion
from sadtalker_bridge.sadtalker.rest import away_from_rest

_CONFIGURATIONS = {False: "facerender.yaml", True: "facerender_still.yaml"}


class Renderer:
    """Generator and keypoint detector, and a mapping network for each kind of clip.

    SadTalker builds all of them anew for each kind, and a head pose network that no request
    ever uses; the weights of the first two are the same for both.
    """

    def __init__(self, checkpoints: Checkpoints, config: str, size: int, device: str) -> None:
        self._checkpoints = checkpoints
        self._config = config
        self._device = device
        self._mappings: Dict[bool, Any] = {}
        self._last: Optional[Tuple[Any, Any]] = None
        settings = self._settings(full=False)
        common = settings["common_params"]
        path = checkpoints.talker(size)
        self._generator = self._ready(
            upstream.Generator(**settings["generator_params"], **common),
            upstream.weights(path, "generator"),
        )
        self._detector = self._ready(
            upstream.KeypointDetector(**settings["kp_detector_params"], **common),
            upstream.weights(path, "kp_extractor"),
        )

    def prepare(self, *, full: bool) -> None:
        """Read the mapping network for this kind of clip, once."""
        if full in self._mappings:
            return
        path = self._checkpoints.mapping(full)
        with upstream.building():
            mapping = upstream.MappingNet(**self._settings(full=full)["mapping_params"])
            try:
                tensors = torch.load(path, map_location="cpu")["mapping"]
            except (KeyError, EOFError, RuntimeError) as error:
                raise missing(os.path.basename(path), "checkpoints") from error
            self._mappings[full] = self._ready(mapping, tensors)

    def frames(
        self, motion: Motion, *, full: bool, batch_size: int, rest_frames: int, job: Job
    ) -> Iterator[Any]:
        """Frames in time order, uint8 RGB, shape ``(size, size, 3)``.

        The first and the last are the picture itself as the generator draws it, so that
        clips can follow each other; in between the keypoints are eased.  Angles of the head
        that the request gives are kept as they are.
        """
        self.prepare(full=full)
        mapping = self._mappings[full]
        n_frames = len(motion.coefficients)
        weights = torch.from_numpy(away_from_rest(n_frames, rest_frames)).to(self._device)
        with torch.inference_mode():
            picture = motion.picture.to(self._device)
            canonical = self._canonical(picture)
            rest = mapping(motion.rest.to(self._device))
            source = _keypoints(canonical, rest, {})
        for start in range(0, n_frames, batch_size):
            job.check()
            batch = slice(start, min(start + batch_size, n_frames))
            with torch.inference_mode():
                angles = {
                    name: all_[batch].to(self._device) for name, all_ in motion.angles.items()
                }
                driving = mapping(motion.coefficients[batch].to(self._device))
                moved = _keypoints(canonical, driving, angles)
                still = _keypoints(canonical, rest, angles)
                eased = still + weights[batch, None, None] * (moved - still)
                drawn = self._draw(picture, source, eased)
            yield from drawn
            job.progress("render", batch.stop, n_frames)

    def _canonical(self, picture: Any) -> Any:
        """Keypoints of a face that looks straight ahead, kept from clip to clip of one picture."""
        if self._last is None or not torch.equal(self._last[0], picture):
            self._last = (picture, self._detector(picture)["value"])
        return self._last[1]

    def _draw(self, picture: Any, source: Any, driving: Any) -> Any:
        count = len(driving)
        drawn = self._generator(
            picture.repeat(count, 1, 1, 1),
            kp_source={"value": source.repeat(count, 1, 1)},
            kp_driving={"value": driving},
        )["prediction"]
        pixels = (drawn.clamp(0.0, 1.0) * 255.0).round().to(torch.uint8)
        return pixels.permute(0, 2, 3, 1).contiguous().cpu().numpy()

    def _settings(self, *, full: bool) -> Any:
        with open(os.path.join(self._config, _CONFIGURATIONS[full]), encoding="utf-8") as opened:
            return yaml.safe_load(opened)["model_params"]

    def _ready(self, network: Any, tensors: Any) -> Any:
        network.load_state_dict(tensors)
        return network.to(self._device).eval().requires_grad_(False)


def _keypoints(canonical: Any, pose: Dict[str, Any], angles: Dict[str, Any]) -> Any:
    """Keypoints of a pose, shape ``(n, 15, 3)``; ``canonical`` and ``pose`` may be one for all.

    SadTalker writes into the translation it is given, hence the copies.
    """
    count = max([len(pose["t"])] + [len(all_) for all_ in angles.values()])
    copies = {
        name: value.repeat(count // len(value), *[1] * (value.dim() - 1))
        for name, value in pose.items()
    }
    canonical = {"value": canonical.repeat(count, 1, 1)}
    return upstream.keypoint_transformation(canonical, {**copies, **angles})["value"]
