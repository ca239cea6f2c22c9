"""A log that cannot be written is told of once, and the service goes on."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli import logs
from app.errors import ConfigError
from tests.nobody import open_folder, said_without_rights
from tests.small_disk import SmallDisk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "logs"


@pytest.fixture
def log(folder: Path) -> Iterator[logging.Logger]:
    """Writes to ``app.log`` in that folder only."""
    yield from logger_in(folder)


def logger_in(folder: Path) -> Iterator[logging.Logger]:
    handler = logs.rotating(folder)
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger = logging.Logger("of this test")  # noqa: LOG001 - it must not be there afterwards
    logger.addHandler(handler)
    yield logger
    handler.close()


def test_a_folder_that_is_gone_is_told_of_once_and_once_more_when_it_is_back(
    log: logging.Logger, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    log.warning("one")
    shutil.rmtree(folder)
    for _ in range(5):
        log.warning("lost")
    folder.mkdir()
    log.warning("two")
    log.warning("three")
    told = capfd.readouterr().err.splitlines()
    assert len(told) == 2
    assert "cannot write the log" in told[0] and str(folder) in told[0]
    assert "written again, 5 lines are missing" in told[1]
    assert (folder / "app.log").read_text().split() == ["two", "three"]


def test_a_file_that_was_moved_away_is_begun_anew(log: logging.Logger, folder: Path) -> None:
    log.warning("one")
    (folder / "app.log").rename(folder / "app.log.kept")
    log.warning("two")
    assert (folder / "app.log.kept").read_text() == "one\n"
    assert (folder / "app.log").read_text() == "two\n"


def test_a_full_disk_is_told_of_once_and_once_more_when_it_has_space(
    small_disk: SmallDisk, capfd: pytest.CaptureFixture[str]
) -> None:
    for log in logger_in(small_disk.path):
        small_disk.fill()
        for _ in range(300):
            log.warning("x" * 1000)
        small_disk.free()
        log.warning("after")
    told = capfd.readouterr().err.splitlines()
    assert len(told) == 2, told
    assert "No space left on device" in told[0] and "written again" in told[1]
    assert (small_disk.path / "app.log").read_text().endswith("after\n")


def test_a_rotation_that_fails_loses_no_line(
    log: logging.Logger,
    folder: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (folder / "app.log.4").touch()
    (folder / "app.log.5").mkdir()  # nothing can be renamed to it
    monkeypatch.setattr(log.handlers[0], "maxBytes", 100)
    monkeypatch.setattr(logs, "ROTATE_AGAIN_SECONDS", 0.0)
    for number in range(50):
        log.warning("line %d", number)
    assert (folder / "app.log").read_text().count("line") == 50
    (folder / "app.log.5").rmdir()
    log.warning("the last")
    told = capfd.readouterr().err.splitlines()
    assert len(told) == 2, told
    assert "cannot rotate the log" in told[0] and "rotated again" in told[1]
    assert (folder / "app.log").read_text() == "the last\n"


def test_a_fault_of_whoever_logs_is_still_told(
    log: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    log.warning("%d lectures", "many")
    assert "Logging error" in capsys.readouterr().err


def test_a_folder_that_is_a_file_is_told_of_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "logs").touch()
    with pytest.raises(ConfigError, match=r"paths\.logs: .* is no folder"):
        logs.rotating(tmp_path / "logs")


def test_a_folder_or_file_of_somebody_else_is_told_of_at_the_start() -> None:
    with open_folder() as folder:
        folder.chmod(0o555)
        said = said_without_rights(lambda: logs.rotating(folder))
        assert said.startswith("ConfigError: paths.logs") and "cannot be written" in said
        folder.chmod(0o777)
        (folder / "app.log").touch(mode=0o400)
        said = said_without_rights(lambda: logs.rotating(folder))
        assert said.startswith("ConfigError: paths.logs") and "app.log" in said


def test_nobody_listening_on_stderr_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    monkeypatch.setattr(logs, "_STDERR", writing)
    logs.tell("into a broken pipe")
    os.close(writing)
    logs.tell("into nothing")
