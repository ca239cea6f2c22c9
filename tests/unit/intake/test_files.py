"""Files that a caller names: what is copied, and what is refused."""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path

import pytest

from app.errors import PathError
from app.intake.files import Bounds, copy_file
from tests.nobody import said_without_rights


@pytest.fixture
def bounds(tmp_path: Path, root: Path) -> Bounds:
    return Bounds([root], tmp_path / "root" / "private")


def refusal(path: Path, bounds: Bounds, tmp_path: Path) -> str:
    target = tmp_path / "copy"
    with pytest.raises(PathError) as caught:
        copy_file(path, target, bounds=bounds, max_bytes=100)
    assert not target.exists()
    return str(caught.value)


def test_a_file_is_copied_and_hashed(root: Path, bounds: Bounds, tmp_path: Path) -> None:
    (root / "a").write_bytes(b"abc")
    sha256 = copy_file(root / "a", tmp_path / "copy", bounds=bounds, max_bytes=100)
    assert (tmp_path / "copy").read_bytes() == b"abc"
    assert sha256.startswith("ba7816bf")


def test_a_missing_file_is_named(root: Path, bounds: Bounds, tmp_path: Path) -> None:
    assert refusal(root / "none", bounds, tmp_path) == f"no file at {root / 'none'}"


def test_a_file_below_a_file_is_missing(root: Path, bounds: Bounds, tmp_path: Path) -> None:
    (root / "a").write_bytes(b"abc")
    assert "no file at" in refusal(root / "a" / "b", bounds, tmp_path)


def test_a_directory_is_refused(root: Path, bounds: Bounds, tmp_path: Path) -> None:
    assert "is a directory" in refusal(root, bounds, tmp_path)


def test_a_fifo_is_refused_without_waiting(root: Path, bounds: Bounds, tmp_path: Path) -> None:
    os.mkfifo(root / "fifo")
    assert "not a regular file" in refusal(root / "fifo", bounds, tmp_path)


def test_a_device_is_refused(bounds: Bounds, tmp_path: Path) -> None:
    everywhere = Bounds(None, bounds.private)
    assert "not a regular file" in refusal(Path("/dev/zero"), everywhere, tmp_path)


def test_a_link_that_leads_out_of_the_roots_is_refused(
    root: Path, bounds: Bounds, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"secret")
    (root / "link").symlink_to(outside)
    message = refusal(root / "link", bounds, tmp_path)
    assert "outside the allowed folders" in message
    assert "paths.roots" in message


def test_a_link_that_stays_inside_is_followed(root: Path, bounds: Bounds, tmp_path: Path) -> None:
    (root / "a").write_bytes(b"abc")
    (root / "link").symlink_to(root / "a")
    copy_file(root / "link", tmp_path / "copy", bounds=bounds, max_bytes=100)
    assert (tmp_path / "copy").read_bytes() == b"abc"


def test_dots_do_not_lead_out(root: Path, bounds: Bounds, tmp_path: Path) -> None:
    (tmp_path / "outside").write_bytes(b"secret")
    assert "outside the allowed" in refusal(root / ".." / "outside", bounds, tmp_path)


def test_a_loop_of_links_is_refused(root: Path, bounds: Bounds, tmp_path: Path) -> None:
    (root / "a").symlink_to(root / "b")
    (root / "b").symlink_to(root / "a")
    assert refusal(root / "a", bounds, tmp_path) == f"{root / 'a'} cannot be resolved"


def test_the_services_own_folder_is_refused(root: Path, bounds: Bounds, tmp_path: Path) -> None:
    (root / "private").mkdir()
    (root / "private" / "copy").write_bytes(b"another lecture's")
    assert "outside the allowed" in refusal(root / "private" / "copy", bounds, tmp_path)


def test_an_empty_file_is_refused(root: Path, bounds: Bounds, tmp_path: Path) -> None:
    (root / "a").touch()
    assert "is empty" in refusal(root / "a", bounds, tmp_path)


def test_a_file_over_the_limit_is_refused(root: Path, bounds: Bounds, tmp_path: Path) -> None:
    (root / "a").write_bytes(b"x" * 101)
    assert "has 101 bytes; at most 100" in refusal(root / "a", bounds, tmp_path)


def test_a_name_that_is_too_long_is_refused(root: Path, bounds: Bounds, tmp_path: Path) -> None:
    assert "cannot be" in refusal(root / ("x" * 5000), bounds, tmp_path)


def test_a_root_that_leads_nowhere_holds_nothing_and_harms_no_other(
    root: Path, bounds: Bounds, tmp_path: Path
) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (root / "a").write_bytes(b"abc")
    with_loop = Bounds([tmp_path / "loop", root], bounds.private)
    copy_file(root / "a", tmp_path / "copy", bounds=with_loop, max_bytes=100)
    assert "outside the allowed" in refusal(
        root / "a", Bounds([tmp_path / "loop"], tmp_path / "loop"), tmp_path / "root"
    )


def test_a_file_whose_disk_fails_is_refused(
    root: Path, bounds: Bounds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing(io.FileIO):
        """A stand-in for a file on a failing disk."""

        def read(self, size: int | None = -1) -> bytes:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    (root / "a").write_bytes(b"abc")
    monkeypatch.setattr(os, "fdopen", Failing)
    with pytest.raises(PathError, match=f"{root / 'a'} cannot be read: Input/output error"):
        copy_file(root / "a", tmp_path / "copy", bounds=bounds, max_bytes=100)


def test_an_unreadable_file_is_refused(shared: Path, open_bounds: Bounds) -> None:
    (shared / "a").write_bytes(b"abc")
    (shared / "a").chmod(0)
    said = said_without_rights(
        lambda: copy_file(shared / "a", shared / "b", bounds=open_bounds, max_bytes=9)
    )
    assert said == f"PathError: {shared / 'a'} is not readable"


def test_a_file_in_a_folder_that_may_not_be_entered_is_refused(
    shared: Path, open_bounds: Bounds
) -> None:
    (shared / "locked").mkdir(mode=0)
    path = shared / "locked" / "a"
    said = said_without_rights(
        lambda: copy_file(path, shared / "b", bounds=open_bounds, max_bytes=9)
    )
    assert said == f"PathError: {shared / 'locked' / 'a'} is not readable"
