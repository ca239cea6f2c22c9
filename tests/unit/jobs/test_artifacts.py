from __future__ import annotations

import errno
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.errors import DiskFull, PathError
from app.jobs.artifacts import Artifacts, disk_full
from app.jobs.store import Claim
from tests.unit.jobs.lectures import TENANT, a_lecture, a_submission

HASH = "ab" * 32


@pytest.fixture
def artifacts(tmp_path: Path) -> Artifacts:
    return Artifacts(tmp_path / "artifacts")


def a_claim(owner: str = "host-1", fence: int = 1) -> Claim:
    step = a_submission().steps[0]
    return Claim(1, fence, owner, 30.0, TENANT, 1, a_lecture("One."), step, {})


def kept(artifacts: Artifacts, input_hash: str = HASH, **files: bytes) -> Path:
    work_dir = artifacts.work_dir(a_claim())
    for name, content in files.items():
        (work_dir / name).write_bytes(content)
    return artifacts.keep(work_dir, input_hash)


@contextmanager
def at_most(size: int) -> Iterator[None]:
    """No file may grow beyond so many bytes; the process's own "disk full"."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_kept_artifact_is_found(artifacts: Artifacts) -> None:
    home = kept(artifacts, sound=b"wave", words=b"[]")
    assert artifacts.find(HASH) == home
    assert (home / "sound").read_bytes() == b"wave"
    assert artifacts.sums(home).keys() == {"sound", "words"}


def test_nothing_is_found_before_it_is_made(artifacts: Artifacts) -> None:
    assert artifacts.find(HASH) is None


def test_keeping_leaves_no_private_directory(artifacts: Artifacts) -> None:
    kept(artifacts, sound=b"wave")
    assert artifacts.owners() == set()


def test_the_same_artifact_made_twice_is_kept_once(artifacts: Artifacts) -> None:
    first = kept(artifacts, sound=b"first")
    assert kept(artifacts, sound=b"second") == first
    assert (first / "sound").read_bytes() == b"first"
    assert artifacts.owners() == set()


@pytest.mark.parametrize("damage", ["other bytes", "cut", "missing", "no listing", "bad listing"])
def test_a_damaged_artifact_is_removed(artifacts: Artifacts, damage: str) -> None:
    home = kept(artifacts, sound=b"wave")
    match damage:
        case "other bytes":
            (home / "sound").write_bytes(b"evaw")
        case "cut":
            (home / "sound").write_bytes(b"wav")
        case "missing":
            (home / "sound").unlink()
        case "no listing":
            (home / "files.json").unlink()
        case "bad listing":
            (home / "files.json").write_text('{"sound": 4}')
    assert artifacts.find(HASH) is None
    assert not home.exists()
    assert kept(artifacts, sound=b"again") == home


def test_a_damaged_artifact_gives_way_to_the_same_made_again(artifacts: Artifacts) -> None:
    (kept(artifacts, sound=b"wave") / "sound").write_bytes(b"evaw")
    home = kept(artifacts, sound=b"wave")
    assert (home / "sound").read_bytes() == b"wave"


def test_private_directories_of_two_claims_differ(artifacts: Artifacts) -> None:
    first, second = artifacts.work_dir(a_claim(fence=1)), artifacts.work_dir(a_claim(fence=2))
    assert first != second


def test_only_the_directories_of_the_dead_are_swept(artifacts: Artifacts) -> None:
    dead = artifacts.work_dir(a_claim(owner="a.host-1"))
    living = artifacts.work_dir(a_claim(owner="a.host-12"))
    assert artifacts.owners() == {"a.host-1", "a.host-12"}
    artifacts.sweep("a.host-1")
    assert not dead.exists()
    assert living.exists()


def test_published_files_appear_at_their_places(artifacts: Artifacts, tmp_path: Path) -> None:
    home = kept(artifacts, clip=b"moving", words=b"[]")
    target = tmp_path / "out" / "video" / "clip_1.mp4"
    artifacts.publish(home, {"clip": target})
    assert target.read_bytes() == b"moving"
    assert [path.name for path in target.parent.iterdir()] == ["clip_1.mp4"]


def test_a_file_that_is_there_already_is_not_touched(artifacts: Artifacts, tmp_path: Path) -> None:
    home = kept(artifacts, clip=b"moving")
    artifacts.publish(home, {"clip": tmp_path / "clip"})
    before = (tmp_path / "clip").stat()
    artifacts.publish(home, {"clip": tmp_path / "clip"})
    assert (tmp_path / "clip").stat().st_ino == before.st_ino


def test_another_file_at_the_place_is_replaced(artifacts: Artifacts, tmp_path: Path) -> None:
    (tmp_path / "clip").write_bytes(b"MOVING")
    artifacts.publish(kept(artifacts, clip=b"moving"), {"clip": tmp_path / "clip"})
    assert (tmp_path / "clip").read_bytes() == b"moving"


def test_a_link_at_the_place_is_replaced_and_not_followed(
    artifacts: Artifacts, tmp_path: Path
) -> None:
    (tmp_path / "precious").write_bytes(b"precious")
    (tmp_path / "clip").symlink_to(tmp_path / "precious")
    artifacts.publish(kept(artifacts, clip=b"moving"), {"clip": tmp_path / "clip"})
    assert (tmp_path / "precious").read_bytes() == b"precious"


def test_the_last_file_appears_last(artifacts: Artifacts, tmp_path: Path) -> None:
    home = kept(artifacts, lecture=b"all", manifest=b"{}")
    (tmp_path / "manifest").mkdir()
    with pytest.raises(PathError):
        artifacts.publish(
            home, {"lecture": tmp_path / "lecture", "manifest": tmp_path / "manifest"}
        )
    assert (tmp_path / "lecture").read_bytes() == b"all"


def test_staged_files_are_not_seen(artifacts: Artifacts, tmp_path: Path) -> None:
    staged = artifacts.stage(kept(artifacts, clip=b"moving"), {"clip": tmp_path / "out" / "clip"})
    assert not (tmp_path / "out" / "clip").exists()
    staged.discard()
    assert list((tmp_path / "out").iterdir()) == []


def test_copies_of_a_killed_worker_are_removed(artifacts: Artifacts, tmp_path: Path) -> None:
    home = kept(artifacts, clip=b"moving")
    artifacts.stage(home, {"clip": tmp_path / "out" / "clip[1]"})  # and never published
    artifacts.publish(home, {"clip": tmp_path / "out" / "clip[1]"})
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["clip[1]"]


def test_a_place_that_cannot_be_written_is_named(artifacts: Artifacts, tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"a file")
    with pytest.raises(PathError, match=r"cannot write .*/out/clip"):
        artifacts.publish(kept(artifacts, clip=b"moving"), {"clip": tmp_path / "out" / "clip"})


def test_no_space_for_a_published_file_is_said_and_leaves_nothing(
    artifacts: Artifacts, tmp_path: Path
) -> None:
    home = kept(artifacts, clip=bytes(100_000))
    with at_most(50_000), pytest.raises(DiskFull, match="clip"):
        artifacts.publish(home, {"clip": tmp_path / "out" / "clip"})
    assert list((tmp_path / "out").iterdir()) == []
    artifacts.publish(home, {"clip": tmp_path / "out" / "clip"})


def test_no_space_for_the_listing_is_said(artifacts: Artifacts) -> None:
    work_dir = artifacts.work_dir(a_claim())
    (work_dir / "sound").write_bytes(b"wave")
    with at_most(10), pytest.raises(DiskFull):
        artifacts.keep(work_dir, HASH)
    assert artifacts.find(HASH) is None


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_every_kind_of_no_space_is_a_full_disk(number: int) -> None:
    assert disk_full(OSError(number, os.strerror(number))) is not None


def test_other_errors_are_no_full_disk() -> None:
    assert disk_full(PermissionError(errno.EACCES, "no")) is None
