"""The one face of a picture, or the reason why there is none to animate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.portrait.cautions import cautions
from app.portrait.detector import SURE, Detection, Detector
from app.portrait.gate import (
    mouth_seen,
    refuse_turned,
    rivals,
    shows_mouth,
    the_one_face,
    usable,
    well_seen,
)
from app.portrait.looks import looks_of
from app.portrait.mesh import Mesh
from app.portrait.mouth import mouth_wander
from app.portrait.pose import HeadPose, head_pose
from app.portrait.sight import telling


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """A face in a picture; coordinates are pixels, counted from the middle of the first one."""

    landmarks: npt.NDArray[np.float32]
    """Shape (478, 3): x right, y down, z away from the camera in the same unit, as
    MediaPipe numbers them: 468 of the mesh, 5 of the iris on the left of the
    picture, 5 of the one on its right."""
    box: tuple[float, float, float, float]
    """x, y, width and height, from the brows to the chin and from ear to ear."""
    score: float
    """How surely it is a face, from 0 to 1; the lower of detector and mesh."""
    yaw: float
    """Degrees, positive when turned to the right of the picture."""
    pitch: float
    """Degrees, positive when looking up."""
    roll: float
    """Degrees, positive when tilted clockwise."""

    @property
    def pose(self) -> HeadPose:
        """Which way it is turned."""
        return HeadPose(self.yaw, self.pitch, self.roll)


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A face that can be seen well, and what could be better about it."""

    face: Face
    cautions: tuple[str, ...]


class FaceFinder:
    """Finds the face of a source image; loads its models once.

    Args:
        threads: Of each model; one fits beside other work.
    """

    def __init__(self, threads: int = 1) -> None:
        self._detector = Detector(threads)
        self._mesh = Mesh(threads)

    def find(self, picture: npt.NDArray[np.uint8]) -> Face:
        """Find the face and its landmarks, in about 25 ms of one core.

        Args:
            picture: RGB, shape (height, width, 3), upright.

        Raises:
            SourceImageError: There is no face or no single one, or it is too small,
                cut off, turned away or hidden.
        """
        detection = self._the_one(picture)
        landmarks, mesh_score = self._mesh.fit(picture, detection)
        pose = head_pose(landmarks)
        with telling(picture, [detection.box]):
            usable(landmarks, mesh_score, pose, picture)
        return Face(
            landmarks=landmarks,
            box=detection.box,
            score=min(detection.score, mesh_score),
            yaw=pose.yaw,
            pitch=pose.pitch,
            roll=pose.roll,
        )

    def examine(self, picture: npt.NDArray[np.uint8]) -> Face:
        """Find the face and judge whether it can be seen well, in about 70 ms of one core.

        For what somebody photographed; frames that were drawn from it need :meth:`find` only.

        Raises:
            SourceImageError: As :meth:`find` says, or the face is too dark, too bright or
                blurred, or its mouth is covered.
        """
        return self.judge(picture).face

    def judge(self, picture: npt.NDArray[np.uint8]) -> Judged:
        """As :meth:`examine`, and what whoever took the picture could do better.

        Raises:
            SourceImageError: As there.
        """
        face = self.find(picture)
        looks = looks_of(picture, face.landmarks)
        with telling(picture, [face.box]):
            well_seen(looks)
            mouth_seen(mouth_wander(self._mesh, picture, face.landmarks))
        return Judged(face, tuple(cautions(face.box[2], face.pose, looks)))

    def _the_one(self, picture: npt.NDArray[np.uint8]) -> Detection:
        with telling(picture):
            found = self._look(picture)
        with telling(picture, [face.box for face in rivals(found)]):
            return the_one_face(found, picture)

    def _look(self, picture: npt.NDArray[np.uint8]) -> list[Detection]:
        found = self._detector.detect(picture)
        if found and found[0].score >= SURE:
            return found
        self._look_upside_down(picture, found[0].score if found else 0.0)
        return found or self._detector.detect_small(picture)

    def _look_upside_down(self, picture: npt.NDArray[np.uint8], score: float) -> None:
        turned = np.ascontiguousarray(picture[::-1, ::-1])
        found = self._detector.detect(turned)
        if found and found[0].score >= max(score, SURE):
            landmarks, mesh_score = self._mesh.fit(turned, found[0])
            # A mask that is turned looks like a forehead, and a face more like one than before.
            if shows_mouth(mouth_wander(self._mesh, turned, landmarks)):
                refuse_turned(mesh_score, head_pose(landmarks))
