"""``make setup-tests`` with a stand-in for apt: nothing is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import config
from tests.services import packages
from tests.services.packages import Package
from tools import setup_tests

Put = Callable[[str, str], None]
Calls = Callable[[], list[str]]

SERVER = Package("some-server", ("some-program",))
NOT_OFFERED = Package("not-offered", ("another-program",))
SPEECH = Package("espeak-ng", ("a-speaking-program",), engine="espeak")

APT = """\
echo "$@ policy=$(cat {policy} 2>/dev/null | tail -n 1)" >>{calls}
for package; do :; done
case "$1 $package" in
    *not-offered) exit 100 ;;
    *some-server) name=some-program ;;
    *espeak-ng) name=a-speaking-program; ln -s /bin/true {bin}/espeak-ng ;;
    *) exit 0 ;;
esac
ln -s /bin/true {bin}/$name
"""


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    return tmp_path / "policy-rc.d"


@pytest.fixture
def put(tmp_path: Path, policy: Path, monkeypatch: pytest.MonkeyPatch) -> Put:
    """Puts programs before the machine's own; whoever runs the tests is root, says ``id``."""
    folder = tmp_path / "bin"
    folder.mkdir()

    def program(name: str, lines: str) -> None:
        (folder / name).write_text(f"#!/bin/sh\n{lines}\n")
        (folder / name).chmod(0o755)

    program("id", "echo 0")
    program("dpkg-query", "exit 1")
    program("apt-cache", "echo '  Candidate: 1.8'")
    program("apt-get", APT.format(policy=policy, calls=tmp_path / "calls", bin=folder))
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(packages, "NOT_TO_BE_HAD", tmp_path / "not-to-be-had.json")
    return program


@pytest.fixture
def calls(put: object, tmp_path: Path) -> Calls:
    """What apt-get was told."""
    path = tmp_path / "calls"
    return lambda: path.read_text().splitlines() if path.exists() else []


def test_packages_are_named_before_they_are_installed(
    calls: Calls, policy: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    setup_tests.set_up([SERVER, SPEECH], policy)
    said = capfd.readouterr().err.splitlines()
    assert said[0] == (
        "setup-tests: installing Debian's packages some-server, espeak-ng, which tests use"
    )
    assert "could not be had" not in "".join(said)
    told = [call.partition(" policy=")[0] for call in calls()]
    assert told == [
        "update --quiet",
        "install --yes --quiet --no-install-recommends some-server",
        "install --yes --no-install-recommends espeak-ng",
    ]
    assert packages.not_to_be_had() == {}


def test_no_service_is_started_meanwhile_and_may_be_later(calls: Calls, policy: Path) -> None:
    setup_tests.set_up([SERVER], policy)
    assert all(call.endswith("policy=exit 101") for call in calls())
    assert not policy.exists()


def test_a_policy_of_the_machines_own_stays(calls: Calls, policy: Path) -> None:
    policy.write_text("#!/bin/sh\nexit 104\n")
    setup_tests.set_up([SERVER], policy)
    assert all(call.endswith("policy=exit 104") for call in calls())
    assert policy.read_text() == "#!/bin/sh\nexit 104\n"


def test_a_package_that_cannot_be_had_is_noted_and_keeps_no_other_away(
    calls: Calls, policy: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    setup_tests.set_up([NOT_OFFERED, SERVER], policy)
    assert SERVER.is_here()
    assert packages.not_to_be_had() == {"not-offered": "apt-get could not install it"}
    assert "could not be had: not-offered; tests that use them will skip" in capfd.readouterr().err


def test_what_could_not_be_had_is_not_tried_at_every_run(
    calls: Calls,
    policy: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(packages, "PACKAGES", (NOT_OFFERED,))
    monkeypatch.setattr(setup_tests, "POLICY", policy)
    setup_tests.set_up([NOT_OFFERED], policy)
    before = calls()
    monkeypatch.setattr("sys.argv", ["setup_tests", "--once"])
    assert setup_tests.main() == 0
    assert calls() == before
    said = "could not be had before: not-offered; to try again: sudo make setup-tests"
    assert said in capfd.readouterr().err


def test_an_ordinary_user_is_told_and_nothing_is_installed(
    calls: Calls,
    policy: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    setup_tests.set_up([SERVER], policy)
    assert calls() == []
    assert capfd.readouterr().err == (
        "setup-tests: only root can install packages: tests that use some-server will skip\n"
    )
    assert packages.not_to_be_had() == {"some-server": "only root can install packages"}


def test_a_machine_without_apt_goes_on(
    calls: Calls,
    policy: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    setup_tests.set_up([SERVER], policy)
    assert packages.not_to_be_had() == {
        "some-server": "there is no apt-get to install packages with"
    }


def test_nothing_is_said_or_done_where_everything_is_here(
    calls: Calls, policy: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    setup_tests.set_up([], policy)
    assert calls() == []
    assert capfd.readouterr().err == ""


def test_make_test_sets_up_unless_told_not_to() -> None:
    assert "-m tools.setup_tests --once" in _plan("test", "TESTS=tests/web")
    assert "tools.setup_tests" not in _plan("test", "TESTS=tests/web", "SYSTEM_PACKAGES=no")
    assert "-m tools.setup_tests\n" in _plan("setup-tests")


def _plan(*arguments: str) -> str:
    """What make would do, told nothing by a make that runs the tests."""
    command = ["make", "--dry-run", "--no-print-directory", *arguments]
    told = ("MAKEFLAGS", "MAKEOVERRIDES", "MAKELEVEL", "SYSTEM_PACKAGES")
    environment = {name: value for name, value in os.environ.items() if name not in told}
    return subprocess.run(
        command, cwd=config.ROOT, capture_output=True, text=True, check=True, env=environment
    ).stdout


@pytest.mark.parametrize("package", packages.PACKAGES, ids=lambda package: package.name)
def test_every_package_says_how_to_see_that_it_is_here(package: Package) -> None:
    assert package.programs or package.folder


def test_a_package_is_here_when_all_its_programs_are(put: Put) -> None:
    put("one-program", "exit 0")
    assert Package("some-package", ("one-program",)).is_here()
    assert not Package("some-package", ("one-program", "no-program")).is_here()
    assert not Package("some-package", ("one-program",), folder="/no/such/folder").is_here()


def test_servers_off_the_path_are_found_the_newest_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for version in ("15", "17"):
        folder = tmp_path / version / "bin"
        folder.mkdir(parents=True)
        shutil.copy("/bin/true", folder / "some-server")
    monkeypatch.setenv(packages.FOLDERS, f"{tmp_path}/*/bin:/no/such/folder")
    assert packages.where("some-server") == tmp_path / "17" / "bin" / "some-server"
