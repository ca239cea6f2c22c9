"""How much of everything a tenant has stored."""

from __future__ import annotations

from app.library.items import Kind
from app.library.library import Library
from app.library.uploads import Uploads
from app.library.usage import Stored, bytes_on_disk, items_of, uploads_of
from tests.unit.library.conftest import A_PICTURE, Add

NONE = Stored(0, 0)


def test_who_has_nothing_has_nothing_of_each_kind(library: Library) -> None:
    assert items_of(library.database, "acme") == dict.fromkeys(Kind, NONE)
    assert uploads_of(library.database, "acme") == NONE
    assert bytes_on_disk(library.database) == {"library": 0, "uploads": 0}


def test_the_same_bytes_count_once_for_a_kind_and_each_thing_counts(
    library: Library, add: Add
) -> None:
    add()
    add()
    add(b"\xff\xd8\xff another picture")
    add(kind=Kind.VOICE)
    add(b"\xff\xd8\xff of somebody else", tenant="other")
    size = len(A_PICTURE)
    found = items_of(library.database, "acme")
    assert found[Kind.AVATAR] == Stored(3, size + len(b"\xff\xd8\xff another picture"))
    assert found[Kind.VOICE] == Stored(1, size)
    assert found[Kind.RECORDING] == NONE


def test_the_disk_has_the_same_bytes_once(library: Library, add: Add) -> None:
    add()
    add(tenant="other")
    assert bytes_on_disk(library.database)["library"] == len(A_PICTURE)


def test_an_upload_counts_as_it_shall_be_and_lies_on_the_disk_as_far_as_it_came(
    library: Library, uploads: Uploads
) -> None:
    uploads.create("acme", 1000, "")
    assert uploads_of(library.database, "acme") == Stored(1, 1000)
    assert uploads_of(library.database, "other") == NONE
    assert bytes_on_disk(library.database)["uploads"] == 0
