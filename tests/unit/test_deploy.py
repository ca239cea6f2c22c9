"""The unit files for systemd."""

from __future__ import annotations

import configparser
import subprocess
import sys
from pathlib import Path

import pytest

import config
from app import cli
from app.cli import keeper
from tests.services.programs import program

UNITS = config.ROOT / "deploy" / "systemd"
INSTALLED_AT = "/srv/videolecture"
EVERY_UNIT = sorted(path.name for path in UNITS.glob("*.service"))


@pytest.fixture
def analyze() -> list[str]:
    """The command that looks through a unit."""
    return [program("systemd-analyze"), "verify", "--man=no"]


@pytest.mark.parametrize("unit", EVERY_UNIT)
def test_systemd_finds_no_fault_with_a_unit(analyze: list[str], unit: str, tmp_path: Path) -> None:
    text = (UNITS / unit).read_text(encoding="utf-8")
    # Verified as if the checkout lay where the unit says.
    text = text.replace(f"{INSTALLED_AT}/.venv/bin/python", sys.executable)
    copy = tmp_path / unit.replace("@.", "@gpu0.")
    copy.write_text(text.replace(INSTALLED_AT, str(config.ROOT)), encoding="utf-8")
    done = subprocess.run(
        [*analyze, str(copy)],
        capture_output=True,
        text=True,
        check=False,
    )
    complaints = [line for line in done.stderr.splitlines() if unit.partition("@")[0] in line]
    assert (done.returncode, complaints) == (0, []), done.stderr


def test_the_check_would_find_a_fault(analyze: list[str], tmp_path: Path) -> None:
    unit = tmp_path / "broken.service"
    unit.write_text("[Service]\nExecStart=/nowhere/program\n", encoding="utf-8")
    done = subprocess.run(
        [*analyze, str(unit)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "broken.service" in done.stderr


def read(unit: str) -> configparser.ConfigParser:
    """A unit; of settings that it names twice only the last."""
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # as its docs say
    parser.read(UNITS / unit, encoding="utf-8")
    return parser


@pytest.mark.parametrize("unit", EVERY_UNIT)
def test_a_start_that_cannot_work_is_not_tried_again_and_any_other_end_is(unit: str) -> None:
    service = read(unit)["Service"]
    assert service["Restart"] == "on-failure"
    assert service["RestartPreventExitStatus"] == str(cli.CALLERS_MISTAKE)
    assert cli.CALLERS_MISTAKE != cli.FAILED
    # By default five starts in ten seconds are the last.
    assert float(service["RestartSec"]) * 5 > 10


@pytest.mark.parametrize("unit", EVERY_UNIT)
def test_a_unit_waits_for_the_network_and_gives_children_their_time(unit: str) -> None:
    parser = read(unit)
    assert "network-online.target" in parser["Unit"]["After"]
    assert parser["Unit"]["Wants"] == "network-online.target"
    assert float(parser["Service"]["TimeoutStopSec"]) > keeper.STOP_SECONDS
    assert parser["Service"]["KillMode"] == "mixed"


@pytest.mark.parametrize("unit", EVERY_UNIT)
def test_a_unit_may_write_where_the_settings_say(unit: str) -> None:
    service = read(unit)["Service"]
    assert service["ProtectSystem"] == "full"
    assert service["WorkingDirectory"] == INSTALLED_AT
    assert not {"ProtectHome", "ReadOnlyPaths", "InaccessiblePaths"} & set(service)
    assert service["NoNewPrivileges"] == "yes"
