from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from app.engines.face.meshwarp import topology as mesh
from app.engines.face.meshwarp.engine import MeshWarp
from app.engines.face.meshwarp.framing import frame_picture
from app.engines.face.meshwarp.puppet import Puppet, Renderer, make_puppet
from app.engines.face.meshwarp.seal import LipSeal
from app.portrait import Face, FaceFinder
from app.ports.sound import SAMPLE_RATE
from tests.unit.meshwarp.measure import read_clip
from tests.unit.meshwarp.speaking import write_wav
from tests.unit.meshwarp.test_engine import Go
from tests.unit.meshwarp.test_puppet import Frame, one_frame


@pytest.fixture(scope="module")
def open_mouthed(picture: Frame, face: Face) -> Puppet:
    """The sample as if it had been taken in the middle of a word."""
    still = make_puppet(frame_picture(picture, face.landmarks, "crop", 512))
    said = Renderer(still).render(one_frame(jaw=0.5, drop=0.3, wide=0.3), 0).frame.copy()
    return make_puppet(frame_picture(said, FaceFinder().find(said).landmarks, "resize", 512))


def opening(frame: Frame) -> float:
    """Lip gap as a share of the distance between the eyes' outer corners."""
    landmarks = FaceFinder().find(frame).landmarks[:, :2]
    eyes = np.linalg.norm(landmarks[mesh.RIGHT_EYE_OUTER] - landmarks[mesh.LEFT_EYE_OUTER])
    gap = landmarks[mesh.UPPER_LIP_MIDDLE] - landmarks[mesh.LOWER_LIP_MIDDLE]
    return float(np.linalg.norm(gap) / eyes)


def test_an_open_mouth_at_rest_stays_as_it_is(open_mouthed: Puppet) -> None:
    frame = Renderer(open_mouthed).render(one_frame(), 0).frame
    assert np.array_equal(frame, open_mouthed.picture)


def test_an_open_mouth_closes_for_a_bilabial(open_mouthed: Puppet) -> None:
    assert opening(open_mouthed.picture) > 0.08
    assert opening(Renderer(open_mouthed).render(one_frame(press=1.0), 0).frame) < 0.03


def test_closed_lips_show_no_teeth(open_mouthed: Puppet) -> None:
    shown = Renderer(open_mouthed).render(one_frame(press=1.0), 0).frame.astype(float)
    corners = open_mouthed.head.landmarks[[mesh.RIGHT_CORNER, mesh.LEFT_CORNER], :2]
    x0, x1 = corners[0, 0] + 8, corners[1, 0] - 8
    lips = [*mesh.UPPER_OUTER, *mesh.LOWER_OUTER]
    y0, y1 = np.percentile(open_mouthed.head.landmarks[lips, 1], [10, 90])
    mouth = shown[int(y0) : int(y1), int(x0) : int(x1)]
    # Lips are red; teeth, and the dark about them, are not.
    assert (mouth[..., 0] - mouth[..., 1]).min() > 8


def test_a_closed_mouth_is_left_alone(puppet: Puppet) -> None:
    source = puppet.picture.copy()
    LipSeal(puppet.picture, puppet.head).draw(source, 1.0)
    assert np.array_equal(source, puppet.picture)


def parted(picture: Frame, face: Face, jaw: float) -> Frame:
    """The sample with its lips apart."""
    still = make_puppet(frame_picture(picture, face.landmarks, "crop", 512))
    return Renderer(still).render(one_frame(jaw=jaw), 0).frame.copy()


def test_lips_slightly_apart_in_the_picture_stay_together_in_silence(
    picture: Frame, face: Face, engine: MeshWarp, tmp_path: Path
) -> None:
    source = tmp_path / "parted.png"
    shown = parted(picture, face, 0.25)
    cv2.imwrite(str(source), cv2.cvtColor(shown, cv2.COLOR_RGB2BGR))
    silence = write_wav(np.zeros(SAMPLE_RATE, np.float32), tmp_path / "silence.wav")
    clip = tmp_path / "silence.mp4"
    engine.animate(engine.prepare(source), silence, (), clip, cancel=Go(), progress=lambda _: None)
    assert opening(shown) > 0.04
    assert max(opening(frame) for frame in read_clip(clip)[::6]) < 0.02


def test_a_mouth_that_laughs_in_the_picture_is_not_slightly_parted(
    picture: Frame, face: Face, puppet: Puppet
) -> None:
    laughing = parted(picture, face, 1.0)
    framed = frame_picture(laughing, FaceFinder().find(laughing).landmarks, "resize", 512)
    assert not make_puppet(framed).slightly_parted
    assert not puppet.slightly_parted
