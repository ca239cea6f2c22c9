"""`tools/setup_russian.sh` with stand-ins for apt: nothing is installed."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from config import ROOT

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs the script as somebody for whom apt knows and dpkg has some packages."""

    def program(name: str, lines: str) -> None:
        path = tmp_path / name
        path.write_text(f"#!/bin/sh\n{lines}\n")
        path.chmod(0o755)

    def start(
        *engines: str, installed: str = "", user: int = 0, apt: bool = True
    ) -> subprocess.CompletedProcess[str]:
        program("id", f"echo {user}")
        program(
            "dpkg-query", f'case " {installed} " in *" $3 "*) echo installed ;; *) exit 1 ;; esac'
        )
        program("apt-cache", "echo '  Candidate: 1.8'")
        program("RHVoice-test", "exit 0")
        program("festival", "exit 0")
        for name in ("grep", "cat", "mv"):
            (tmp_path / name).symlink_to(f"/bin/{name}")
        if apt:
            program("apt-get", f'echo "$@" >>{tmp_path}/apt')
        return subprocess.run(
            ["/bin/sh", ROOT / "tools" / "setup_russian.sh", *engines],
            env={"PATH": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
            timeout=20,
        )

    return start


def apt_calls(tmp_path: Path) -> str:
    path = tmp_path / "apt"
    return path.read_text() if path.exists() else ""


def test_nothing_is_done_where_everything_is_installed(run: Run, tmp_path: Path) -> None:
    done = run(installed="rhvoice rhvoice-russian rhvoice-english")
    assert done.returncode == 0
    assert "rhvoice is installed already" in done.stdout
    assert apt_calls(tmp_path) == ""


def test_missing_packages_are_named_and_installed(run: Run, tmp_path: Path) -> None:
    done = run(installed="rhvoice")
    assert done.returncode == 0, done.stderr
    assert "installing rhvoice rhvoice-russian rhvoice-english" in done.stdout
    assert "install --yes --no-install-recommends rhvoice rhvoice-russian" in apt_calls(tmp_path)


def test_whoever_is_not_root_is_told_the_command(run: Run, tmp_path: Path) -> None:
    done = run("festival", user=1000)
    assert done.returncode == 1
    assert "sudo sh tools/setup_russian.sh festival" in done.stderr
    assert apt_calls(tmp_path) == ""


def test_without_apt_the_packages_are_named(run: Run) -> None:
    done = run(apt=False)
    assert done.returncode == 1
    assert "no apt-get here. Install rhvoice" in done.stderr


def test_an_unknown_engine_is_refused(run: Run, tmp_path: Path) -> None:
    done = run("rhvoise")
    assert done.returncode == 1
    assert "no engine rhvoise" in done.stderr
    assert apt_calls(tmp_path) == ""
