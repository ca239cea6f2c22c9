"""The parts of the bridge that need neither SadTalker nor its interpreter."""

from __future__ import annotations

import io
import json
import os
import threading
from pathlib import Path

import numpy as np
import pytest

from sadtalker_bridge.errors import BridgeError, Cancelled
from sadtalker_bridge.pipe import Frames
from sadtalker_bridge.protocol import Channel, Job
from sadtalker_bridge.sadtalker import checkpoints, requests
from sadtalker_bridge.sadtalker.rest import away_from_rest

CLIP = {"image": "a", "folder": "b", "sound": "c", "frames": "d", "n_frames": 3}


def job_with_events() -> tuple[Job, io.StringIO]:
    events = io.StringIO()
    return Job("1", Channel(events)), events


def black(size: int) -> memoryview:
    return memoryview(bytes(size * size * 3)).cast("B", (size, size, 3))


def test_a_face_is_at_rest_at_both_ends_and_free_after_the_ease() -> None:
    share = away_from_rest(12, 4)
    assert share[0] == share[-1] == 0.0
    assert (share[4:8] == 1.0).all()
    assert (np.diff(share[:5]) > 0).all()
    assert (share == share[::-1]).all()


def test_without_frames_of_rest_nothing_is_eased() -> None:
    assert away_from_rest(3, 0).tolist() == [1.0, 1.0, 1.0]


@pytest.mark.parametrize(
    "wrong",
    [
        {"options": {"batch_size": 0}},
        {"options": {"batch_size": True}},
        {"options": {"pose_style": 46}},
        {"options": {"preprocess": "cut"}},
        {"options": {"background_enhancer": "realesrgan"}},
        {"options": {"input_yaw": ["left"]}},
        {"options": {"unknown": 1}},
        {"n_frames": 0},
        {"n_frames": "3"},
    ],
)
def test_a_request_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BridgeError) as refused:
        requests.animate({"do": "animate", "job": "1", **CLIP, **wrong})
    assert refused.value.code == "bad_request"


def test_a_request_without_its_sound_is_refused() -> None:
    with pytest.raises(BridgeError):
        requests.animate({name: value for name, value in CLIP.items() if name != "sound"})


def test_what_a_request_leaves_out_is_as_sadtalkers_own_program_has_it() -> None:
    options = requests.animate(CLIP).options
    assert (options.preprocess, options.size, options.batch_size) == ("crop", 256, 2)
    assert not options.still
    assert options.enhancer is None


def test_a_missing_checkpoint_is_named_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("checkpoints", "gfpgan/weights"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("SadTalker_V0.0.2_256.safetensors", "mapping_00229-model.pth.tar"):
        (tmp_path / "checkpoints" / name).write_bytes(b"x")
    (tmp_path / "gfpgan" / "weights" / "alignment_WFLW_4HG.pth").touch()
    with pytest.raises(BridgeError, match=r"alignment_WFLW_4HG\.pth .* gfpgan/weights") as told:
        checkpoints.Checkpoints().require(256, full=False)
    assert told.value.code == "checkpoint_missing"
    with pytest.raises(BridgeError, match="mapping_00109"):
        checkpoints.Checkpoints().require(256, full=True)


def test_a_download_is_refused_with_the_name_of_the_file() -> None:
    with pytest.raises(BridgeError, match=r"weights\.pth"):
        checkpoints.refuse_download("https://example.org/a/weights.pth", "/x/gfpgan/weights.pth")


def test_the_size_is_told_once_the_pipe_has_a_writer(tmp_path: Path) -> None:
    pipe = tmp_path / "frames"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    job, events = job_with_events()
    frames = Frames(str(pipe), job)
    picture = np.arange(2 * 3 * 3, dtype=np.uint8).reshape(2, 3, 3)
    frames.write(memoryview(picture.tobytes()).cast("B", picture.shape))
    told = json.loads(events.getvalue())
    assert told == {"event": "picture", "job": "1", "width": 3, "height": 2}
    frames.close()
    assert os.read(reading, 100) == picture.tobytes()
    assert os.read(reading, 100) == b""
    os.close(reading)


def test_a_full_pipe_does_not_hide_the_wish_to_stop(tmp_path: Path) -> None:
    pipe = tmp_path / "frames"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    job, _ = job_with_events()
    frames = Frames(str(pipe), job)
    timer = threading.Timer(0.2, job.cancel)
    timer.start()
    with pytest.raises(Cancelled):
        frames.write(black(512))
    frames.close()
    os.close(reading)


def test_a_reader_that_goes_away_is_a_cancelled_job(tmp_path: Path) -> None:
    pipe = tmp_path / "frames"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    job, _ = job_with_events()
    frames = Frames(str(pipe), job)
    frames.write(black(2))
    os.close(reading)
    with pytest.raises(Cancelled):
        frames.write(black(2))
    frames.close()


def test_progress_is_told_five_times_a_second_and_at_the_end() -> None:
    job, events = job_with_events()
    for done in range(1, 1001):
        job.progress("render", done, 1000)
    told = [json.loads(line)["done"] for line in events.getvalue().splitlines()]
    assert told[0] == 1
    assert told[-1] == 1000
    assert len(told) < 10
