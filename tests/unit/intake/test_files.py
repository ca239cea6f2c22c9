"""Files that a caller names: what is copied, and what is refused."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import PathError
from app.intake.files import Bounds, check_output_dir, copy_file

NOBODY = 65534


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    folder.mkdir()
    return folder


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


def test_an_output_directory_may_be_missing_below_one_that_is_there(
    root: Path, bounds: Bounds
) -> None:
    assert check_output_dir(root / "new", bounds=bounds) == root / "new"
    assert not (root / "new").exists()


def test_an_output_directory_without_a_parent_is_refused(root: Path, bounds: Bounds) -> None:
    with pytest.raises(PathError, match="parent directory"):
        check_output_dir(root / "no" / "new", bounds=bounds)


def test_an_output_directory_that_is_a_file_is_refused(root: Path, bounds: Bounds) -> None:
    (root / "a").touch()
    with pytest.raises(PathError, match="not a directory"):
        check_output_dir(root / "a", bounds=bounds)


def test_an_output_directory_outside_the_roots_is_refused(tmp_path: Path, bounds: Bounds) -> None:
    with pytest.raises(PathError, match="outside the allowed folders"):
        check_output_dir(tmp_path / "other", bounds=bounds)


def test_an_output_directory_whose_name_is_too_long_is_refused(root: Path, bounds: Bounds) -> None:
    with pytest.raises(PathError, match="cannot be opened"):
        check_output_dir(root / ("x" * 300), bounds=bounds)


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that every user can reach, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder).resolve()


def as_nobody(expression: str, folder: Path) -> str:
    """What an expression raises as a user without privileges.

    Root may read and write everything, so permissions show for another user only; when
    the tests run as somebody else already, that user serves.
    """
    program = f"""
import os
from pathlib import Path
from app.errors import PathError
from app.intake.files import Bounds, check_output_dir, copy_file
if os.getuid() == 0:
    os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY})
folder = Path({str(folder)!r})
bounds = Bounds([folder], folder / "private")
try:
    {expression}
except PathError as error:
    print(error)
"""
    here = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=here, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_an_unreadable_file_is_refused(shared: Path) -> None:
    (shared / "a").write_bytes(b"abc")
    (shared / "a").chmod(0)
    said = as_nobody('copy_file(folder / "a", folder / "b", bounds=bounds, max_bytes=9)', shared)
    assert said == f"{shared / 'a'} is not readable"


def test_a_read_only_output_directory_is_refused(shared: Path) -> None:
    (shared / "out").mkdir(mode=0o555)
    said = as_nobody('check_output_dir(folder / "out", bounds=bounds)', shared)
    assert said == f"{shared / 'out'} is not writable"


def test_a_missing_output_directory_below_a_read_only_one_is_refused(shared: Path) -> None:
    (shared / "out").mkdir(mode=0o555)
    said = as_nobody('check_output_dir(folder / "out" / "new", bounds=bounds)', shared)
    assert "is not writable" in said
