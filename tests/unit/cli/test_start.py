"""What the service says when it cannot start where it is told to."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

import config
from app import bootstrap, folders
from app.cli.service import check_address
from app.errors import ConfigError
from tests.nobody import open_folder, said_without_rights


def settings_in(place: Path, **paths: Path) -> config.Settings:
    chosen = {"data": place / "data", "logs": place / "logs", "models": place / "models", **paths}
    return config.load(paths=config.Paths(**chosen))


def test_the_job_store_lies_in_the_data_folder_when_nobody_says_otherwise(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    assert settings.database_url == f"sqlite:///{tmp_path / 'data' / 'jobs.db'}"
    named = settings.model_copy(update={"jobs": config.Jobs(database_url="sqlite:////x/y.db")})
    assert named.database_url == "sqlite:////x/y.db"
    assert f"sqlite:///{folders.FORMER_STORE}" == config.load().database_url


def test_a_job_store_that_was_left_elsewhere_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = tmp_path / "former" / "jobs.db"
    monkeypatch.setattr(folders, "FORMER_STORE", former)
    settings = settings_in(tmp_path)
    (tmp_path / "data" / "artifacts").mkdir(parents=True)
    folders.check(settings)
    former.parent.mkdir()
    former.touch()
    with pytest.raises(ConfigError, match=f"move that there.*sqlite:///{former}"):
        folders.check(settings)
    (tmp_path / "data" / "jobs.db").touch()
    folders.check(settings)


def test_a_new_data_folder_needs_no_former_job_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "FORMER_STORE", tmp_path / "jobs.db")
    (tmp_path / "jobs.db").touch()
    folders.check(settings_in(tmp_path))


def test_two_services_with_one_store_and_two_folders_do_not_start(tmp_path: Path) -> None:
    jobs = config.Jobs(database_url=f"sqlite:///{tmp_path / 'jobs.db'}")
    first, second = (
        settings_in(tmp_path, data=tmp_path / name).model_copy(update={"jobs": jobs})
        for name in ("first", "second")
    )
    bootstrap.opened_store(first).close()
    with pytest.raises(ConfigError, match="belongs to the data folder"):
        bootstrap.opened_store(second)
    bootstrap.opened_store(first).close()


@pytest.mark.parametrize("name", ["data", "models"])
def test_a_folder_that_is_a_file_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    with pytest.raises(ConfigError, match=rf"paths\.{name}: .*{tmp_path / name} is no folder"):
        folders.check(settings_in(tmp_path))


def test_a_folder_below_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match=r"paths\.data: cannot make the folder"):
        folders.check(settings_in(tmp_path, data=tmp_path / "file" / "data"))


def test_a_data_folder_that_cannot_be_written_is_named() -> None:
    with open_folder() as place:
        (place / "data" / "artifacts").mkdir(parents=True)
        for folder, mode in (("data", 0o555), ("data/artifacts", 0o555), ("", 0o777)):
            (place / "data").chmod(0o777)
            (place / folder).chmod(mode)
            said = said_without_rights(lambda: folders.check(settings_in(place)))
            (place / folder).chmod(0o777)
            assert ("cannot be written" in said) == bool(folder), said
            assert not folder or str(place / folder) in said


def test_a_spool_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "spool").touch()
    with pytest.raises(ConfigError, match=r"paths\.spool: .*/data/spool is no folder"):
        folders.spool(settings_in(tmp_path))


def test_a_spool_may_lie_elsewhere_and_is_private(tmp_path: Path) -> None:
    folder = folders.spool(settings_in(tmp_path, spool=tmp_path / "fast"))
    assert folder == tmp_path / "fast"
    assert folder.stat().st_mode & 0o777 == 0o700


def test_what_else_lies_in_a_data_folder_is_nobodys_business() -> None:
    with open_folder() as place:
        (place / "data" / "lost+found").mkdir(parents=True, mode=0o700)
        (place / "data").chmod(0o777)
        assert said_without_rights(lambda: folders.check(settings_in(place))) == ""


def test_models_may_be_read_only() -> None:
    with open_folder() as place:
        (place / "models").mkdir(mode=0o555)
        (place / "data").mkdir()
        (place / "data").chmod(0o777)
        assert said_without_rights(lambda: folders.check(settings_in(place))) == ""
        (place / "models").chmod(0)
        said = said_without_rights(lambda: folders.check(settings_in(place)))
        assert "paths.models" in said


def test_a_port_that_is_taken_is_named() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(ConfigError, match=f"127.0.0.1 port {port}: .*choose another"):
            check_address("127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "cure"),
    [
        ("192.0.2.7", "an address of this machine"),
        ("2001:db8::7", "server.host"),
        ("nowhere.invalid", "correct server.host"),
    ],
)
def test_an_address_that_is_not_this_machines_is_named(host: str, cure: str) -> None:
    with pytest.raises(ConfigError, match=cure):
        check_address(host, 54547)


def test_a_port_that_needs_a_right_is_named() -> None:
    said = said_without_rights(lambda: check_address("127.0.0.1", 80))
    assert "Permission denied" in said and "CAP_NET_BIND_SERVICE" in said


def test_a_yaml_file_that_cannot_be_used_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "config.yaml"
    monkeypatch.setenv("VIDEOLECTURE_CONFIG", str(file))
    for content in (b"paths: [", b"- a list", b"\xff\xfe"):
        file.write_bytes(content)
        with pytest.raises(ConfigError, match=str(file)):
            config.load()
