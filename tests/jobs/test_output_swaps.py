"""Folders on the way to the results are exchanged for links: not a byte gets behind one."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

import pytest

import config
from app.errors import PathError
from app.intake.files import Bounds
from app.intake.output import check_output_dir, make_output_dir
from app.jobs.files.parts import turn_of
from app.jobs.files.publishing import Wanted, open_output
from app.jobs.files.retention import remove_parts
from tests.jobs.swapping import before_call, exchange, link_beside

pytestmark = pytest.mark.slow

SOUND = bytes(1000)
OUTDATED = b"of an earlier generation"
FOLDERS = ("site", "site/out", "site/out/audio", "site/out/final")
"""The parent of the directory, itself, and two folders in it."""

AS_IT_WAS = ["audio", "final", "out", "outdated"]
"""What is elsewhere: whatever a path finds that goes on behind one of the links."""


@dataclass(frozen=True)
class Scene:
    """A directory for results, each of whose folders has a link to somewhere else beside it."""

    root: Path

    @property
    def out(self) -> Path:
        return self.root / "site" / "out"

    @property
    def elsewhere(self) -> Path:
        return self.root / "elsewhere"

    def swap(self, folder: str) -> None:
        exchange(self.root / folder, self.root / f"{folder}-link")

    def publish(self, number: int) -> None:
        """Put two files into their places, and take away one that is no part any more."""
        outdated = self.out / "audio" / "outdated"
        wanted = [
            Wanted(SOUND, self.out / folder / str(number), len(SOUND), _sha256(SOUND))
            for folder in ("audio", "final")
        ]
        with open_output(self.out) as output:
            gone = output.unchanged([(outdated, _sha256(OUTDATED))])
            staged = output.stage(output.missing(wanted), turn_of(1, number))
            try:
                staged.publish()
                output.withdraw(gone)
            finally:
                staged.discard()

    def is_whole(self, number: int) -> bool:
        return all((self.out / name / str(number)).exists() for name in ("audio", "final"))

    def check(self) -> None:
        """Nothing got outside, and whatever is inside is whole."""
        assert sorted(path.name for path in self.elsewhere.rglob("*")) == AS_IT_WAS
        assert (self.elsewhere / "outdated").read_bytes() == OUTDATED
        for inner in (self.out / "audio", self.out / "final"):
            contents = {file.name: file.read_bytes() for file in inner.iterdir() if file.is_file()}
            contents.pop("outdated", None)
            assert set(contents.values()) <= {SOUND}
            assert all(name.isdigit() for name in contents)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def scene_in(root: Path) -> Scene:
    """All links lead to one folder, which looks like each of those that they replace."""
    scene = Scene(root)
    (scene.elsewhere / "out").mkdir(parents=True)
    for folder in (scene.out, scene.elsewhere):
        for inner in ("audio", "final"):
            (folder / inner).mkdir(parents=True)
    for outdated in (scene.out / "audio" / "outdated", scene.elsewhere / "outdated"):
        outdated.write_bytes(OUTDATED)
    for name in FOLDERS:
        link_beside(root / name, scene.elsewhere)
    return scene


@pytest.fixture
def scenes(tmp_path: Path) -> Iterator[Scene]:
    return (scene_in(tmp_path / str(number)) for number in count())


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_link_before_any_system_call_of_publishing(scenes: Iterator[Scene], folder: str) -> None:
    outcomes = Counter[str]()
    for call, scene in zip(count(1), scenes, strict=False):
        try:
            happened = before_call(call, partial(scene.swap, folder), partial(scene.publish, 1))
            outcomes["whole"] += happened
        except PathError:
            happened = True
            outcomes["refused"] += 1
        if not happened:
            break
        scene.swap(folder)
        scene.check()
    assert outcomes["refused"] > 5 and outcomes["whole"] > 5, outcomes


@pytest.mark.parametrize("missing", [False, True])
def test_a_link_before_any_system_call_of_accepting(
    scenes: Iterator[Scene], *, missing: bool
) -> None:
    for call, scene in zip(count(1), scenes, strict=False):
        bounds = Bounds([scene.root / "site"], scene.root / "data")
        asked = scene.out / "new" if missing else scene.out

        def accept(asked: Path = asked, bounds: Bounds = bounds) -> None:
            with suppress(PathError):
                make_output_dir(check_output_dir(asked, bounds=bounds))

        if not before_call(call, partial(scene.swap, "site/out"), accept):
            break
        scene.swap("site/out")
        scene.check()
    assert call > 20


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_link_before_any_system_call_of_cleaning(scenes: Iterator[Scene], folder: str) -> None:
    left = f".sound.{turn_of(1, 1)}.part"
    for call, scene in zip(count(1), scenes, strict=False):
        for place in (scene.out / "audio", scene.elsewhere / "audio"):
            (place / left).touch()
            os.utime(place / left, (0, 0))
        clean = partial(remove_parts, [scene.out / "audio" / "sound"], dry_run=False)
        happened = before_call(call, partial(scene.swap, folder), clean)
        assert (scene.elsewhere / "audio" / left).exists()
        if not happened:
            break
    assert not (scene.out / "audio" / left).exists()
    assert call > 5


def race(scene: Scene, swaps: int) -> Counter[str]:
    """Publish while another process swaps; what became of the publications."""
    outcomes = Counter[str]()
    command = [sys.executable, "-m", "tests.jobs.swapping", str(swaps)]
    folders = [str(scene.root / folder) for folder in FOLDERS]
    told_done = []
    with subprocess.Popen([*command, *folders], cwd=config.ROOT) as swapping:
        for number in count(1):
            if swapping.poll() is not None:
                break
            try:
                scene.publish(number)
            except PathError:
                outcomes["refused"] += 1
            else:
                outcomes["whole"] += 1
                told_done.append(number)
    assert swapping.returncode == 0
    assert all(map(scene.is_whole, told_done))
    scene.check()
    return outcomes


def test_links_that_come_and_go_while_files_are_published(tmp_path: Path) -> None:
    outcomes = race(scene_in(tmp_path), swaps=600)
    assert outcomes["whole"] > 10 and outcomes["refused"] > 10, outcomes


@pytest.mark.proof
def test_ten_thousand_links_that_come_and_go_while_files_are_published(tmp_path: Path) -> None:
    outcomes = race(scene_in(tmp_path), swaps=10_000)
    print(outcomes)
    assert outcomes["whole"] > 500 and outcomes["refused"] > 500, outcomes
