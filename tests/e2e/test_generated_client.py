"""A client that is generated from the API's document as docs/api.md says, and makes a lecture."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import config
from app.media.probe import probe
from app.web.v1 import api
from tests.e2e import api_page
from tests.e2e.conftest import Service, start_service, wait_until_up
from tests.services.programs import program

pytestmark = pytest.mark.slow

SECTION = api_page.PAGE.read_text(encoding="utf-8").partition(api_page.CLIENT)[2]
COMMANDS, PROGRAM = (content for _, content in api_page.blocks(SECTION))

NO_INDEX = "(from versions: none)"
"""How pip ends that knows no version of a package, and so has reached no index."""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[Service]:
    more = {
        "VIDEOLECTURE_SPEECH__ORDER": '{"default": ["hibari"]}',
        "VIDEOLECTURE_SERVER__EXAMINE_SECONDS": "60",
    }
    place = tmp_path_factory.mktemp("service")
    log = place / "service.log"
    with start_service(place, models, log, more=more) as running:
        wait_until_up(running, log)
        yield running
        running.process.terminate()
        assert running.process.wait(60) == 0


@dataclass(frozen=True)
class Reader:
    """Somebody who has followed the page in a folder."""

    folder: Path
    variables: dict[str, str]

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.folder,
            env={**os.environ, **self.variables, "PIP_RETRIES": "1"},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the interpreter that has what the client needs."""
        return self.run(str(self.folder / "client" / "bin" / "python"), *arguments)


@pytest.fixture(scope="module")
def reader(service: Service, models: Path, tmp_path_factory: pytest.TempPathFactory) -> Reader:
    program("curl")
    folder = tmp_path_factory.mktemp("reader")
    (folder / "samples").symlink_to(config.ROOT / "samples")
    key = api_page.a_key(service.place, models)
    somebody = Reader(folder, {"API": f"{service.url}/v1", "KEY": key})
    done = somebody.run("bash", "-e", "-c", COMMANDS.replace("python3", sys.executable))
    if NO_INDEX in done.stderr:
        pytest.skip("openapi-python-client cannot be had: no index of packages is reached")
    assert done.returncode == 0, done.stderr
    assert "Warning(s) encountered" not in done.stdout, done.stdout
    return somebody


def test_it_has_every_operation(reader: Reader) -> None:
    folder = reader.folder / "videolecture_client" / "api"
    missing = [
        operation.name
        for resource in api.RESOURCES
        for operation in resource.operations
        if not (folder / resource.tag / f"{operation.name}.py").is_file()
    ]
    assert missing == []


def test_it_makes_a_lecture(reader: Reader) -> None:
    (reader.folder / "program.py").write_text(PROGRAM, encoding="utf-8")
    done = reader.python("program.py")
    assert (done.returncode, done.stdout) == (0, "done\n"), done.stderr
    assert probe(reader.folder / "networks.mp4").width == 256


def test_it_tells_a_problem_as_one(reader: Reader) -> None:
    words = (
        "import os\n"
        "from videolecture_client import AuthenticatedClient\n"
        "from videolecture_client.api.avatars import get_avatar\n"
        "client = AuthenticatedClient(base_url=os.environ['API'], token=os.environ['KEY'])\n"
        "told = get_avatar.sync('av_0000000000007', client=client)\n"
        "print(type(told).__name__, told.status, told.code)\n"
    )
    done = reader.python("-c", words)
    assert done.stdout == "Problem 404 not_found\n", done.stderr
