"""Finding and analysing the face of a picture, once per picture."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from typing import Any, Dict, Optional, Tuple

import cv2
import numpy as np
import torch

from sadtalker_bridge.errors import BridgeError
from sadtalker_bridge.protocol import Job
from sadtalker_bridge.sadtalker import upstream

Box = Tuple[int, int, int, int]
"""Left, top, right, bottom; pixels."""

_VERSION = 1
_SURE = 0.97
"""SadTalker's own threshold of the detector."""

_OTHER_FACE_AREA = 0.25
"""Of the largest face; smaller ones are people in the background."""


@dataclass(frozen=True)
class Face:
    """What is known of a picture's face."""

    coefficients: str
    """MAT file with the 3DMM coefficients."""
    picture: str
    """PNG of the face, ``size`` pixels wide and high whatever its real proportions."""
    box: Box
    """Part of the whole picture that it shows."""


class Analyst:
    """SadTalker's face detector, landmark network and 3DMM network."""

    def __init__(self, paths: Dict[str, Any], device: str) -> None:
        self._extractor = upstream.CropAndExtract(paths, device)
        finder = self._extractor.propress
        self._detector = _Detector(finder.predictor.det_net.detect_faces)
        finder.predictor.det_net.detect_faces = self._detector
        self._align = finder.align_face
        finder.align_face = self._remember_scale
        self._scale = 1.0

    def analyse(self, image: str, folder: str, preprocess: str, size: int, job: Job) -> None:
        """Write the analysis of a picture into ``folder``, whole or not at all.

        Raises:
            BridgeError: ``bad_image``, ``no_face`` or ``several_faces``.
        """
        picture = cv2.imread(image)
        if picture is None:
            raise BridgeError("bad_image", "the picture cannot be read")
        height, width = picture.shape[:2]
        with tempfile.TemporaryDirectory(prefix="analysis-", dir=os.getcwd()) as private:
            # Names of our own: SadTalker goes by the suffix and builds further names from it.
            source = os.path.join(private, "face.png")
            os.symlink(os.path.abspath(image), source)
            made = os.path.join(private, "made")
            os.mkdir(made)
            self._scale = 1.0
            with upstream.watch.over(job), torch.inference_mode():
                self._detector.expect_picture()
                coefficients, cropped, place = self._extractor.generate(
                    source, made, preprocess, source_image_flag=True, pic_size=size
                )
            box = _shown(place, self._scale, (width, height), extended="ext" in preprocess)
            os.makedirs(folder, exist_ok=True)
            _publish(coefficients, os.path.join(folder, "face.mat"))
            _publish(cropped, os.path.join(folder, "face.png"))
        _write_record(folder, {**_identity(preprocess, size), "box": box})

    def follow(self, video: str, folder: str, preprocess: str, job: Job) -> str:
        """Path of the coefficients of a reference video, made once per ``folder``."""
        made = os.path.join(folder, f"reference-{preprocess}.mat")
        if os.path.isfile(made):
            return made
        if not os.path.isfile(video):
            raise BridgeError("bad_request", "a reference video is missing")
        with tempfile.TemporaryDirectory(prefix="reference-", dir=os.getcwd()) as private:
            source = os.path.join(private, "reference.mp4")
            os.symlink(os.path.abspath(video), source)
            inside = os.path.join(private, "made")
            os.mkdir(inside)
            with upstream.watch.over(job), torch.inference_mode():
                self._detector.expect_video()
                coefficients, _, _ = self._extractor.generate(source, inside, preprocess)
            os.makedirs(folder, exist_ok=True)
            _publish(coefficients, made)
        return made

    def _remember_scale(self, img: Any, lm: Any, output_size: int) -> Any:
        """Note by how much SadTalker shrinks a picture whose face is larger than 2048 pixels.

        The box it gives then belongs to the shrunk picture, and nothing else tells of that.
        """
        shrunk, crop, quad = self._align(img=img, lm=lm, output_size=output_size)
        self._scale = img.size[0] / shrunk[0]
        return shrunk, crop, quad


def stored(folder: str, preprocess: str, size: int) -> Optional[Face]:
    """The analysis that lies complete in ``folder``, if there is one for these settings."""
    try:
        with open(os.path.join(folder, "analysis.json"), encoding="utf-8") as opened:
            record = json.load(opened)
        box = tuple(int(number) for number in record.pop("box"))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    face = Face(os.path.join(folder, "face.mat"), os.path.join(folder, "face.png"), box)  # type: ignore[arg-type]  # four numbers, or it is not ours
    whole = os.path.isfile(face.coefficients) and os.path.isfile(face.picture)
    return face if whole and len(box) == 4 and record == _identity(preprocess, size) else None


class _Detector:
    """SadTalker's face detector, made to say what it finds.

    SadTalker takes the surest face, raises a string when there is none, and an IndexError when
    there is none in the crop.  Here the largest face comes first, and the errors are typed.
    """

    def __init__(self, detect: Any) -> None:
        self._detect = detect
        self._whole_picture = False
        self._video = False

    def expect_picture(self) -> None:
        """Next comes a picture that must show one face."""
        self._whole_picture, self._video = True, False

    def expect_video(self) -> None:
        """Next come the frames of a video, of which some may show no face."""
        self._whole_picture, self._video = False, True

    def __call__(self, image: Any, threshold: float = _SURE) -> Any:
        """Faces, one row each, box first, the largest first."""
        found = np.asarray(self._detect(image, threshold))
        if not len(found):
            if self._video:
                # What SadTalker catches, to go on with the face of the frame before.
                raise TypeError("no face in this frame of the video")
            raise BridgeError("no_face", "no face is found in the picture")
        areas = (found[:, 2] - found[:, 0]) * (found[:, 3] - found[:, 1])
        if self._whole_picture and (areas > _OTHER_FACE_AREA * areas.max()).sum() > 1:
            raise BridgeError("several_faces", "the picture shows several faces")
        self._whole_picture = False
        return found[np.argsort(-areas, kind="stable")]


def _shown(place: Any, scale: float, size: Tuple[int, int], *, extended: bool) -> Box:
    """Part of the picture that the cropped one shows.

    SadTalker's own record of it runs out of the picture on the right and at the bottom when
    the head is cut there, and tells of the inner box where the outer one was cropped.
    """
    _, crop, quad = place
    width, height = size
    if crop is None:
        return 0, 0, width, height
    left, top, right, bottom = (int(number) for number in crop)
    if not extended:
        inner = [int(number) for number in quad]
        left, right = left + inner[0], min(left + inner[2], right)
        top, bottom = top + inner[1], min(top + inner[3], bottom)
    return (
        round(left * scale),
        round(top * scale),
        min(round(right * scale), width),
        min(round(bottom * scale), height),
    )


def _identity(preprocess: str, size: int) -> Dict[str, Any]:
    return {"version": _VERSION, "preprocess": preprocess, "size": size}


def _publish(source: str, target: str) -> None:
    part = _part(target)
    shutil.copyfile(source, part)
    os.replace(part, target)


def _write_record(folder: str, record: Dict[str, Any]) -> None:
    """Last, so that a folder with a record is complete."""
    target = os.path.join(folder, "analysis.json")
    part = _part(target)
    with open(part, "w", encoding="utf-8") as opened:
        json.dump(record, opened)
    os.replace(part, target)


def _part(target: str) -> str:
    """A name of this process's own: another may be at the same file."""
    return "%s.%d.part" % (target, os.getpid())
