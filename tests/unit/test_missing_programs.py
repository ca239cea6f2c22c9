"""What a test does that needs a program which is not here."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

import pytest

from tests.services import packages
from tests.services.programs import account, program, skip_without


@pytest.fixture(autouse=True)
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No program is found, and no set-up has tried to get one."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv(packages.FOLDERS, "")
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(packages, "NOT_TO_BE_HAD", tmp_path / "not-to-be-had.json")


def test_it_skips_and_names_the_program_and_the_package() -> None:
    with pytest.raises(pytest.skip.Exception, match=r"epmd is not .* package rabbitmq-server"):
        program("epmd")


def test_it_fails_where_everything_is_tested(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="to get it: sudo make setup-tests"):
        program("redis-server")


def test_it_skips_even_there_when_the_package_cannot_be_had(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CI", "true")
    packages.note_not_to_be_had({"rhvoice": "apt-get could not install it"})
    with pytest.raises(pytest.skip.Exception, match="apt-get could not install it"):
        skip_without("no voice: install Debian's package rhvoice: make setup-russian")
    with pytest.raises(pytest.fail.Exception):
        program("redis-server")


def test_the_summary_counts_by_package() -> None:
    reasons = [
        "Skipped: redis-server is not installed: Debian's package redis-server",
        "Skipped: no voice: install Debian's package rhvoice-russian: make setup-russian",
        "Skipped: redis-server is not installed: Debian's package redis-server",
        "Skipped: no Python 3.8 here",
    ]
    assert packages.summary(reasons) == (
        "3 skipped for want of Debian's packages: redis-server (2), rhvoice-russian (1); "
        "to get them: sudo make setup-tests"
    )
    assert packages.summary(["Skipped: no Python 3.8 here"]) == ""


def test_a_server_without_a_user_of_its_own_is_run_by_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert account("no-such-user") == pwd.getpwnam("nobody")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert account("no-such-user") is None
