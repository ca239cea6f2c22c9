from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from app.engines.face.meshwarp.head import Floats
from app.engines.face.meshwarp.idle import IdleMotion, idle_motion
from app.engines.face.meshwarp.options import Motion
from app.engines.face.meshwarp.prosody import Prosody, prosody_of


def speech(*, loud: Sequence[int] = (), pauses: Sequence[slice] = (), n: int = 1500) -> Prosody:
    """Even speech with syllables that stand out, and silences."""
    loudness = np.full(n, 0.4, np.float32)
    for frame in loud:
        loudness[frame - 3 : frame + 4] = 1.1
    for pause in pauses:
        loudness[pause] = 0.0
    return prosody_of(loudness)


MINUTE = speech(loud=range(40, 1480, 35))


def idle(
    spoken: Prosody = MINUTE, *, seed: int = 3, motion: Motion = "calm", blink: bool = True
) -> IdleMotion:
    return idle_motion(spoken, seed=seed, amount=1.0, motion=motion, blink=blink)


def speed(pose: Floats) -> Floats:
    """Of the head's turning, radians per frame."""
    return np.asarray(np.abs(np.diff(pose[:, :3], axis=0)).sum(axis=1), np.float32)


def test_the_head_is_at_home_in_the_first_and_the_last_frame() -> None:
    motion = idle()
    for curve in (motion.pose, motion.blink, motion.gaze, motion.brow):
        assert not curve[[0, -1]].any()


def test_the_same_seed_moves_the_same_way() -> None:
    assert np.array_equal(idle(seed=8).pose, idle(seed=8).pose)


def test_another_seed_moves_another_way() -> None:
    assert not np.array_equal(idle(seed=8).pose, idle(seed=9).pose)


def test_a_speaker_turns_the_head_by_a_few_degrees() -> None:
    yaw = np.degrees(idle().pose[:, 0])
    assert 1.5 < yaw.std() < 6.0
    assert np.abs(yaw).max() < 16.0


@pytest.mark.parametrize("motion", ["calm", "lively"])
def test_the_head_moves_smoothly(motion: Motion) -> None:
    pose = idle(motion=motion).pose[12:-12]
    assert np.abs(np.diff(pose, n=2, axis=0)).max() < 0.006


def test_a_still_head_moves_much_less() -> None:
    assert idle(motion="still").pose.std() < 0.2 * idle().pose.std()


def test_a_lively_head_moves_more() -> None:
    assert idle(motion="lively").pose.std() > 1.3 * idle().pose.std()


def test_an_amount_of_nothing_keeps_head_and_brows_still() -> None:
    motion = idle_motion(MINUTE, seed=3, amount=0.0, motion="calm", blink=True)
    assert not motion.pose.any()
    assert not motion.brow.any()


@pytest.mark.parametrize("pauses", [(), tuple(slice(i, i + 20) for i in range(60, 1450, 75))])
def test_eyes_blink_as_often_as_people_do(pauses: Sequence[slice]) -> None:
    for seed in range(6):
        closed = idle(speech(pauses=pauses), seed=seed).blink > 0.9
        blinks = int((closed[1:] & ~closed[:-1]).sum())
        assert 8 <= blinks <= 25


def test_eyes_blink_rather_in_pauses() -> None:
    spoken = speech(pauses=[slice(i, i + 20) for i in range(60, 1450, 60)])
    closed = np.concatenate([idle(spoken, seed=seed).blink > 0.9 for seed in range(6)])
    assert closed[np.tile(spoken.pausing, 6)].mean() > 1.5 * closed.mean()


def test_eyes_never_blink_when_told_so() -> None:
    assert not idle(blink=False).blink.any()


def test_a_fragment_too_short_for_a_blink_has_none() -> None:
    assert not idle(speech(n=10)).blink.any()


def test_a_stress_lifts_the_brows() -> None:
    motion = idle(speech(loud=[100], n=200))
    assert motion.brow[97:106].mean() > motion.brow[20:80].mean() + 0.15


def test_the_head_nods_at_a_stress() -> None:
    stressed, plain = speech(loud=[100], n=200), speech(n=200)
    nods = idle(stressed).pose[:, 1] - idle(plain).pose[:, 1]
    assert 96 <= int(nods.argmax()) <= 106
    assert np.degrees(nods.max()) > 1.0
    assert np.abs(nods[:70]).max() < 1e-3


def test_the_head_holds_still_in_a_pause() -> None:
    spoken = speech(loud=range(40, 1480, 35), pauses=[slice(600, 700), slice(1000, 1100)])
    pausing = spoken.pausing.copy()
    # A breath is taken in the last half second.
    pausing[[*range(600, 612), *range(680, 700), *range(1000, 1012), *range(1080, 1100)]] = False
    for seed in range(4):
        moving = speed(idle(spoken, seed=seed).pose)
        assert moving[pausing[1:]].mean() < 0.2 * moving[~spoken.pausing[1:]].mean()


def test_the_head_rises_with_a_breath_before_a_sentence() -> None:
    with_breath = idle(speech(pauses=[slice(60, 90)], n=200)).pose
    rise = with_breath[85] - with_breath[72]
    assert rise[4] < -0.003
    assert rise[1] < -0.005


def test_the_gaze_stays_about_the_listener() -> None:
    for seed in range(6):
        gaze = np.abs(idle(seed=seed, motion="lively").gaze)
        assert gaze[:, 0].max() <= 0.3
        assert gaze[:, 1].max() <= 0.16


def test_the_eyes_stay_on_the_listener_while_the_head_turns() -> None:
    motion = idle()
    assert np.corrcoef(motion.gaze[:, 0], motion.pose[:, 0])[0, 1] < -0.4
