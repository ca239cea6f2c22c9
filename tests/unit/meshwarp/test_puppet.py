from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from app.engines.face.meshwarp import topology as mesh
from app.engines.face.meshwarp.curves import PARTS, MouthCurves, mouth_curves
from app.engines.face.meshwarp.fields import N_POSES
from app.engines.face.meshwarp.framing import frame_picture
from app.engines.face.meshwarp.grid import Box
from app.engines.face.meshwarp.head import measure_head
from app.engines.face.meshwarp.idle import IdleMotion, idle_motion
from app.engines.face.meshwarp.planes import Planes
from app.engines.face.meshwarp.prosody import prosody_of
from app.engines.face.meshwarp.puppet import Puppet, Renderer, Score, make_puppet
from app.engines.face.meshwarp.shapes import SHAPES, ShapeName, displacements
from app.engines.face.meshwarp.warp import Warp
from app.portrait import Face
from app.ports.sound import SAMPLE_RATE
from tests.unit.meshwarp.speaking import SENTENCE, sound_of, speak

Frame = npt.NDArray[np.uint8]


@pytest.fixture(scope="module")
def score() -> Score:
    """Two seconds of speech."""
    visemes = speak(SENTENCE[:12])
    mouth = mouth_curves(visemes, sound_of(visemes, 2.0), SAMPLE_RATE, 50)
    spoken = prosody_of(mouth.loudness, visemes)
    return Score(mouth, idle_motion(spoken, seed=1, amount=1, motion="calm", blink=True), 1.0)


def one_frame(*, blink: float = 0.0, **parts: float) -> Score:
    """A score of one frame with the head at home."""
    row = np.array([[parts.get(name, 0.0) for name in PARTS]], np.float32)
    one = np.ones(1, np.float32)
    idle = IdleMotion(
        pose=np.zeros((1, N_POSES), np.float32),
        blink=one * np.float32(blink),
        gaze=np.zeros((1, 2), np.float32),
        brow=0 * one,
    )
    return Score(MouthCurves(row, one if parts else 0 * one, one), idle, 1.0)


def render(puppet: Puppet, score: Score) -> list[Frame]:
    renderer = Renderer(puppet)
    return [renderer.render(score, index).frame.copy() for index in range(len(score))]


def warp_of(puppet: Puppet) -> Warp:
    height, width = puppet.picture.shape[:2]
    return Warp(puppet.head, puppet.fields, width, height, always=None)


def weights(**shapes: float) -> npt.NDArray[np.float32]:
    names: tuple[ShapeName, ...] = SHAPES
    return np.array([shapes.get(name, 0.0) for name in names] + [0.0] * N_POSES, np.float32)


def gap(puppet: Puppet, **shapes: float) -> float:
    lips = warp_of(puppet).lips(weights(**shapes))
    return float(((lips.lower - lips.upper) @ puppet.head.down)[5]) / puppet.head.unit


def test_a_fragment_begins_and_ends_with_the_still_picture(puppet: Puppet, score: Score) -> None:
    frames = render(puppet, score)
    assert np.array_equal(frames[0], puppet.picture)
    assert np.array_equal(frames[-1], puppet.picture)


def test_a_fragment_moves_in_between(puppet: Puppet, score: Score) -> None:
    frames = render(puppet, score)
    assert np.abs(frames[25].astype(int) - puppet.picture).max() > 50


def test_the_same_score_gives_the_same_frames(puppet: Puppet, score: Score) -> None:
    first, second = render(puppet, score), render(puppet, score)
    assert all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))


def test_a_frame_does_not_depend_on_the_one_before(puppet: Puppet, score: Score) -> None:
    alone = Renderer(puppet).render(score, 30).frame
    assert np.array_equal(alone, render(puppet, score)[30])


def test_a_muted_fragment_keeps_the_mouth_closed(puppet: Puppet) -> None:
    silence = mouth_curves((), np.zeros(SAMPLE_RATE, np.float32), SAMPLE_RATE, 25)
    nothing = prosody_of(silence.loudness)
    idle = idle_motion(nothing, seed=1, amount=0, motion="still", blink=False)
    frames = render(puppet, Score(silence, idle, 1.0))
    mouth = puppet.fields.upper.grid.box(256, 256)
    rows, columns = slice(mouth.y0, mouth.y1), slice(mouth.x0, mouth.x1)
    assert all(np.array_equal(f[rows, columns], puppet.picture[rows, columns]) for f in frames)


def test_what_is_said_to_have_changed_holds_every_change(puppet: Puppet, score: Score) -> None:
    renderer, planes = Renderer(puppet), Planes(256, 256)
    for index in range(len(score)):
        drawn = renderer.render(score, index)
        stepwise = planes.update(drawn.frame, drawn.changed)
        assert np.array_equal(stepwise, Planes(256, 256).update(drawn.frame, Box(0, 0, 256, 256)))


def test_a_frame_like_the_last_one_is_not_drawn_again(puppet: Puppet) -> None:
    renderer, score = Renderer(puppet), one_frame(jaw=0.5)
    first = renderer.render(score, 0).frame.copy()
    again = renderer.render(score, 0)
    assert again.changed.width == again.changed.height == 0
    assert np.array_equal(again.frame, first)


def test_a_face_of_sixty_pixels_moves_at_its_own_scale(picture: Frame, face: Face) -> None:
    factor = 60.0 / float(np.linalg.norm(face.landmarks[mesh.CHIN] - face.landmarks[mesh.FOREHEAD]))
    small = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    wide = np.full((600, 1000, 3), 90, np.uint8)
    wide[300 : 300 + small.shape[0], 400 : 400 + small.shape[1]] = small
    landmarks = np.asarray(face.landmarks * factor + (400, 300, 0), np.float32)
    tiny = make_puppet(frame_picture(wide, landmarks, "full", 512))
    frame = Renderer(tiny).render(one_frame(jaw=1.0, drop=0.4), 0).frame.astype(int)
    assert frame.shape == wide.shape
    changed = np.abs(frame - wide).max(axis=2)
    rows, columns = np.nonzero(changed > 30)
    assert len(rows) > 30
    assert np.ptp(rows) < 60
    assert np.ptp(columns) < 60


def test_round_lips_hide_the_upper_teeth(puppet: Puppet) -> None:
    def brightest(**parts: float) -> float:
        frame = render(puppet, one_frame(jaw=0.5, drop=0.3, **parts))[0].astype(float)
        lips = warp_of(puppet).lips(weights(jaw=0.5, drop=0.3, close=1.0, **parts))
        x = round(float(lips.upper[5, 0]))
        y0, y1 = round(float(lips.upper[5, 1])) + 1, round(float(lips.lower[5, 1])) - 1
        return float(frame[y0 : (y0 + y1) // 2, x].mean(axis=1).max())

    assert brightest(pucker=1.0) < 0.8 * brightest()


def test_an_open_mouth_is_rounder_than_a_v(puppet: Puppet) -> None:
    """Half way to the corners the opening keeps more than 70 % of its height."""
    lips = warp_of(puppet).lips(weights(jaw=1.0))
    heights = (lips.lower - lips.upper) @ puppet.head.down
    x = (lips.upper @ puppet.head.right) - float(lips.upper[5] @ puppet.head.right)
    half = (abs(float(x[0])) + abs(float(x[-1]))) / 2.0
    assert np.interp(-half / 2.0, x, heights) > 0.7 * heights[5]


def test_a_wide_open_mouth_no_longer_smiles(picture: Frame, face: Face) -> None:
    smiling = face.landmarks.copy()
    corners = [mesh.RIGHT_CORNER, mesh.LEFT_CORNER, 78, 308]
    smiling[corners, 1] -= 0.03 * np.linalg.norm(smiling[mesh.CHIN] - smiling[mesh.FOREHEAD])
    neutral, laughing = (
        displacements(measure_head(points))[SHAPES.index("jaw")][mesh.RIGHT_CORNER, 1]
        for points in (face.landmarks, smiling)
    )
    assert laughing > 1.2 * neutral


def test_an_open_mouth_is_narrower_than_a_closed_one(puppet: Puppet) -> None:
    """A wide open mouth keeps about 0.85 of its width, or every "aa" is a laugh."""

    def width(**shapes: float) -> float:
        lips = warp_of(puppet).lips(weights(**shapes))
        return float(np.linalg.norm(lips.upper[-1] - lips.upper[0]))

    assert 0.78 < width(jaw=1.0) / width() < 0.88


def test_the_skin_beside_the_mouth_comes_in_with_its_corners(puppet: Puppet) -> None:
    """Or it would fold into a dimple: landmark 57 lies beside the right corner."""
    jaw = puppet.fields.shapes[SHAPES.index("jaw")] @ puppet.head.right
    assert jaw[57] > 0.5 * jaw[mesh.RIGHT_CORNER] > 0.0


def test_round_lips_dent_no_outline_that_is_near(face: Face) -> None:
    """As of a turned face: its outline is drawn close to one corner of the mouth."""
    turned = face.landmarks.copy()
    corner = turned[mesh.RIGHT_CORNER, 0]
    beyond = turned[:, 0] < corner
    turned[beyond, 0] = corner + 0.4 * (turned[beyond, 0] - corner)
    head = measure_head(turned)
    pucker = displacements(head)[SHAPES.index("pucker")] @ head.right / head.unit
    assert abs(pucker[mesh.RIGHT_CORNER]) > 2.0
    assert np.abs(pucker[list(mesh.FACE_OVAL)]).max() < 0.3


def test_outside_the_head_a_full_picture_never_changes(
    picture: Frame, face: Face, score: Score
) -> None:
    whole = make_puppet(frame_picture(picture, face.landmarks, "full", 512))
    box = whole.fields.whole.grid.box(1024, 1024)
    assert box.width < 1000
    outside = np.ones((1024, 1024), bool)
    outside[box.y0 : box.y1, box.x0 : box.x1] = False
    renderer = Renderer(whole)
    for index in (8, 20, 30):
        frame = renderer.render(score, index).frame
        assert np.array_equal(frame[outside], picture[outside])


def test_the_region_of_a_full_picture_has_no_seam(picture: Frame, face: Face, score: Score) -> None:
    whole = make_puppet(frame_picture(picture, face.landmarks, "full", 512))
    box = whole.fields.whole.grid.box(1024, 1024)
    frame = Renderer(whole).render(score, 25).frame.astype(int)
    rim = np.concatenate([frame[box.y0 : box.y1, box.x0], frame[box.y0 : box.y1, box.x1 - 1]])
    still = np.concatenate([picture[box.y0 : box.y1, box.x0], picture[box.y0 : box.y1, box.x1 - 1]])
    assert np.abs(rim - still).max() <= 2


def test_the_jaw_opens_the_mouth(puppet: Puppet) -> None:
    assert gap(puppet, jaw=1.0) > 8.0


def test_closed_lips_touch(puppet: Puppet) -> None:
    assert gap(puppet, press=1.0, close=1.0) < 0.3


def test_lips_never_cross(puppet: Puppet) -> None:
    lips = warp_of(puppet).lips(weights(press=1.0, close=1.0, tuck=1.0))
    assert ((lips.lower - lips.upper) @ puppet.head.down).min() > -1e-3


def test_the_jaw_carries_the_chin(puppet: Puppet) -> None:
    jaw = puppet.fields.shapes[SHAPES.index("jaw")]
    fall = jaw @ puppet.head.down / puppet.head.unit
    assert fall[mesh.CHIN] > 7.0
    assert np.abs(fall[[mesh.RIGHT_EAR, mesh.LEFT_EAR, mesh.FOREHEAD]]).max() < 0.5


def test_the_inverse_finds_the_way_back(puppet: Puppet) -> None:
    """What is shown at the moved chin comes from the chin."""
    row = weights(jaw=0.8)
    row[len(SHAPES)] = 0.1
    warp = warp_of(puppet)
    sources = warp.sources(row, warp.lips(row))
    grid, layers = puppet.fields.whole.grid, puppet.fields.whole.values
    chin = puppet.head.landmarks[mesh.CHIN, :2]
    column, row_index = (int((chin[i] - (grid.x0, grid.y0)[i]) / grid.cell) for i in (0, 1))
    moved = chin + np.tensordot(row, layers[:, row_index, column], 1)
    x, y = (round(float(value)) for value in moved)
    found = sources.coordinates[y - sources.box.y0, x - sources.box.x0]
    assert np.linalg.norm(found - chin) < 1.5


def test_an_open_mouth_is_dark_inside_and_shows_teeth(puppet: Puppet) -> None:
    frame = render(puppet, one_frame(jaw=0.8, **{"raise": 0.3, "drop": 0.3}))[0]
    lips = warp_of(puppet).lips(weights(jaw=0.8, drop=0.3, close=1.0) + weights(**{"raise": 0.3}))
    x = round(float(lips.upper[5, 0]))
    y0, y1 = round(float(lips.upper[5, 1])) + 1, round(float(lips.lower[5, 1])) - 1
    inside = frame[y0:y1, x].astype(float).mean(axis=1)
    assert inside.min() < 60
    assert inside[:3].max() > inside.min() + 40


def test_the_inside_of_a_hardly_open_mouth_is_darker_than_of_a_wide_one(puppet: Puppet) -> None:
    """Red as the lips, it would pass for a part of the lower one."""

    def inside(jaw: float) -> float:
        frame = render(puppet, one_frame(jaw=jaw))[0].astype(float)
        lips = warp_of(puppet).lips(weights(jaw=jaw, close=1.0))
        x, y0, y1 = lips.upper[5, 0], lips.upper[5, 1], lips.lower[5, 1]
        return float(frame[round(y0 + 0.6 * (y1 - y0)), round(x)].mean())

    lip = puppet.head.landmarks[17, :2] - 2.0 * puppet.head.down * puppet.head.unit
    assert inside(0.4) < 0.8 * inside(1.0)
    assert inside(0.4) < 0.5 * float(puppet.picture[round(lip[1]), round(lip[0])].mean())


def test_a_blink_hides_the_irises(puppet: Puppet) -> None:
    closed = render(puppet, one_frame(blink=1.0))[0].astype(int)
    for eye in mesh.EYES:
        x, y = (round(float(value)) for value in puppet.head.landmarks[eye.iris, :2])
        around = (slice(y - 3, y + 4), slice(x - 3, x + 4))
        assert np.abs(closed[around] - puppet.picture[around]).max() > 60


def test_a_blink_leaves_everything_but_the_eyes(puppet: Puppet) -> None:
    closed = render(puppet, one_frame(blink=1.0))[0]
    nose = round(float(puppet.head.landmarks[mesh.BELOW_NOSE, 1]))
    assert np.array_equal(closed[nose:], puppet.picture[nose:])


def test_more_expression_opens_the_mouth_wider(puppet: Puppet, score: Score) -> None:
    wider = Score(score.mouth, score.idle, 1.5)
    jaw = SHAPES.index("jaw")
    assert wider.weights(20)[jaw] == pytest.approx(1.5 * score.weights(20)[jaw])


def test_more_expression_still_closes_the_lips(score: Score) -> None:
    wider = Score(score.mouth, score.idle, 1.5)
    press = SHAPES.index("press")
    shut = int(score.mouth.parts[:, PARTS.index("press")].argmax())
    assert wider.weights(shut)[press] == score.weights(shut)[press]
