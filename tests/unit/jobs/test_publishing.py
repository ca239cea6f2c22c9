"""Files in the caller's directory."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.disk.folder import Identity
from app.errors import DiskFull, PathError
from app.jobs.files.parts import turn_of
from app.jobs.files.publishing import Output, Staged, Wanted, is_there, open_output
from tests.unit.jobs.test_artifacts import at_most


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """The directory for results."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.fixture
def output(out: Path) -> Iterator[Output]:
    with open_output(out) as opened:
        yield opened


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Path]:
    """A folder that is somebody else's; afterwards everything in it is as it was."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "precious").write_bytes(b"precious")
    yield folder
    assert [path.name for path in folder.iterdir()] == ["precious"]
    assert (folder / "precious").read_bytes() == b"precious"


def wanted(target: Path, content: bytes) -> Wanted:
    return Wanted(content, target, len(content), sha256_of(content))


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def staged(output: Output, *files: tuple[Path, bytes], fence: int = 1) -> Staged:
    missing = output.missing(wanted(target, content) for target, content in files)
    return output.stage(missing, turn_of(7, fence))


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def swap_for_link(folder: Path, to: Path) -> None:
    """Move a folder away and put a link in its place."""
    folder.rename(folder.with_name(f"{folder.name}-moved"))
    folder.symlink_to(to)


def test_published_files_appear_at_their_places(output: Output, out: Path) -> None:
    target = out / "video" / "clip_1.mp4"
    staged(output, (target, b"moving")).publish()
    assert target.read_bytes() == b"moving"
    assert names_in(target.parent) == ["clip_1.mp4"]


def test_files_and_folders_have_the_modes_that_the_umask_leaves(output: Output, out: Path) -> None:
    before = os.umask(0o027)
    try:
        staged(output, (out / "video" / "clip", b"moving")).publish()
    finally:
        os.umask(before)
    assert stat.S_IMODE((out / "video").stat().st_mode) == 0o750
    assert stat.S_IMODE((out / "video" / "clip").stat().st_mode) == 0o640


def test_a_file_is_copied_and_stays(output: Output, out: Path, tmp_path: Path) -> None:
    (tmp_path / "kept").write_bytes(b"moving")
    file = Wanted(tmp_path / "kept", out / "clip", 6, sha256_of(b"moving"))
    output.stage([file], turn_of(7, 1)).publish()
    assert (out / "clip").read_bytes() == (tmp_path / "kept").read_bytes() == b"moving"


def test_a_file_that_is_there_already_is_not_touched(output: Output, out: Path) -> None:
    staged(output, (out / "clip", b"moving")).publish()
    before = (out / "clip").stat()
    staged(output, (out / "clip", b"moving")).publish()
    assert (out / "clip").stat().st_ino == before.st_ino


def test_another_file_at_the_place_is_replaced(output: Output, out: Path) -> None:
    (out / "clip").write_bytes(b"MOVING")
    staged(output, (out / "clip", b"moving")).publish()
    assert (out / "clip").read_bytes() == b"moving"


@pytest.mark.parametrize("content", [b"moving", b"precious"])
def test_a_link_at_the_place_is_replaced_and_not_followed(
    output: Output, out: Path, elsewhere: Path, content: bytes
) -> None:
    (out / "clip").symlink_to(elsewhere / "precious")
    staged(output, (out / "clip", content)).publish()
    assert not (out / "clip").is_symlink()
    assert (out / "clip").read_bytes() == content


def test_a_hard_link_at_the_place_is_replaced_and_not_written_through(
    output: Output, out: Path, elsewhere: Path
) -> None:
    (out / "clip").hardlink_to(elsewhere / "precious")
    staged(output, (out / "clip", b"moving")).publish()
    assert (out / "clip").read_bytes() == b"moving"


def test_a_pipe_at_the_place_is_replaced_without_waiting(output: Output, out: Path) -> None:
    os.mkfifo(out / "clip")
    staged(output, (out / "clip", b"")).publish()
    assert (out / "clip").is_file()


def test_a_folder_at_the_place_is_told_before_anything_is_copied(output: Output, out: Path) -> None:
    (out / "clip").mkdir()
    with pytest.raises(PathError, match=r"cannot write .*/out/clip: a folder stands there"):
        staged(output, (out / "clip", b"moving"))


def test_copies_have_names_that_nobody_knows_beforehand(output: Output, out: Path) -> None:
    copies = staged(output, (out / "clip", b"moving"))
    (first,) = names_in(out)
    copies.discard()
    staged(output, (out / "clip", b"moving"))
    (second,) = names_in(out)
    assert first != second


def test_the_last_file_appears_last(output: Output, out: Path) -> None:
    copies = staged(output, (out / "lecture", b"all"), (out / "manifest", b"{}"))
    (out / "manifest").mkdir()
    with pytest.raises(PathError):
        copies.publish()
    copies.discard()
    assert (out / "lecture").read_bytes() == b"all"
    assert names_in(out) == ["lecture", "manifest"]


def test_staged_files_are_not_seen(output: Output, out: Path) -> None:
    copies = staged(output, (out / "video" / "clip", b"moving"))
    assert not (out / "video" / "clip").exists()
    copies.discard()
    assert names_in(out / "video") == []


def test_copies_of_a_killed_worker_are_removed(output: Output, out: Path) -> None:
    staged(output, (out / "clip[1]", b"moving"), fence=9)  # and never published
    (out / f".clip[1].{turn_of(7, 8)}.part").write_bytes(b"by a version before")
    staged(output, (out / "clip[1]", b"moving"), fence=10).publish()
    assert names_in(out) == ["clip[1]"]


def test_links_with_the_names_of_copies_are_left_alone(
    output: Output, out: Path, elsewhere: Path
) -> None:
    planted = out / f".clip.{turn_of(7, 1)}.part"
    planted.symlink_to(elsewhere / "precious")
    staged(output, (out / "clip", b"moving"), fence=2).publish()
    assert planted.is_symlink()


def test_a_worker_that_wakes_up_late_leaves_its_successors_copy_alone(
    output: Output, out: Path
) -> None:
    successor = staged(output, (out / "clip", b"moving"), fence=2)
    staged(output, (out / "clip", b"moving"), fence=1).discard()
    successor.publish()
    assert (out / "clip").read_bytes() == b"moving"


def test_a_place_that_cannot_be_written_is_named(output: Output, out: Path) -> None:
    (out / "video").write_bytes(b"a file")
    with pytest.raises(PathError, match=r"/out/video is a file, not a directory"):
        staged(output, (out / "video" / "clip", b"moving"))


def test_a_folder_that_is_a_link_is_not_followed(
    output: Output, out: Path, elsewhere: Path
) -> None:
    (out / "video").symlink_to(elsewhere)
    with pytest.raises(PathError, match=r"/out/video is a link, not a directory"):
        staged(output, (out / "video" / "clip", b"moving"))
    with pytest.raises(PathError, match=r"/out/video is a link"):
        output.unchanged([(out / "video" / "precious", sha256_of(b"precious"))])
    with pytest.raises(PathError, match=r"/out/video is a link"):
        output.withdraw([out / "video" / "precious"])


@pytest.mark.parametrize("swapped", [".", "out", "out/video"])
def test_a_folder_that_becomes_a_link_while_files_are_copied_is_not_followed(
    tmp_path: Path, elsewhere: Path, swapped: str
) -> None:
    (tmp_path / "site" / "out" / "video").mkdir(parents=True)
    target = tmp_path / "site" / "out" / "video" / "clip"
    with open_output(tmp_path / "site" / "out") as output:
        copies = staged(output, (target, b"moving"))
        swap_for_link(tmp_path / "site" / swapped, elsewhere)
        with pytest.raises(PathError, match="is a link"):
            copies.publish()
        copies.discard()
    assert list(tmp_path.rglob("*clip*")) == []


def test_a_folder_that_is_replaced_while_files_are_copied_is_told(
    output: Output, out: Path
) -> None:
    copies = staged(output, (out / "video" / "clip", b"moving"))
    (out / "video").rename(out / "moved")
    (out / "video").mkdir()
    with pytest.raises(PathError, match=r"/out/video was moved or removed"):
        copies.publish()


def test_a_directory_that_is_gone_is_not_made_anew(tmp_path: Path) -> None:
    gone = tmp_path / "out"
    with (
        pytest.raises(PathError, match=f"^the output directory {gone} is gone$"),
        open_output(gone),
    ):
        pass
    assert not gone.exists()


@pytest.mark.parametrize("linked", ["a", "a/b"])
def test_a_link_on_the_way_to_the_directory_is_not_followed(
    tmp_path: Path, elsewhere: Path, linked: str
) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    swap_for_link(tmp_path / linked, elsewhere)
    said = rf"^the output directory {tmp_path}/a/b cannot be used: {tmp_path}/{linked} is a link"
    with pytest.raises(PathError, match=said), open_output(tmp_path / "a" / "b"):
        pass


def test_a_bare_folder_under_what_was_mounted_over_it_is_told(out: Path) -> None:
    mounted = Identity(out.stat().st_ino + 1, out)
    said = rf"^the output directory {out} is not the one .* nothing is mounted at {out} any more$"
    with pytest.raises(PathError, match=said), open_output(out, mounted):
        pass


def test_a_directory_that_its_owner_made_anew_is_as_good(out: Path) -> None:
    with open_output(out, Identity(out.stat().st_ino + 1, Path("/"))):
        pass


def test_no_space_for_a_published_file_is_said_and_leaves_nothing(
    output: Output, out: Path
) -> None:
    clip = (out / "clip", bytes(100_000))
    with at_most(50_000), pytest.raises(DiskFull, match="clip"):
        staged(output, (out / "words", b"fits"), clip)
    assert names_in(out) == []
    staged(output, clip).publish()


def test_only_what_is_still_as_it_was_published_is_unchanged(output: Output, out: Path) -> None:
    ours, edited, gone, linked = (out / name for name in ("ours", "edited", "gone", "linked"))
    ours.write_bytes(b"moving")
    edited.write_bytes(b"their own")
    linked.symlink_to(ours)
    (out / "folder").mkdir()
    asked = [ours, edited, gone, linked, out / "folder", out / "no" / "folder"]
    assert output.unchanged((path, sha256_of(b"moving")) for path in asked) == [ours]


def test_withdrawing_what_is_gone_is_no_error(output: Output, out: Path) -> None:
    (out / "clip").write_bytes(b"moving")
    output.withdraw([out / "clip", out / "clip", out / "no" / "clip"])
    assert names_in(out) == []


def test_what_cannot_be_withdrawn_is_named(output: Output, out: Path) -> None:
    (out / "folder").mkdir()
    with pytest.raises(PathError, match=str(out / "folder")):
        output.withdraw([out / "folder"])


def test_a_manifest_is_there_when_it_is_a_file_in_its_place(out: Path, elsewhere: Path) -> None:
    manifest = out / "final" / "manifest"
    assert not is_there(out / "gone", out / "gone" / "manifest")
    assert not is_there(out, manifest)
    manifest.parent.mkdir()
    manifest.symlink_to(elsewhere / "precious")
    assert not is_there(out, manifest)
    manifest.unlink()
    manifest.write_bytes(b"{}")
    assert is_there(out, manifest)
