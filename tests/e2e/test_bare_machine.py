"""A machine with Python and next to nothing else, for root and for an ordinary user."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

import config
from tests.e2e.conftest import SAMPLES, environment_of
from tests.services import packages

pytestmark = pytest.mark.slow

NOBODY = 65534

# May read whatever root may, wherever the checkout lies, but write only what is its own.
AS_NOBODY = [
    "setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups",
    "--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search",
]  # fmt: skip

NEED_PROGRAMS = [
    "tests/bridge/test_preflight.py",
    "tests/browser/test_other_origins.py",
    "tests/chaos/test_short_form.py::test_whatever_is_killed_every_step_is_done_once_and_nothing"
    "_is_left[kills-postgresql-redis]",
    "tests/clients/test_real_clients.py",
    "tests/e2e/test_distributed.py",
    "tests/jobs/test_disk_full.py",
    "tests/jobs/test_notifier.py",
    "tests/jobs/test_postgres.py",
    "tests/unit/jobs/test_leases.py",
    "tests/unit/speech/program/test_program_engines.py",
    "tests/unit/test_deploy.py",
    "tests/web/test_disk_full.py",
]

OF_EVERY_MACHINE = ("cat", "cp", "mv", "sh", "sleep")


@dataclass(frozen=True)
class Machine:
    """A machine, and who works on it."""

    place: Path
    """The only folder that belongs to whoever works on it."""
    prefix: Sequence[str]

    def run(
        self, *arguments: str, programs: Sequence[str] = (), **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run Python with no other programs on PATH than these."""
        path = self.place / "bin"
        path.mkdir()
        for name in programs:
            found = shutil.which(name)
            assert found is not None
            (path / name).symlink_to(found)
        return subprocess.run(
            [*self.prefix, sys.executable, *arguments],
            cwd=config.ROOT,
            env=_bare(environment) | {"PATH": str(path), "HOME": str(self.place)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )


def _bare(environment: Mapping[str, str]) -> dict[str, str]:
    """This one, without what tells that everything has to be here, and where."""
    told = ("CI", "SAD_TALKER_TEST_PYTHON")
    kept = {name: value for name, value in os.environ.items() if name not in told}
    return {**kept, packages.FOLDERS: "", **environment}


@pytest.fixture
def place() -> Iterator[Path]:
    """Not below pytest's own folder: nobody but whoever runs the tests may enter that."""
    with tempfile.TemporaryDirectory(prefix="bare-", ignore_cleanup_errors=True) as name:
        yield Path(name)


ROOT_ALSO = [pytest.mark.proof] if os.geteuid() == 0 else []
"""Root is an ordinary user in the tests, and itself in the proofs."""


@pytest.fixture(
    params=[pytest.param("whoever runs the tests", marks=ROOT_ALSO), "an ordinary user"]
)
def machine(request: pytest.FixtureRequest, place: Path) -> Machine:
    if request.param == "whoever runs the tests":
        return Machine(place, ())
    if os.geteuid() != 0:
        pytest.skip("whoever runs the tests is an ordinary user already")
    program = shutil.which(AS_NOBODY[0])
    prefix = [str(program), *AS_NOBODY[1:]]
    if program is None or subprocess.run([*prefix, "true"], check=False).returncode != 0:
        pytest.skip("root cannot become an ordinary user here")
    os.chown(place, NOBODY, NOBODY)
    return Machine(place, prefix)


def test_tests_skip_what_needs_a_missing_program_and_say_how_to_get_it(machine: Machine) -> None:
    done = machine.run(
        "-m", "pytest", *NEED_PROGRAMS, f"--basetemp={machine.place / 'tests'}",
        programs=OF_EVERY_MACHINE,
    )  # fmt: skip
    said = done.stdout
    assert done.returncode == 0, said
    assert re.search(r"=+ \d+ passed, \d+ skipped", said), said
    skipped = [line for line in said.splitlines() if line.startswith("SKIPPED")]
    assert skipped
    elsewhere = ("can mount a small disk", "no Python 3.8 here")
    assert [
        line
        for line in skipped
        if packages.named_in(line) is None and not any(why in line for why in elsewhere)
    ] == []
    (told,) = (line for line in said.splitlines() if "skipped for want of" in line)
    servers = ("postgresql", "rabbitmq-server", "redis-server", "systemd", "rhvoice")
    for name in (*servers, "chromium", "curl", "default-jre-headless", "nodejs", "php-cli"):
        assert re.search(rf" {name} \(\d+\)", told), told
    assert told.endswith(f"to get them: {packages.COMMAND}")


def test_the_sample_lecture_needs_no_program(machine: Machine, models: Path) -> None:
    text, out = machine.place / "lecture.txt", machine.place / "out"
    text.write_text("Packets travel alone.", encoding="utf-8")
    face, voice = (
        str(shutil.copy(SAMPLES / name, machine.place))
        for name in ("lecturer-woman.jpg", "voice.wav")
    )
    done = machine.run(
        "-m", "app", "demo", "--face", face, "--voice", voice,
        "--text", str(text), "--out", str(out), **environment_of(machine.place, models),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    lecture = out / "final" / "lecture_1.mp4"
    assert f"lecture   {lecture}" in done.stdout
    assert lecture.stat().st_uid == machine.place.stat().st_uid
