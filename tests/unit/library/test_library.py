"""What is stored stays until it is removed, and then nothing is left of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import config
from app.errors import InUse, NotFound, PreconditionFailed
from app.library import contents, rows, sweeping
from app.library.items import Kind, New, Wanted
from app.library.library import Library
from app.library.uploads import Uploads
from tests.unit.library.conftest import A_PICTURE, Add, files


def test_the_same_bytes_are_kept_once(library: Library, add: Add) -> None:
    first, second = add(), add(tenant="other")
    assert first.path == second.path
    assert len(files(library.folder)) == 1


def test_the_file_stays_while_anybody_has_it(library: Library, add: Add) -> None:
    first, second = add(), add(tenant="other")
    library.remove(first)
    assert library.find(Kind.AVATAR, "other", second.id).path.read_bytes() == A_PICTURE
    library.remove(second)
    assert files(library.folder) == []


def test_a_file_that_the_disk_has_lost_comes_back_when_it_is_stored_again(
    library: Library, add: Add
) -> None:
    item = add()
    item.path.unlink()
    add(tenant="other")
    assert library.find(Kind.AVATAR, "acme", item.id).path.read_bytes() == A_PICTURE


def test_what_is_stored_again_is_another_file(library: Library, add: Add) -> None:
    first = add()
    library.remove(first)
    assert add().path != first.path


def test_what_was_removed_is_not_changed(library: Library, add: Add) -> None:
    item = add()
    library.remove(item)
    with pytest.raises(NotFound):
        library.change(item, name="x")
    with pytest.raises(NotFound):
        library.remove(item)


def test_what_was_changed_meanwhile_stays(library: Library, add: Add) -> None:
    item = add()
    library.change(item, name="x")
    with pytest.raises(PreconditionFailed):
        library.change(item, name="y", version=item.version)
    with pytest.raises(PreconditionFailed):
        library.remove(item, version=item.version)
    assert library.find(Kind.AVATAR, "acme", item.id).tags == ("a",)
    assert item.path.is_file()


def test_what_lectures_use_stays(library: Library, add: Add) -> None:
    item = add()
    careful = Library(library.database, library.folder, users_of=lambda used: [f"lec_{used.id}"])
    with pytest.raises(InUse, match=f"lectures that use it: 1 .lec_{item.id}."):
        careful.remove(item)
    assert item.path.is_file()


def test_tags_are_looked_for_as_they_are_now(library: Library, add: Add) -> None:
    item = add()
    library.change(item, tags=["b", "c"])
    assert library.page(Kind.AVATAR, "acme", Wanted(tag="a")) == []
    assert len(library.page(Kind.AVATAR, "acme", Wanted(tag="c"))) == 1


def test_a_sample_is_kept_once_ever(library: Library) -> None:
    new = New(Kind.AVATAR, "default", "Woman", [], {}, origin="sample")

    def keep() -> bool:
        with library.staging() as private:
            writer = private.writer("file", 1000)
            writer.write(A_PICTURE)
            item = library.add_sample("woman.jpg", new, writer.finish())
        if item is not None:
            library.remove(item)
        return item is not None

    assert [keep(), keep()] == [True, False]
    assert library.has_sample("woman.jpg")
    assert files(library.folder) == []


def test_whoever_fails_to_note_something_leaves_no_file(
    library: Library, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(rows, "insert_item", broken)
    with pytest.raises(RuntimeError):
        add()
    assert files(library.folder) == []


def test_many_who_store_and_remove_the_same_at_once_lose_nothing(
    library: Library, uploads: Uploads, add: Add
) -> None:
    stop = threading.Event()

    def sweep() -> int:
        removed = 0
        while not stop.is_set():
            removed += sweeping.sweep(library, uploads, dry_run=False).contents.number
        return removed

    def store_and_remove(number: int) -> None:
        for _ in range(5):
            item = add(tenant=f"t{number}")
            assert item.path.read_bytes() == A_PICTURE
            library.remove(item)

    with ThreadPoolExecutor(5) as pool:
        sweeping_on = pool.submit(sweep)
        list(pool.map(store_and_remove, range(4)))
        stop.set()
    # Whoever removes a file and the sweep may see the same one.
    sweeping_on.result()
    assert files(library.folder) == []


def test_a_sweep_leaves_what_is_named_and_what_is_being_received(
    library: Library, uploads: Uploads, add: Add
) -> None:
    item = add()
    library.preview(item).mkdir(parents=True)
    (library.preview(item) / "preview.mp4").write_bytes(b"clip")
    with library.staging() as private:
        (private.path / "part").write_bytes(b"x")
        assert sweeping.sweep(library, uploads, dry_run=False).total.number == 0
        assert (private.path / "part").is_file()
    assert item.path.is_file()


def test_a_sweep_removes_what_nobody_names(
    library: Library, uploads: Uploads, tmp_path: Path
) -> None:
    for folder in ("contents", "uploads", "previews/avatar-acme-7", "staging/dead"):
        (library.folder / folder).mkdir(parents=True)
        (library.folder / folder / "lost").write_bytes(b"12345")
    told = sweeping.sweep(library, uploads, dry_run=True)
    assert (told.total.number, told.total.size) == (4, 20)
    assert sweeping.sweep(library, uploads, dry_run=False) == told
    assert files(library.folder) == []


_RECEIVES = """
import sys, time
from pathlib import Path
from app.library.staging import staging
with staging(Path(sys.argv[1])) as private:
    writer = private.writer("part", 100)
    writer.write(b"x")
    print("ready", flush=True)
    time.sleep(60)
"""


def test_what_a_killed_process_was_receiving_is_swept_at_once(
    library: Library, uploads: Uploads
) -> None:
    command = [sys.executable, "-c", _RECEIVES, str(library.staging_folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=config.ROOT) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert sweeping.sweep(library, uploads, dry_run=False).staged.number == 0
        assert len(files(library.staging_folder)) == 2  # with the lock
        os.kill(process.pid, signal.SIGKILL)
    assert sweeping.sweep(library, uploads, dry_run=False).staged.number == 1
    assert list(library.staging_folder.iterdir()) == []


def test_an_owner_whose_folder_was_swept_before_its_lock_makes_another(
    library: Library, uploads: Uploads
) -> None:
    stop = threading.Event()

    def sweep() -> None:
        while not stop.is_set():
            sweeping.sweep(library, uploads, dry_run=False)

    with ThreadPoolExecutor(1) as pool:
        pool.submit(sweep)
        for _ in range(50):
            with library.staging() as private:
                (private.path / "part").write_bytes(b"x")
                assert (private.path / "part").is_file()
        stop.set()


def test_contents_are_removed_when_they_are_gone_already(tmp_path: Path) -> None:
    contents.remove(tmp_path / "gone")
    contents.remove(None)
