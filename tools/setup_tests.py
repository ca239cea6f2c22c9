"""Install Debian's packages that tests use: servers, and programs that speak.

    python -m tools.setup_tests [--once]

Names what it installs before it does, asks nothing, and goes on when a package cannot be had:
tests that need it skip, and the summary of the test run says so.  Does nothing but tell for
whoever is not root.  The tests start servers of their own on free ports; those of the packages
are kept from being started.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.services import packages
from tests.services.packages import Package

SCRIPT = Path(__file__).with_name("setup_russian.sh")

FAILED = "apt-get could not install it"

POLICY = Path("/usr/sbin/policy-rc.d")
"""Debian asks it whether a service may be started."""

_POLICY = """\
#!/bin/sh
# Of videolecture's tools/setup_tests.py, while it installs: start no service.
exit 101
"""

_APT = """\
Acquire::Retries "3";
Acquire::http::Timeout "30";
Acquire::https::Timeout "30";
DPkg::Lock::Timeout "120";
"""


def main() -> int:
    """Install what is missing.  Returns 0 also when something cannot be had."""
    parser = argparse.ArgumentParser(prog="python -m tools.setup_tests")
    parser.add_argument("--once", action="store_true", help="not what could not be had before")
    asked = parser.parse_args()
    # As an exception, so that the policy is taken away again.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    missing = packages.missing()
    if asked.once and missing and _failed_before(missing):
        say(f"could not be had before: {_names(missing)}; to try again: {packages.COMMAND}")
    else:
        set_up(missing)
    return 0


def _failed_before(missing: Sequence[Package]) -> bool:
    reasons = packages.not_to_be_had()
    return all(reasons.get(package.name) == FAILED for package in missing)


def set_up(missing: Sequence[Package], policy: Path = POLICY) -> None:
    """Install packages, and note which could not be had and why.

    Args:
        policy: Where Debian looks whether services may be started.
    """
    if not missing:
        packages.note_not_to_be_had({})
        return
    if reason := _hindrance():
        say(f"{reason}: tests that use {_names(missing)} will skip")
    else:
        say(f"installing Debian's packages {_names(missing)}, which tests use")
        with _no_service_starts(policy), _patient_apt() as environment:
            _install(missing, environment)
        reason = FAILED
        if missing := [package for package in missing if not package.is_here()]:
            say(f"could not be had: {_names(missing)}; tests that use them will skip")
    packages.note_not_to_be_had({package.name: reason for package in missing})


def say(line: str) -> None:
    """Tell whoever runs the tests."""
    print(f"setup-tests: {line}", file=sys.stderr, flush=True)


def _names(missing: Sequence[Package]) -> str:
    return ", ".join(package.name for package in missing)


def _hindrance() -> str:
    """Why nothing can be installed here; empty when it can."""
    if os.geteuid() != 0:
        return "only root can install packages"
    if shutil.which("apt-get") is None:
        return "there is no apt-get to install packages with"
    return ""


def _install(missing: Sequence[Package], environment: dict[str, str]) -> None:
    """One by one: a package that cannot be had keeps no other one away."""
    commands = [["apt-get", "update", "--quiet"]]
    install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends"]
    commands += [[*install, package.name] for package in missing if not package.engine]
    engines = dict.fromkeys(package.engine for package in missing if package.engine)
    commands += [["sh", str(SCRIPT), engine] for engine in engines]
    for command in commands:
        # Whatever they say is for whoever has to find out why.
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False
        )
        if done.returncode != 0:
            say(f"failed with status {done.returncode}: {' '.join(command)}")


@contextmanager
def _patient_apt() -> Iterator[dict[str, str]]:
    """An environment in which apt asks nothing, waits its turn and tries again."""
    with tempfile.NamedTemporaryFile("w", suffix=".conf") as file:
        file.write(_APT)
        file.flush()
        yield {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "APT_CONFIG": file.name}


@contextmanager
def _no_service_starts(policy: Path) -> Iterator[None]:
    """Have Debian start no service meanwhile, unless somebody has decided that already."""
    if policy.exists() and policy.read_text(encoding="utf-8", errors="replace") != _POLICY:
        yield
        return
    policy.write_text(_POLICY, encoding="utf-8")
    policy.chmod(0o755)
    try:
        yield
    finally:
        policy.unlink()


if __name__ == "__main__":
    sys.exit(main())
