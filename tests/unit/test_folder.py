"""Folders that are held open."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.disk.folder import Folder, Identity, open_folder
from app.errors import PathError


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_what_is_done_in_a_folder_follows_it_and_not_its_path(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with open_folder(tmp_path / "a") as folder:
        (tmp_path / "a").rename(tmp_path / "b")
        (tmp_path / "a").mkdir()
        folder.make("inner")
        with folder.create("part") as file:
            file.write(b"new")
        folder.rename("part", "file")
        folder.sync()
        assert sorted(folder.names()) == ["file", "inner"]
    assert (tmp_path / "b" / "file").read_bytes() == b"new"
    assert list((tmp_path / "a").iterdir()) == []


@pytest.mark.parametrize("made", ["link", "dangling", "file", "fifo"])
def test_only_folders_are_entered(tmp_path: Path, made: str) -> None:
    place = tmp_path / "place"
    match made:
        case "link":
            place.symlink_to(tmp_path)
        case "dangling":
            place.symlink_to(tmp_path / "nowhere")
        case "file":
            place.touch()
        case _:
            os.mkfifo(place)
    with pytest.raises(PathError, match=f"{place} is a (link|file), not a directory"):
        open_folder(place / "inner")


def test_only_regular_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"content")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "fifo")
    with open_folder(tmp_path) as folder:
        found = {name: folder.read(name) for name in [*folder.names(), "none"]}
        file = found.pop("file")
        assert file is not None
        with file:
            assert file.read() == b"content"
    assert found == dict.fromkeys(("link", "folder", "fifo", "none"))


def test_a_file_that_becomes_a_link_while_it_is_looked_at_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"content")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    regular = (tmp_path / "file").stat()
    monkeypatch.setattr(Folder, "status", lambda _folder, _name: regular)
    with open_folder(tmp_path) as folder:
        assert folder.read("link") is None


def test_a_new_file_is_never_one_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with open_folder(tmp_path) as folder, pytest.raises(FileExistsError):
        folder.create("link")
    assert not (tmp_path / "nowhere").exists()


def test_no_descriptor_is_left_whether_the_way_is_open_or_not(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    before = descriptors()
    for path in (tmp_path, tmp_path / "gone" / "inner", tmp_path / "link"):
        try:
            open_folder(path).close()
        except (FileNotFoundError, PathError):
            continue
    assert descriptors() == before


@pytest.mark.parametrize(
    ("inode", "mount", "unmounted"),
    [
        (5, "/srv/lectures", False),
        (5, "/srv", False),  # another machine, which mounts the whole
        (6, "/srv/lectures", False),  # made anew, or mounted anew with other inodes
        (6, "/srv/lectures/7", False),  # mounted further down
        (6, "/srv", True),
        (6, "/", True),
    ],
)
def test_a_disk_is_gone_when_inode_and_mount_point_say_so(
    monkeypatch: pytest.MonkeyPatch, *, inode: int, mount: str, unmounted: bool
) -> None:
    now = Identity(inode, Path(mount))
    monkeypatch.setattr(Folder, "identity", now)
    with open_folder(Path("/")) as folder:
        assert folder.is_unmounted(Identity(5, Path("/srv/lectures"))) is unmounted
