"""One job store belongs to one data folder."""

from __future__ import annotations

import errno
import threading
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import ConfigError
from app.jobs.files import data_folder
from app.jobs.store.store import Store


def folder(tmp_path: Path, name: str = "data") -> Path:
    made = tmp_path / name
    made.mkdir()
    return made


def test_the_first_start_gives_the_folder_a_private_identity(store: Store, tmp_path: Path) -> None:
    data = folder(tmp_path)
    data_folder.claim(store, data)
    identity = data_folder.read(data)
    assert identity is not None and len(identity) == 32
    assert (data / "identity").stat().st_mode & 0o777 == 0o600
    assert [each.name for each in data.iterdir()] == ["identity"]
    data_folder.claim(store, data)
    assert data_folder.read(data) == identity


def test_a_second_folder_is_refused_and_gets_no_identity(store: Store, tmp_path: Path) -> None:
    first, second = folder(tmp_path), folder(tmp_path, "other")
    data_folder.claim(store, first)
    with pytest.raises(ConfigError) as caught:
        data_folder.claim(store, second)
    said = str(caught.value)
    assert str(first) in said and str(second) in said and "python -m app adopt" in said
    assert list(second.iterdir()) == []
    assert data_folder.fault(store, second) == said
    assert data_folder.fault(store, first) is None


def test_a_folder_of_another_store_is_refused(store: Store, tmp_path: Path) -> None:
    first, second = folder(tmp_path), folder(tmp_path, "other")
    with closing(Store(f"sqlite:///{tmp_path / 'other.db'}")) as other:
        other.migrate()
        data_folder.claim(other, second)
    data_folder.claim(store, first)
    with pytest.raises(ConfigError, match="identity"):
        data_folder.claim(store, second)


def test_a_folder_that_was_moved_is_the_same(store: Store, tmp_path: Path) -> None:
    data = folder(tmp_path)
    data_folder.claim(store, data)
    moved = data.rename(tmp_path / "moved")
    data_folder.claim(store, moved)
    with pytest.raises(ConfigError, match=str(moved)):
        data_folder.claim(store, folder(tmp_path, "third"))


def test_a_lost_folder_is_replaced_when_somebody_says_so(store: Store, tmp_path: Path) -> None:
    data_folder.claim(store, folder(tmp_path))
    new = folder(tmp_path, "new")
    data_folder.adopt(store, new)
    data_folder.claim(store, new)
    with pytest.raises(ConfigError):
        data_folder.claim(store, tmp_path / "data")


@pytest.mark.parametrize("content", ["", "zz", "0" * 31, "É" * 32])
def test_a_file_without_an_identity_is_no_new_folder(
    store: Store, tmp_path: Path, content: str
) -> None:
    data = folder(tmp_path)
    (data / "identity").write_text(content, encoding="latin-1")
    with pytest.raises(ConfigError, match="identity"):
        data_folder.claim(store, data)


def test_a_file_system_without_links_gives_an_identity_too(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    data = folder(tmp_path)
    data_folder.claim(store, data)
    assert [each.name for each in data.iterdir()] == ["identity"]
    data_folder.claim(store, data)


def race(store_url: str, folders: list[Path]) -> list[str]:
    """What those say that may not start; all start at the same moment."""
    barrier, said = threading.Barrier(len(folders)), list[str]()

    def start(data: Path) -> None:
        with closing(Store(store_url)) as store:
            barrier.wait()
            try:
                data_folder.claim(store, data)
            except ConfigError as error:
                said.append(str(error))

    threads = [threading.Thread(target=start, args=(data,)) for data in folders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def test_of_two_that_start_first_one_gets_the_store(database_url: str, tmp_path: Path) -> None:
    said = race(database_url, [folder(tmp_path, str(number)) for number in range(4)])
    assert len(said) == 3


def test_those_that_share_a_folder_start_together(database_url: str, tmp_path: Path) -> None:
    data = folder(tmp_path)
    assert race(database_url, [data] * 6) == []
    assert [each.name for each in data.iterdir()] == ["identity"]
