"""Keys by the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import config
from app import bootstrap, cli
from app.access.keys import Key, Keys, Scope


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIDEOLECTURE_PATHS__DATA", str(tmp_path / "data"))
    return tmp_path


def keys() -> Keys:
    return Keys(bootstrap.opened_store(config.load()).database)


def made(*more: str) -> Key:
    assert cli.main(["keys", "create", "--name", "LMS", *more]) == cli.OK
    return keys().of()[-1]


def test_a_key_is_told_once_and_alone(capfd: pytest.CaptureFixture[str]) -> None:
    made()
    told = capfd.readouterr()
    assert keys().verified(told.out.removesuffix("\n")).name == "LMS"
    assert "shown once" in told.err and told.out.strip() not in told.err


def test_a_key_of_a_program_renders_for_the_default_tenant_until_it_is_revoked() -> None:
    key = made()
    assert (key.tenant, key.scopes, key.expires) == ("default", (Scope.RENDER,), None)


def test_a_key_is_made_as_it_is_wanted() -> None:
    key = made("--tenant", "acme", "--scope", "read", "admin", "--expires", "90d")
    assert (key.tenant, key.scopes) == ("acme", (Scope.READ, Scope.ADMIN))
    assert key.expires is not None
    assert abs(key.expires - key.created - 90 * 86400) < 60


@pytest.mark.parametrize(
    "more", [["--tenant", "A B"], ["--tenant", "lms"], ["--name", ""], ["--expires", "0s"]]
)
def test_what_makes_no_key_is_the_callers_mistake(
    more: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["keys", "create", "--name", "LMS", *more]) == cli.CALLERS_MISTAKE
    told = capfd.readouterr()
    assert (told.out, told.err.startswith("bad_input: ")) == ("", True)
    assert keys().of() == []


def test_they_are_listed_without_what_opens_the_service(
    capfd: pytest.CaptureFixture[str],
) -> None:
    key = made("--tenant", "acme")
    made("--tenant", "other")
    capfd.readouterr()
    assert cli.main(["keys", "list", "--tenant", "acme", "--json"]) == cli.OK
    (row,) = json.loads(capfd.readouterr().out)
    assert row["id"].startswith("key_") and row["created"].endswith("Z")
    assert row | {"id": "", "created": ""} == {
        "id": "", "tenant": "acme", "name": key.name, "scopes": ["render"], "created": "",
        "used": None, "expires": None, "revoked": None,
    }  # fmt: skip


def test_people_read_a_table(capfd: pytest.CaptureFixture[str]) -> None:
    made()
    assert cli.main(["keys", "list"]) == cli.OK
    assert "LMS" in capfd.readouterr().out


def test_a_key_is_revoked_by_its_id(capfd: pytest.CaptureFixture[str]) -> None:
    made()
    capfd.readouterr()
    cli.main(["keys", "list", "--json"])
    (row,) = json.loads(capfd.readouterr().out)
    assert cli.main(["keys", "revoke", row["id"]]) == cli.OK
    assert not keys().any_valid()


@pytest.mark.parametrize("named", ["key_0000000000007", "7", "vl_secret", "av_0000000000007"])
def test_what_is_no_key_cannot_be_revoked(named: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["keys", "revoke", named]) == cli.CALLERS_MISTAKE
    assert len(capfd.readouterr().err.splitlines()) == 1
