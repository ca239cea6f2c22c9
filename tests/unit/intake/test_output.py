"""The directory that a caller names for its results: what is refused, and how it is made."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.disk.folder import Identity
from app.errors import PathError
from app.intake.files import Bounds
from app.intake.output import check_output_dir, make_output_dir
from app.jobs.files.publishing import is_there
from app.lecture import RESULT_FOLDERS
from tests.nobody import said_without_rights


@pytest.fixture
def bounds(root: Path) -> Bounds:
    return Bounds([root], root / "data")


def test_it_may_be_missing_below_a_folder_that_is_there(root: Path, bounds: Bounds) -> None:
    assert check_output_dir(root / "new", bounds=bounds) == root / "new"
    assert not (root / "new").exists()


def test_its_parent_may_not_be_missing(root: Path, bounds: Bounds) -> None:
    with pytest.raises(PathError, match="parent directory"):
        check_output_dir(root / "no" / "new", bounds=bounds)


def test_a_file_is_refused(root: Path, bounds: Bounds) -> None:
    (root / "a").touch()
    with pytest.raises(PathError, match="not a directory"):
        check_output_dir(root / "a", bounds=bounds)


def test_a_place_outside_the_roots_is_refused(tmp_path: Path, bounds: Bounds) -> None:
    with pytest.raises(PathError, match="outside the allowed folders"):
        check_output_dir(tmp_path / "other", bounds=bounds)


@pytest.mark.parametrize("private", ["out", "out/data", "."])
def test_a_place_in_the_services_own_folder_or_around_it_is_refused(
    root: Path, private: str
) -> None:
    (root / "out").mkdir()
    with pytest.raises(PathError, match=str(root / "out")):
        check_output_dir(root / "out", bounds=Bounds([root], root / private))


def test_a_name_that_is_too_long_is_refused(root: Path, bounds: Bounds) -> None:
    for name in ("x" * 300, "Л" * 150):
        with pytest.raises(PathError, match="cannot be opened: File name too long"):
            check_output_dir(root / name, bounds=bounds)
    with pytest.raises(PathError, match="parent directory"):
        check_output_dir(root / ("a/" * 2500), bounds=bounds)


def test_a_link_that_stays_inside_is_followed_once(root: Path, bounds: Bounds) -> None:
    (root / "out").mkdir()
    (root / "link").symlink_to(root / "out")
    assert check_output_dir(root / "link", bounds=bounds) == root / "out"


def test_a_link_to_a_folder_whose_name_no_database_can_store_is_refused(
    root: Path, bounds: Bounds
) -> None:
    named = Path(os.fsdecode(os.fsencode(root) + b"/\xff"))
    named.mkdir()
    (root / "link").symlink_to(named)
    with pytest.raises(
        PathError, match=f"^{root / 'link'} leads to a folder whose name is not UTF-8$"
    ):
        check_output_dir(root / "link", bounds=bounds)


@pytest.mark.parametrize("name", RESULT_FOLDERS)
def test_a_link_or_a_file_in_the_place_of_one_of_its_folders_is_refused(
    root: Path, bounds: Bounds, name: str
) -> None:
    inner = root / name
    inner.symlink_to(root)
    with pytest.raises(PathError, match=f"{inner} is a link"):
        check_output_dir(root, bounds=Bounds([root], root.parent / "data"))
    inner.unlink()
    inner.touch()
    with pytest.raises(PathError, match=f"{inner} is a file"):
        check_output_dir(root, bounds=Bounds([root], root.parent / "data"))


def test_it_is_made_and_known_again(root: Path) -> None:
    identity = make_output_dir(root / "new")
    assert make_output_dir(root / "new") == identity
    assert identity.inode == (root / "new").stat().st_ino
    assert (root / "new").is_relative_to(identity.mount)


def test_the_root_of_all_is_there(root: Path) -> None:
    assert make_output_dir(Path("/")) == Identity(Path("/").stat().st_ino, Path("/"))


@pytest.mark.parametrize("swapped", ["a", "a/b"])
def test_it_is_not_made_behind_what_became_a_link_since_the_check(
    root: Path, bounds: Bounds, tmp_path: Path, swapped: str
) -> None:
    (root / "a" / "b").mkdir(parents=True)
    checked = check_output_dir(root / "a" / "b" / "new", bounds=bounds)
    (tmp_path / "elsewhere" / "b").mkdir(parents=True)
    (root / swapped).rename(root / "moved")
    (root / swapped).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PathError, match=f"{root / swapped} is a link, not a directory"):
        make_output_dir(checked)
    assert [path.name for path in (tmp_path / "elsewhere").rglob("*")] == ["b"]


def test_a_link_that_took_its_own_place_since_the_check_is_refused(
    root: Path, bounds: Bounds, tmp_path: Path
) -> None:
    checked = check_output_dir(root / "new", bounds=bounds)
    checked.symlink_to(tmp_path)
    with pytest.raises(PathError, match=f"{checked} is a link"):
        make_output_dir(checked)


def test_a_read_only_one_is_refused(shared: Path, open_bounds: Bounds) -> None:
    (shared / "out").mkdir(mode=0o555)
    said = said_without_rights(lambda: check_output_dir(shared / "out", bounds=open_bounds))
    assert said == f"PathError: {shared / 'out'} is not writable"


def test_a_missing_one_below_a_read_only_one_is_refused(shared: Path, open_bounds: Bounds) -> None:
    (shared / "out").mkdir(mode=0o555)
    said = said_without_rights(lambda: check_output_dir(shared / "out" / "new", bounds=open_bounds))
    assert "is not writable" in said


def test_one_behind_a_folder_that_may_not_be_entered_is_refused(
    shared: Path, open_bounds: Bounds
) -> None:
    (shared / "locked" / "out").mkdir(parents=True)
    (shared / "locked").chmod(0)
    said = said_without_rights(
        lambda: check_output_dir(shared / "locked" / "out", bounds=open_bounds)
    )
    assert said == f"PathError: {shared / 'locked' / 'out'} cannot be opened: Permission denied"
    said = said_without_rights(lambda: make_output_dir(shared / "locked" / "out"))
    assert said == f"PathError: cannot write {shared / 'locked' / 'out'}: Permission denied"
    said = said_without_rights(
        lambda: is_there(shared / "locked" / "out", shared / "locked" / "out" / "a")
    )
    assert "/locked/out cannot be used: Permission denied" in said


def test_one_with_a_folder_that_may_not_be_written_to_is_refused(
    shared: Path, open_bounds: Bounds
) -> None:
    (shared / "out" / "final").mkdir(parents=True, mode=0o555)
    (shared / "out").chmod(0o777)
    said = said_without_rights(lambda: check_output_dir(shared / "out", bounds=open_bounds))
    assert said == f"PathError: {shared / 'out' / 'final'} is not writable"


def test_one_that_may_be_written_to_and_not_read_will_do(shared: Path, open_bounds: Bounds) -> None:
    (shared / "out").mkdir()
    (shared / "out").chmod(0o733)

    def make() -> None:
        made = make_output_dir(check_output_dir(shared / "out" / "new", bounds=open_bounds))
        assert str(made.mount).startswith("/")

    assert said_without_rights(make) == ""
