"""Frames of the bridge beside those of SadTalker's own program, with the same seed."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from tests.sadtalker_real import place
from tests.sadtalker_real.client import Bridge, Frames, surroundings
from tests.sadtalker_real.conftest import FACE, Starter
from tests.sadtalker_real.likeness import unlike
from tests.sadtalker_real.place import Place

pytestmark = pytest.mark.slow

SEED = 11


def own_program(
    sadtalker: Place, folder: Path, sound: Path, *options: str, **environment: str
) -> tuple[Frames, Path]:
    """Frames before they are encoded, and the video."""
    checkout = sadtalker.furnished(folder / "checkout")
    kept = folder / "frames.npy"
    # An absolute program, a private folder: nothing is written into the real checkout.
    command: list[str | Path] = [sadtalker.python, checkout / "inference.py", "--cpu"]
    command += [
        "--driven_audio",
        sound,
        "--source_image",
        FACE,
        "--result_dir",
        folder / "results",
        *options,
    ]
    subprocess.run(
        command,
        cwd=checkout,
        env={
            **surroundings(folder, SHIM_FRAMES=str(kept), SHIM_SEED=str(SEED), **environment),
            "PYTHONPATH": f"{place.HERE / 'shim'}:{checkout}",
            "PATH": sadtalker.path_with_ffmpeg(folder),
        },
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    (video,) = (folder / "results").glob("*.mp4")
    return np.load(kept), video


def bridges(warm: Bridge, job: str, sound: Path, n_frames: int, **options: Any) -> Frames:
    clip = warm.animate(
        job,
        FACE,
        sound,
        n_frames,
        seed=SEED,
        rest_frames=0,
        folder=warm.place / f"analysis-{job}",
        **options,
    )
    assert clip.frames is not None, clip.closing
    return clip.frames


def test_the_motion_is_that_of_sadtalkers_own_program(
    warm: Bridge, sadtalker: Place, sound: Path, tmp_path: Path
) -> None:
    theirs, _ = own_program(sadtalker, tmp_path, sound, SHIM_RENDER="stub")
    ours = bridges(warm, "same-crop", sound, len(theirs), batch_size=3)
    assert (theirs[1:] != theirs[:-1]).any()
    assert unlike(ours, theirs) == ""


def test_options_mean_what_they_mean_to_sadtalkers_own_program(
    warm: Bridge, sadtalker: Place, sound: Path, tmp_path: Path
) -> None:
    theirs, _ = own_program(
        sadtalker,
        tmp_path,
        sound,
        *("--expression_scale", "1.3", "--pose_style", "7", "--still"),
        *("--input_yaw", "-10", "15", "--input_pitch", "4"),
        SHIM_RENDER="stub",
    )
    ours = bridges(
        warm,
        "same-options",
        sound,
        len(theirs),
        expression_scale=1.3,
        pose_style=7,
        still=True,
        input_yaw=[-10, 15],
        input_pitch=[4],
    )
    assert unlike(ours, theirs) == ""


def test_the_whole_picture_is_that_of_sadtalkers_own_program(
    warm: Bridge, sadtalker: Place, sound: Path, tmp_path: Path
) -> None:
    _, video = own_program(sadtalker, tmp_path, sound, "--preprocess", "full", SHIM_RENDER="stub")
    with av.open(str(video)) as container:
        theirs = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    ours = bridges(warm, "same-full", sound, len(theirs), preprocess="full")
    for index in range(0, len(theirs), 20):
        # Theirs went through two lossy encoders and a resize to 256 pixels.
        assert np.abs(ours[index].astype(int) - theirs[index]).mean() < 3.0


def test_the_generator_draws_what_it_draws_for_sadtalkers_own_program(
    start: Starter, sadtalker: Place, sound: Path, tmp_path: Path
) -> None:
    theirs, _ = own_program(sadtalker, tmp_path, sound, "--batch_size", "1", SHIM_FRAME_LIMIT="2")
    with start() as bridge:
        bridge.next()
        assert bridge.ask("load", "loaded", device="cpu")["event"] == "loaded"
        ours = bridges(bridge, "real", sound, 2, batch_size=2)
    assert unlike(ours, theirs) == ""
