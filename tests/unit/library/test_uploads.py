"""Uploads go on where the database says, whatever the disk has."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import update

from app.errors import Conflict, InputError, NotFound
from app.jobs.store.tables import Now
from app.library import sweeping
from app.library.items import Kind, New
from app.library.library import Library
from app.library.tables import library_upload
from app.library.uploads import Upload, Uploads
from tests.unit.library.conftest import files


def append(uploads: Uploads, upload: Upload, offset: int, data: bytes) -> Upload:
    return uploads.append("acme", upload.id, offset, io.BytesIO(data))


def file_of(library: Library) -> Path:
    (path,) = files(library.folder / "uploads")
    return path


def test_bytes_beyond_what_was_noted_are_written_again(library: Library, uploads: Uploads) -> None:
    upload = uploads.create("acme", 10, "")
    append(uploads, upload, 0, b"hello")
    with file_of(library).open("ab") as file:
        file.write(b"of somebody who was killed before he could note it")
    whole = append(uploads, upload, 5, b"world")
    assert whole.sha256 is not None
    assert file_of(library).read_bytes() == b"helloworld"


def test_a_reader_that_breaks_off_leaves_what_was_there(library: Library, uploads: Uploads) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            piece = super().read(size)
            if not piece:
                raise ConnectionResetError
            return piece

    upload = uploads.create("acme", 10, "")
    append(uploads, upload, 0, b"hello")
    with pytest.raises(ConnectionResetError):
        uploads.append("acme", upload.id, 5, Broken(b"wor"))
    assert file_of(library).read_bytes() == b"hello"
    assert uploads.find("acme", upload.id).offset == 5


def test_two_at_once_do_not_mix(library: Library, uploads: Uploads) -> None:
    upload = uploads.create("acme", 200_000, "")

    def send(letter: bytes) -> bool:
        try:
            append(uploads, upload, 0, letter * 200_000)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        kept = list(pool.map(send, [b"a", b"b", b"c", b"d"]))
    assert kept.count(True) == 1
    letter = [b"a", b"b", b"c", b"d"][kept.index(True)]
    assert file_of(library).read_bytes() == letter * 200_000


def test_one_that_is_removed_meanwhile_leaves_nothing(library: Library, uploads: Uploads) -> None:
    upload = uploads.create("acme", 10, "")

    class Removing(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            piece = super().read(size)
            if piece:
                uploads.remove("acme", upload.id)
            return piece

    with pytest.raises(NotFound):
        uploads.append("acme", upload.id, 0, Removing(b"hello"))
    assert files(library.folder) == []


def test_an_expired_one_is_gone_and_swept(library: Library, uploads: Uploads) -> None:
    upload = uploads.create("acme", 5, "")
    append(uploads, upload, 0, b"hello")
    with library.database.write() as connection:
        connection.execute(update(library_upload).values(expires=Now() - 1.0))
    with pytest.raises(NotFound):
        uploads.take("acme", upload.id)
    assert sweeping.sweep(library, uploads, dry_run=True).uploads.number == 1
    assert sweeping.sweep(library, uploads, dry_run=False).uploads.number == 1
    assert files(library.folder) == []
    assert library.bytes_of("acme") == 0


def test_one_that_lacks_bytes_cannot_be_taken(uploads: Uploads) -> None:
    upload = uploads.create("acme", 10, "")
    append(uploads, upload, 0, b"hello")
    with pytest.raises(InputError, match="lacks 5 bytes"):
        uploads.take("acme", upload.id)


def test_what_is_lent_stays_whatever_becomes_of_the_upload(
    library: Library, uploads: Uploads
) -> None:
    upload = uploads.create("acme", 5, "")
    append(uploads, upload, 0, b"hello")
    with uploads.lent("acme", upload.id) as content:
        uploads.remove("acme", upload.id)
        item = library.add(New(Kind.VOICE, "acme", "Anna", [], {}), content)
    assert item.path.read_bytes() == b"hello"
    assert files(library.folder) == [item.path]


def test_one_can_be_used_several_times(library: Library, uploads: Uploads) -> None:
    upload = uploads.create("acme", 5, "")
    append(uploads, upload, 0, b"hello")
    items = []
    for _ in range(2):
        with uploads.lent("acme", upload.id) as content:
            items.append(library.add(New(Kind.VOICE, "acme", "Anna", [], {}), content))
    uploads.remove("acme", upload.id)
    for item in items:
        library.remove(item)
    assert files(library.folder) == []


def test_what_is_announced_counts(library: Library, uploads: Uploads) -> None:
    uploads.create("acme", 1000, "")
    uploads.create("other", 1, "")
    assert library.bytes_of("acme") == 1000
