"""How much of the photograph's detail is left in the moving face.

Unit: variance of the Laplacian of the grey face, which grows with the energy of fine
detail, as a share of the photograph's own; 1 is as sharp.  The 10th percentile over a clip
says how blurred the worst moments are.  Frames are taken as they are, and the photograph is
brought to their scale: each time a picture is sampled again it loses detail, and that of the
judge would be laid at the engine's door.

Source: Pertuz et al., "Analysis of focus measure operators for shape-from-focus", Pattern
Recognition 2013 (LAP4).
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Picture = npt.NDArray[np.uint8]

_MESH = 468
_SAME_SCALE = 0.02
"""The landmarks' error: scaled by as little, the photograph would lose half of what is measured."""


def face_in(picture: Picture, landmarks: Floats) -> Picture:
    """The part of a picture that the landmarks of its face cover; empty without any."""
    if not np.isfinite(landmarks).all():
        return picture[:0, :0]
    x0, y0 = np.maximum(landmarks[:_MESH, :2].min(axis=0), 0).astype(int)
    x1, y1 = landmarks[:_MESH, :2].max(axis=0).astype(int)
    return picture[y0:y1, x0:x1]


def laplacian(face: Picture) -> float:
    """Sharpness of a face; NaN when there is none."""
    if not face.size:
        return float("nan")
    return float(cv2.Laplacian(cv2.cvtColor(face, cv2.COLOR_RGB2GRAY), cv2.CV_32F).var())


def at_the_scale_of(height: int, photo_face: Picture) -> Picture:
    """The photograph's face, as many pixels high as the clip's."""
    factor = height / photo_face.shape[0]
    if abs(factor - 1) < _SAME_SCALE:
        return photo_face
    kind = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    scaled = cv2.resize(photo_face, None, fx=factor, fy=factor, interpolation=kind)
    return np.asarray(scaled, np.uint8)


def sharpness_left(of_frames: Floats, photo_face: Picture, height: int) -> float:
    """10th percentile of the frames' sharpness as a share of the photograph's.

    Args:
        of_frames: :func:`laplacian` of each frame's face.
        photo_face: In the photograph, at its own scale.
        height: Pixels of the face in the clip.
    """
    source = laplacian(at_the_scale_of(height, photo_face))
    return float(np.nanpercentile(of_frames, 10) / source)
