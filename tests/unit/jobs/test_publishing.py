"""Files in the caller's directory."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from app.errors import DiskFull, PathError
from app.jobs.files.publishing import Staged, Wanted, missing, stage, turn_of, unchanged, withdraw
from tests.unit.jobs.test_artifacts import at_most


def wanted(target: Path, content: bytes) -> Wanted:
    return Wanted(content, target, len(content), hashlib.sha256(content).hexdigest())


def staged(*files: tuple[Path, bytes], fence: int = 1) -> Staged:
    return stage(missing(wanted(target, content) for target, content in files), turn_of(7, fence))


def test_published_files_appear_at_their_places(tmp_path: Path) -> None:
    target = tmp_path / "out" / "video" / "clip_1.mp4"
    staged((target, b"moving")).publish()
    assert target.read_bytes() == b"moving"
    assert [path.name for path in target.parent.iterdir()] == ["clip_1.mp4"]


def test_a_file_is_copied_and_stays(tmp_path: Path) -> None:
    (tmp_path / "kept").write_bytes(b"moving")
    sha256 = hashlib.sha256(b"moving").hexdigest()
    stage([Wanted(tmp_path / "kept", tmp_path / "clip", 6, sha256)], turn_of(7, 1)).publish()
    assert (tmp_path / "clip").read_bytes() == (tmp_path / "kept").read_bytes() == b"moving"


def test_a_file_that_is_there_already_is_not_touched(tmp_path: Path) -> None:
    staged((tmp_path / "clip", b"moving")).publish()
    before = (tmp_path / "clip").stat()
    staged((tmp_path / "clip", b"moving")).publish()
    assert (tmp_path / "clip").stat().st_ino == before.st_ino


def test_another_file_at_the_place_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "clip").write_bytes(b"MOVING")
    staged((tmp_path / "clip", b"moving")).publish()
    assert (tmp_path / "clip").read_bytes() == b"moving"


def test_a_link_at_the_place_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "precious").write_bytes(b"precious")
    (tmp_path / "clip").symlink_to(tmp_path / "precious")
    staged((tmp_path / "clip", b"moving")).publish()
    assert (tmp_path / "precious").read_bytes() == b"precious"


def test_the_last_file_appears_last(tmp_path: Path) -> None:
    (tmp_path / "manifest").mkdir()
    with pytest.raises(PathError):
        staged((tmp_path / "lecture", b"all"), (tmp_path / "manifest", b"{}")).publish()
    assert (tmp_path / "lecture").read_bytes() == b"all"


def test_staged_files_are_not_seen(tmp_path: Path) -> None:
    copies = staged((tmp_path / "out" / "clip", b"moving"))
    assert not (tmp_path / "out" / "clip").exists()
    copies.discard()
    assert list((tmp_path / "out").iterdir()) == []


def test_copies_of_a_killed_worker_are_removed(tmp_path: Path) -> None:
    staged((tmp_path / "clip[1]", b"moving"), fence=9)  # and never published
    staged((tmp_path / "clip[1]", b"moving"), fence=10).publish()
    assert [path.name for path in tmp_path.iterdir()] == ["clip[1]"]


def test_a_worker_that_wakes_up_late_leaves_its_successors_copy_alone(tmp_path: Path) -> None:
    successor = staged((tmp_path / "clip", b"moving"), fence=2)
    staged((tmp_path / "clip", b"moving"), fence=1).discard()
    successor.publish()
    assert (tmp_path / "clip").read_bytes() == b"moving"


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"a file")
    with pytest.raises(PathError, match=r"cannot write .*/out/clip"):
        staged((tmp_path / "out" / "clip", b"moving"))


def test_no_space_for_a_published_file_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    clip = (tmp_path / "out" / "clip", bytes(100_000))
    with at_most(50_000), pytest.raises(DiskFull, match="clip"):
        staged((tmp_path / "out" / "words", b"fits"), clip)
    assert list((tmp_path / "out").iterdir()) == []
    staged(clip).publish()


def test_only_what_is_still_as_it_was_published_is_unchanged(tmp_path: Path) -> None:
    ours, edited, gone, linked = (tmp_path / name for name in ("ours", "edited", "gone", "linked"))
    ours.write_bytes(b"moving")
    edited.write_bytes(b"their own")
    linked.symlink_to(ours)
    (tmp_path / "folder").mkdir()
    sha256 = hashlib.sha256(b"moving").hexdigest()
    asked = [ours, edited, gone, linked, tmp_path / "folder"]
    assert unchanged((path, sha256) for path in asked) == [ours]


def test_withdrawing_what_is_gone_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "clip").write_bytes(b"moving")
    withdraw([tmp_path / "clip", tmp_path / "clip"])
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_withdrawn_is_named(tmp_path: Path) -> None:
    with pytest.raises(PathError, match=str(tmp_path)):
        withdraw([tmp_path])
