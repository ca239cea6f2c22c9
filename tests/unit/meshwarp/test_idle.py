from __future__ import annotations

import numpy as np

from app.engines.face.meshwarp.idle import IdleMotion, idle_motion

MINUTE = np.full(1500, 0.5, np.float32)


def idle(*, seed: int = 3, still: bool = False, blink: bool = True) -> IdleMotion:
    return idle_motion(MINUTE, seed=seed, amount=1.0, still=still, blink=blink)


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


def test_the_head_moves_smoothly() -> None:
    pose = idle().pose[12:-12]
    assert np.abs(np.diff(pose, n=2, axis=0)).max() < 0.004


def test_a_still_head_moves_much_less() -> None:
    assert idle(still=True).pose.std() < 0.2 * idle().pose.std()


def test_an_amount_of_nothing_keeps_head_and_brows_still() -> None:
    motion = idle_motion(MINUTE, seed=3, amount=0.0, still=False, blink=True)
    assert not motion.pose.any()
    assert not motion.brow.any()


def test_eyes_blink_as_often_as_people_do() -> None:
    for seed in range(6):
        closed = idle(seed=seed).blink > 0.9
        blinks = int((closed[1:] & ~closed[:-1]).sum())
        assert 8 <= blinks <= 25


def test_eyes_never_blink_when_told_so() -> None:
    assert not idle(blink=False).blink.any()


def test_a_fragment_too_short_for_a_blink_has_none() -> None:
    motion = idle_motion(MINUTE[:10], seed=3, amount=1.0, still=False, blink=True)
    assert not motion.blink.any()


def test_a_stress_lifts_the_brows() -> None:
    loudness = np.full(200, 0.2, np.float32)
    loudness[95:110] = 1.2
    motion = idle_motion(loudness, seed=3, amount=1.0, still=False, blink=False)
    assert motion.brow[95:110].mean() > motion.brow[20:80].mean() + 0.1
