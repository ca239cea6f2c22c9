"""Every line of curl in docs/api.md, against a real service."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import config
from app.media.probe import probe
from app.web.v1 import api
from tests.e2e import api_page
from tests.e2e.conftest import Service, start_service, wait_until_up
from tests.services.programs import free_port

pytestmark = pytest.mark.slow


class Receiver(BaseHTTPRequestHandler):
    """Takes every message."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Tests are quiet."""


@pytest.fixture(scope="module")
def hook() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", free_port()), Receiver)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/videolecture"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, models: Path, hook: str) -> Iterator[Service]:
    """One whose engines are quick, that waits for slow machines, and whose log tells everything."""
    more = {
        "VIDEOLECTURE_SPEECH__ORDER": '{"default": ["hibari"]}',
        "VIDEOLECTURE_SERVER__EXAMINE_SECONDS": "60",
        "VIDEOLECTURE_SERVER__SPEECH_SECONDS": "120",
        "VIDEOLECTURE_NOTIFY__ALLOWED_HOSTS": json.dumps([hook.split("/")[2]]),
        "VIDEOLECTURE_LOGGING__LEVEL": "DEBUG",
    }
    place = tmp_path_factory.mktemp("service")
    log = place / "service.log"
    with start_service(place, models, log, more=more) as running:
        wait_until_up(running, log)
        yield running
        running.process.terminate()
        assert running.process.wait(60) == 0


def test_every_example_does_what_the_page_says(
    service: Service, models: Path, hook: str, tmp_path: Path
) -> None:
    written = api_page.PAGE.read_text(encoding="utf-8").partition(api_page.CLIENT)[0]
    found = api_page.examples(written)
    folder = tmp_path / "reader"
    folder.mkdir()
    (folder / "samples").symlink_to(config.ROOT / "samples")
    key = api_page.a_key(service.place, models)
    values = {"API": f"{service.url}/v1", "KEY": key, "HOOK": hook}
    for example, outcome in zip(found, api_page.run(found, folder, values), strict=True):
        api_page.check(example, outcome)
    assert resources_without_examples(service.place / "logs" / "app.log") == []


def test_the_readme_makes_a_lecture_in_a_few_lines(
    service: Service, models: Path, tmp_path: Path
) -> None:
    readme = (config.ROOT / "README.md").read_text(encoding="utf-8")
    ((_, lines),) = api_page.blocks(readme.partition("## From another")[2].partition("\n## ")[0])
    for name, sample in (("me.jpg", "lecturer-woman.jpg"), ("me.wav", "voice.wav")):
        (tmp_path / name).symlink_to(config.ROOT / "samples" / sample)
    key = api_page.a_key(service.place, models)
    values = {"API": f"{service.url}/v1", "KEY": key}
    (outcome,) = api_page.run([api_page.Example(lines, [])], tmp_path, values)
    assert "event: done" in outcome.output
    assert probe(tmp_path / "lecture.mp4").width == 512


def resources_without_examples(log: Path) -> list[str]:
    """Those of the API's that nobody has called."""
    lines = re.findall(r"answered method=(\w+) path=/v1(\S*)", log.read_text(encoding="utf-8"))
    called = {
        operation.tag
        for operation in api.operations()
        for method, path in lines
        if method == operation.method and re.fullmatch(_pattern(operation.path), path)
    }
    return [each.tag for each in api.RESOURCES if each.tag not in called]


def _pattern(path: str) -> str:
    return re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path))
