"""The unit files for systemd."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import config
from tests.services.programs import program

UNITS = config.ROOT / "deploy" / "systemd"
INSTALLED_AT = "/srv/videolecture"


@pytest.fixture
def analyze() -> list[str]:
    """The command that looks through a unit."""
    return [program("systemd-analyze"), "verify", "--man=no"]


@pytest.mark.parametrize("unit", sorted(path.name for path in UNITS.glob("*.service")))
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
