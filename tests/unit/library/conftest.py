"""A library on both kinds of database, without a service around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.jobs.store.database import Database
from app.library.items import Item, Kind, New
from app.library.library import Library
from app.library.uploads import Uploads
from tests.unit.jobs.conftest import database, database_url

__all__ = ["database", "database_url"]

A_PICTURE = b"\xff\xd8\xff a picture"


@pytest.fixture
def library(database_url: str, tmp_path: Path) -> Iterator[Library]:
    with closing(Database(database_url)) as opened:
        yield Library(opened, tmp_path / "library")


@pytest.fixture
def uploads(library: Library) -> Uploads:
    return Uploads(library.database, library.folder / "uploads", library.staging_folder)


Add = Callable[..., Item]


@pytest.fixture
def add(library: Library) -> Add:
    """Keep something."""

    def adding(
        content: bytes = A_PICTURE, *, tenant: str = "acme", kind: Kind = Kind.AVATAR
    ) -> Item:
        with library.staging() as private:
            writer = private.writer("file", 1000)
            writer.write(content)
            new = New(kind, tenant, "Anna", ["a"], {"warnings": []})
            return library.add(new, writer.finish())

    return adding


def files(folder: Path) -> list[Path]:
    """Every file below a folder."""
    return [path for path in folder.rglob("*") if path.is_file()]
