"""The bridge on the real, unmodified checkout, over its own protocol."""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from app.portrait import read_picture
from tests.sadtalker_real import place
from tests.sadtalker_real.client import Bridge, Clip, Frames
from tests.sadtalker_real.conftest import FACE, Starter
from tests.sadtalker_real.likeness import State, state_of
from tests.sadtalker_real.place import Place

pytestmark = pytest.mark.slow

N_FRAMES = 75


def frames_of(clip: Clip) -> Frames:
    assert clip.closing["event"] == "animated", clip.closing
    assert clip.frames is not None
    return clip.frames


def stages(clip: Clip) -> set[str]:
    return {event["stage"] for event in clip.events if event["event"] == "progress"}


def write_picture(target: Path, picture: npt.NDArray[np.uint8]) -> Path:
    encoded, data = cv2.imencode(target.suffix, picture)
    assert encoded
    target.write_bytes(data.tobytes())
    return target


def test_five_fragments_take_one_load_and_one_analysis(warm: Bridge, tmp_path: Path) -> None:
    folder = tmp_path / "analysis"
    made = warm.ask("prepare", "prepared", job="p", image=str(FACE), folder=str(folder))
    assert made == {"event": "prepared", "job": "p", "cached": False}
    for number in range(5):
        sound = place.speech(tmp_path / f"{number}.wav", 3.2, start=3.2 * number)
        clip = warm.animate(f"five-{number}", FACE, sound, N_FRAMES, folder=folder)
        assert frames_of(clip).shape[0] == N_FRAMES
        assert not stages(clip) & {"landmarks", "analysis"}
        assert {"mel", "expression", "render"} <= stages(clip)
    assert warm.process.poll() is None
    assert sum(event["event"] == "loaded" for event in warm.events) == 1


def test_the_same_seed_gives_the_same_frames_and_another_one_others(
    warm: Bridge, sound: Path
) -> None:
    first, again, other = (
        frames_of(warm.animate(f"seed-{name}", FACE, sound, N_FRAMES, seed=seed))
        for name, seed in (("first", 1), ("again", 1), ("other", 2))
    )
    assert (first == again).all()
    assert (first != other).any()


def test_a_clip_starts_and_ends_at_rest_and_moves_in_between(warm: Bridge, sound: Path) -> None:
    frames = frames_of(warm.animate("rest", FACE, sound, N_FRAMES))
    assert (frames[0] == frames[-1]).all()
    assert (frames[N_FRAMES // 2] != frames[0]).any()
    other = frames_of(warm.animate("rest-other", FACE, sound, N_FRAMES - 20, seed=3))
    assert (other[0] == frames[-1]).all()


def test_angles_that_the_request_gives_last_to_the_end_of_the_clip(
    warm: Bridge, sound: Path
) -> None:
    options: dict[str, Any] = {"input_yaw": [0, 20, 20, -10], "input_roll": [5]}
    turned = frames_of(warm.animate("yaw", FACE, sound, N_FRAMES, **options))
    assert len(turned) == N_FRAMES
    assert (turned[0] != turned[-1]).any()


def test_the_whole_picture_changes_only_where_the_face_was_cropped(
    warm: Bridge, sound: Path, tmp_path: Path
) -> None:
    clip = warm.animate("full", FACE, sound, 12, preprocess="full", folder=tmp_path / "analysis")
    frames = frames_of(clip)
    whole = read_picture(FACE)
    assert frames.shape[1:] == whole.shape
    changed = (frames != whole).any(axis=(0, 3))
    rows, columns = np.nonzero(changed)
    assert rows.min() > 0
    assert rows.max() < whole.shape[0] - 1
    assert (columns.max() - columns.min()) < 0.7 * whole.shape[1]


@pytest.mark.parametrize("preprocess", ["extcrop", "resize", "extfull"])
def test_every_other_way_to_crop_gives_frames_too(
    warm: Bridge, sound: Path, tmp_path: Path, preprocess: str
) -> None:
    folder = tmp_path / "analysis"
    clip = warm.animate(preprocess, FACE, sound, 5, preprocess=preprocess, folder=folder)
    assert len(frames_of(clip)) == 5


def test_a_face_cut_by_the_picture_is_pasted_within_it(
    warm: Bridge, sound: Path, tmp_path: Path
) -> None:
    whole = np.asarray(cv2.imread(str(FACE)), np.uint8)
    cut = write_picture(tmp_path / "cut.png", whole[250:640, 330:670])
    folder = tmp_path / "analysis"
    clip = warm.animate("cut", cut, sound, 5, preprocess="full", folder=folder)
    assert frames_of(clip).shape[1:] == (390, 340, 3)


def test_references_are_analysed_once(warm: Bridge, sound: Path, tmp_path: Path) -> None:
    video, folder = tmp_path / "reference.mp4", tmp_path / "reference"
    picture = np.asarray(cv2.resize(np.asarray(cv2.imread(str(FACE))), (512, 512)), np.uint8)
    writer = cv2.VideoWriter(str(video), cv2.VideoWriter.fourcc(*"mp4v"), 25.0, (512, 512))
    for shift in range(6):
        writer.write(np.roll(picture, 4 * shift, axis=1))
    writer.release()
    options: dict[str, Any] = {
        f"ref_{kind}{suffix}": str(value)
        for kind in ("eyeblink", "pose")
        for suffix, value in (("", video), ("_folder", folder))
    }
    assert "analysis" in stages(warm.animate("reference", FACE, sound, 30, **options))
    again = warm.animate("reference-again", FACE, sound, 30, **options)
    assert "analysis" not in stages(again)
    plain = frames_of(warm.animate("no-reference", FACE, sound, 30))
    assert (frames_of(again) != plain).any()


def test_an_enhanced_clip_is_twice_as_large_and_its_enhancer_is_kept(
    warm: Bridge, sadtalker: Place, sound: Path
) -> None:
    sadtalker.fabricate("--enhancer")
    clips = [
        warm.animate(f"enhanced-{number}", FACE, sound, 2, enhancer="gfpgan") for number in range(2)
    ]
    first, again = (frames_of(clip) for clip in clips)
    assert first.shape[0] == 2
    assert first.shape[2] == 512
    assert "enhance" in stages(clips[0])
    assert (first == again).all()


def test_a_background_enhancer_is_refused_without_cuda(warm: Bridge, sound: Path) -> None:
    options: dict[str, Any] = {"enhancer": "gfpgan", "background_enhancer": "realesrgan"}
    answer = warm.animate("background", FACE, sound, 2, **options).closing
    assert answer["code"] == "bad_request"
    assert "CUDA" in answer["message"]


def test_names_of_files_are_never_part_of_a_command(
    warm: Bridge, sound: Path, tmp_path: Path
) -> None:
    folder = tmp_path / 'it\'s a "папка" $(touch PWNED)'
    folder.mkdir()
    hostile = Path(shutil.copy(sound, folder / "$(touch PWNED).wav"))
    image = Path(shutil.copy(FACE, folder / "лицо; touch PWNED'.jpg"))
    clip = warm.animate("hostile", image, hostile, 5, folder=folder / "разбор `touch PWNED`")
    assert len(frames_of(clip)) == 5
    assert not list(warm.place.rglob("PWNED"))
    assert not list(tmp_path.rglob("PWNED"))


def test_a_cancelled_clip_ends_soon_and_the_next_one_is_rendered(
    warm: Bridge, sound: Path, tmp_path: Path
) -> None:
    long = place.speech(tmp_path / "long.wav", 60.0)
    started = time.monotonic()
    clip = warm.animate("cancelled", FACE, long, 1490, keep=False, cancel_after=1.5)
    assert clip.closing == {"event": "cancelled", "job": "cancelled"}
    assert time.monotonic() - started < 3.5
    assert len(frames_of(warm.animate("after", FACE, sound, 10))) == 10


def test_a_pipe_that_nobody_reads_is_a_cancelled_clip(warm: Bridge, sound: Path) -> None:
    pipe = warm.place / "unread"
    os.mkfifo(pipe)
    request = {"image": str(FACE), "folder": str(warm.place / "analysis"), "sound": str(sound)}
    request["frames"] = str(pipe)
    answer = warm.ask("animate", "animated", job="unread", n_frames=5, **request)
    assert answer == {"event": "cancelled", "job": "unread"}


def test_pictures_without_one_face_are_refused(warm: Bridge, tmp_path: Path) -> None:
    grey = write_picture(tmp_path / "grey.png", np.full((400, 400, 3), 128, np.uint8))
    face = np.asarray(cv2.imread(str(FACE)), np.uint8)
    two = write_picture(tmp_path / "two.png", np.hstack([face, face]))
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    for image, code in ((grey, "no_face"), (two, "several_faces"), (broken, "bad_image")):
        folder = tmp_path / f"{image.stem} analysis"
        answer = warm.ask("prepare", "prepared", job=code, image=str(image), folder=str(folder))
        assert (answer["event"], answer["code"], answer["job"]) == ("error", code, code)
        assert str(tmp_path) not in answer["message"]
        assert not (folder / "analysis.json").exists()


def test_sounds_that_cannot_drive_a_clip_are_refused(warm: Bridge, tmp_path: Path) -> None:
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"RIFF")
    short = place.speech(tmp_path / "short.wav", 0.4)
    for sound in (broken, short, tmp_path / "absent.wav"):
        answer = warm.animate(sound.stem, FACE, sound, 20).closing
        assert (answer["event"], answer["code"]) == ("error", "bad_sound")


@pytest.mark.parametrize("n_frames", [21, 22, 23])
def test_sounds_of_21_frames_do_not_break_the_blinks(
    warm: Bridge, tmp_path: Path, n_frames: int
) -> None:
    sound = place.speech(tmp_path / "short.wav", n_frames / 25)
    assert len(frames_of(warm.animate(f"short-{n_frames}", FACE, sound, n_frames))) == n_frames


def test_requests_that_make_no_sense_are_refused_and_do_no_harm(warm: Bridge, sound: Path) -> None:
    wrong: tuple[dict[str, Any], ...] = (
        {"batch_size": 0},
        {"batch_size": "2"},
        {"colour": 1},
        {"size": 300},
    )
    for options in wrong:
        answer = warm.animate(f"odd-{options}", FACE, sound, 5, **options).closing
        assert answer["code"] == "bad_request"
    assert warm.ask("dance", "danced", job="dance")["code"] == "bad_request"


def test_memory_does_not_grow_with_the_length_of_a_clip(warm: Bridge, tmp_path: Path) -> None:
    short = place.speech(tmp_path / "short.wav", 4.0)
    long = place.speech(tmp_path / "long.wav", 60.0)
    before = warm.animate("memory-short", FACE, short, 100, keep=False).closing["rss"]
    clip = warm.animate("memory-long", FACE, long, 1500, keep=False)
    assert clip.closing["frames"] == 1500
    assert clip.closing["rss"] - before < 120e6


def test_weights_that_are_missing_or_cut_off_are_named(
    start: Starter, sadtalker: Place, tmp_path: Path
) -> None:
    weights = tmp_path / "weights"
    shutil.copytree(
        sadtalker.weights, weights, copy_function=lambda source, copy: Path(copy).symlink_to(source)
    )
    mapping = weights / "checkpoints" / "mapping_00229-model.pth.tar"
    talker = weights / "checkpoints" / "SadTalker_V0.0.2_256.safetensors"
    with start(weights=weights) as bridge:
        bridge.next()
        mapping.unlink()
        answer = bridge.ask("load", "loaded", device="cpu")
        assert answer["code"] == "checkpoint_missing"
        assert mapping.name in answer["message"]
        assert "checkpoints" in answer["message"]
        mapping.symlink_to(sadtalker.weights / "checkpoints" / mapping.name)
        talker.unlink()
        talker.write_bytes(b"cut off")
        answer = bridge.ask("load", "loaded", device="cpu")
        assert answer["code"] == "checkpoint_missing"
        assert talker.name in answer["message"]


def test_an_interpreter_without_the_packages_is_told_and_the_bridge_ends(start: Starter) -> None:
    with start(python=Path(sys.executable)) as bridge:
        bridge.next()
        answer = bridge.ask("load", "loaded", device="cpu")
        assert answer["code"] == "import_failed"
        assert "torch" in answer["message"]
        assert bridge.process.wait(timeout=10) == 1


def test_a_bridge_whose_host_is_gone_ends_in_the_middle_of_a_clip(
    start: Starter, tmp_path: Path
) -> None:
    with start() as bridge:
        bridge.next()
        bridge.ask("load", "loaded", device="cpu")
        image, folder = str(FACE), str(tmp_path / "analysis")
        bridge.send(do="prepare", job="1", image=image, folder=folder)
        time.sleep(0.3)
        started = time.monotonic()
        assert bridge.close() == 0
        assert time.monotonic() - started < 4.0


def test_the_checkout_is_as_it_was(warm: Bridge, sadtalker: Place, before: State) -> None:
    """Last in this file: everything above has run by now."""
    assert warm.process.poll() is None
    assert state_of(sadtalker.checkout) == before
