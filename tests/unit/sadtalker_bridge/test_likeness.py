"""By what the tests on a real checkout judge, which itself needs none."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from tests.sadtalker_real.likeness import state_of, unlike

Frames = npt.NDArray[np.uint8]
TILE = 16


@pytest.fixture
def frames() -> Frames:
    """Three frames in which one tile grows brighter, as the stand-in generator draws them."""
    drawn = np.full((3, 255, 256, 3), 100, np.uint8)
    for number in range(3):
        drawn[number, :TILE, :TILE] = 120 + 10 * number
    return drawn


@pytest.mark.parametrize(
    ("part", "levels"),
    [
        (np.s_[:], 1),
        (np.s_[1, :TILE, :TILE], 2),
        (np.s_[:, ::37, ::37, 0], 2),
    ],
    ids=["one level anywhere", "a tile by two", "single values by two"],
)
def test_rounding_tells_no_frames_apart(
    frames: Frames, part: tuple[slice, ...], levels: int
) -> None:
    other = frames.copy()
    other[part] += levels
    assert unlike(frames, other) == unlike(other, frames) == ""


@pytest.mark.parametrize(
    ("part", "levels"),
    [(np.s_[2, 7, 7, 1], 3), (np.s_[2, : 2 * TILE, :TILE], 2)],
    ids=["a value by three", "two tiles by two"],
)
def test_more_than_rounding_does(frames: Frames, part: tuple[slice, ...], levels: int) -> None:
    other = frames.copy()
    other[part] += levels
    assert unlike(frames, other).startswith(f"frame 2: up to {levels} levels")


def test_a_frame_too_late_is_seen(frames: Frames) -> None:
    assert unlike(frames, frames[[0, 0, 1]]).startswith("frame 1: up to 10 levels")
    assert unlike(frames, frames[:2]).startswith("shapes")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with one thing in its index that is not committed."""
    if shutil.which("git") is None:
        pytest.skip("no git here")
    folder = tmp_path / "checkout"
    folder.mkdir()
    (folder / "inference.py").write_text("pass\n")
    subprocess.run(["git", "init", "--quiet", folder], check=True)
    subprocess.run(["git", "add", "inference.py"], cwd=folder, check=True)
    return folder


def test_a_checkout_that_was_not_clean_before_does_not_count_as_changed(checkout: Path) -> None:
    before = state_of(checkout)
    assert before.status == "A  inference.py\n"
    assert state_of(checkout) == before


@pytest.mark.parametrize(
    "change",
    ["echo x > result.mp4", "echo x >> inference.py", "git rm -q --cached inference.py"],
    ids=["a new file", "another content", "the index"],
)
def test_what_happens_to_a_checkout_is_seen(checkout: Path, change: str) -> None:
    before = state_of(checkout)
    subprocess.run(["sh", "-c", change], cwd=checkout, check=True)
    assert state_of(checkout) != before
