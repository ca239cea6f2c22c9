"""A caller hears that no space is left, and nothing of the request stays."""

from __future__ import annotations

from pathlib import Path

import pytest

import config
from app import bootstrap, create_app
from tests.small_disk import SmallDisk
from tests.web.conftest import Lms, envelope


def moved(lms: Lms, settings: config.Settings) -> Lms:
    """The same caller with a service of other settings."""
    store = bootstrap.store(settings)
    store.migrate()
    lms.services = bootstrap.Services(settings, store, lms.examiner)  # type: ignore[arg-type]  # stand-in
    lms.client = create_app(settings, lms.services).test_client()
    return lms


@pytest.fixture
def with_small_database(lms: Lms, small_disk: SmallDisk) -> Lms:
    url = f"sqlite:///{small_disk.path / 'jobs.db'}"
    jobs = lms.services.settings.jobs.model_copy(update={"database_url": url})
    return moved(lms, lms.services.settings.model_copy(update={"jobs": jobs}))


@pytest.fixture
def with_small_data(lms: Lms, small_disk: SmallDisk) -> Lms:
    paths = lms.services.settings.paths.model_copy(update={"data": small_disk.path})
    return moved(lms, lms.services.settings.model_copy(update={"paths": paths}))


def refused(lms: Lms) -> str:
    response = lms.post()
    answer = envelope(response)
    assert (response.status_code, answer["code"]) == (507, "disk_full")
    message: str = answer["message"]
    return message


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_no_space_for_the_database(with_small_database: Lms, small_disk: SmallDisk) -> None:
    lms = with_small_database
    (lms.folder / "lecture.txt").write_text("A sentence. " * 2000, encoding="utf-8")
    small_disk.fill()
    for _ in range(2):
        assert "job database" in refused(lms)
    assert lms.services.store.active("lms") == []
    small_disk.free()
    assert lms.post().status_code == 200
    assert len(lms.services.store.active("lms")) == 1


def test_no_space_for_a_database_that_nobody_has_open(
    with_small_database: Lms, small_disk: SmallDisk
) -> None:
    with_small_database.services.store.close()
    small_disk.fill()
    assert "job database" in refused(with_small_database)
    small_disk.free()
    assert with_small_database.post().status_code == 200


def test_no_space_for_the_copies_of_the_input(with_small_data: Lms, small_disk: SmallDisk) -> None:
    small_disk.fill()
    assert "inputs" in refused(with_small_data)
    assert left(small_disk.path / "inputs") == []
    assert with_small_data.services.store.active("lms") == []
    small_disk.free()
    assert with_small_data.post().status_code == 200
