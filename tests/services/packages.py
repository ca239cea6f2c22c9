"""Debian's packages that tests use, what each brings, and which could not be had here.

The one table of them: fixtures look into it, ``tools/setup_tests.py`` installs by it, and the
summary of a test run counts by it.  Standard library alone, as it is needed before the rest.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

COMMAND = "sudo make setup-tests"
"""What gets all of them."""

FOLDERS = "TEST_PROGRAM_FOLDERS"
"""Variable with patterns of folders that are looked into before PATH, separated by colons."""

DEBIANS_FOLDERS = "/usr/lib/postgresql/*/bin:/usr/lib/rabbitmq/bin:/usr/sbin"
"""Servers that Debian keeps off PATH, or off that of ordinary users, or behind a wrapper that
insists on the system's folders."""

NOT_TO_BE_HAD = Path(sys.prefix) / "packages-not-to-be-had.json"
"""In the virtual environment: why the set-up could not get a package, by its name."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package and how to see that it is here."""

    name: str
    programs: tuple[str, ...] = ()
    folder: str = ""
    """What it brings besides programs, or instead of them."""
    engine: str = ""
    """Argument of ``tools/setup_russian.sh``, where that one installs it."""

    def is_here(self) -> bool:
        """Whether everything that tests use of it is found."""
        return all(map(where, self.programs)) and (not self.folder or Path(self.folder).is_dir())


PACKAGES = (
    Package("postgresql", ("initdb", "postgres")),
    Package("redis-server", ("redis-server",)),
    Package("rabbitmq-server", ("rabbitmq-server", "epmd")),
    Package("systemd", ("systemd-analyze",)),
    Package("rhvoice", ("RHVoice-test",), engine="rhvoice"),
    Package("rhvoice-russian", folder="/usr/share/RHVoice/voices/irina", engine="rhvoice"),
    Package("rhvoice-english", folder="/usr/share/RHVoice/voices/slt", engine="rhvoice"),
    Package("festival", ("festival",), engine="festival"),
    Package(
        "festvox-ru",
        folder="/usr/share/festival/voices/russian/msu_ru_nsh_clunits",
        engine="festival",
    ),
    Package("espeak-ng", ("espeak-ng",), engine="espeak"),
    Package("curl", ("curl",)),
    Package("wget", ("wget",)),
    Package("php-cli", ("php",)),
    Package("php-curl", folder="/usr/share/doc/php-curl"),
    Package("php-guzzlehttp-guzzle", folder="/usr/share/php/GuzzleHttp"),
    Package("default-jre-headless", ("java",)),
    Package("ecj", ("ecj",)),
    Package("nodejs", ("node",)),
    Package(
        "python3-requests",
        ("/usr/bin/python3",),
        folder="/usr/lib/python3/dist-packages/requests",
    ),
    Package("chromium", ("chromium",)),
    Package("nginx-light", ("nginx",)),
    Package("jq", ("jq",)),
)


def where(program: str) -> Path | None:
    """Path of a program: that of the last folder in which it is, or on PATH."""
    patterns = os.environ.get(FOLDERS, DEBIANS_FOLDERS).split(":")
    for pattern in filter(None, (pattern.lstrip("/") for pattern in patterns)):
        for folder in sorted(Path("/").glob(pattern), reverse=True):
            if os.access(folder / program, os.X_OK):
                return folder / program
    found = shutil.which(program)
    return Path(found) if found else None


def package_with(program: str) -> str:
    """Name of the package that brings a program."""
    (found,) = (package.name for package in PACKAGES if program in package.programs)
    return found


def called(name: str) -> Package:
    """The package of that name."""
    (found,) = (package for package in PACKAGES if package.name == name)
    return found


def missing() -> list[Package]:
    """Packages of the table that are not here."""
    return [package for package in PACKAGES if not package.is_here()]


def not_to_be_had() -> dict[str, str]:
    """Why the set-up could not get a package, by its name; empty before it has run."""
    try:
        found: dict[str, str] = json.loads(NOT_TO_BE_HAD.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return found


def note_not_to_be_had(reasons: Mapping[str, str]) -> None:
    """Keep them for the tests that run after the set-up, in the same virtual environment."""
    if sys.prefix == sys.base_prefix:
        return
    part = NOT_TO_BE_HAD.with_suffix(".part")
    part.write_text(json.dumps(reasons, indent=1), encoding="utf-8")
    part.replace(NOT_TO_BE_HAD)


def named_in(reason: str) -> str | None:
    """The package for want of which something is skipped, from the words that tell it.

    >>> named_in("no program festival on PATH: install Debian's package festival: make ...")
    'festival'
    """
    found = re.search(r"Debian's package ([a-z0-9][a-z0-9.+-]+)", reason)
    return found[1] if found else None


def summary(reasons: Iterable[str]) -> str:
    """How many tests were skipped for want of which packages; empty for none.

    Args:
        reasons: Of all tests that were skipped, for whatever reason.
    """
    wanted = Counter(name for reason in reasons if (name := named_in(reason)))
    if not wanted:
        return ""
    each = ", ".join(f"{name} ({count})" for name, count in sorted(wanted.items()))
    return f"{wanted.total()} skipped for want of Debian's packages: {each}; to get them: {COMMAND}"
