"""Large files are fetched from a real web process."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import psutil
import pytest

from app.jobs.store.store import Store
from app.web.v1.lecture_ref import LectureRef
from tests.e2e.conftest import Service
from tests.services.served import serving
from tests.web.server.front import Front
from tests.web.v1.made import finish_all, submit

pytestmark = pytest.mark.slow

SIZE = 200_000_000
FILES = f"/v1/lectures/{LectureRef(7)}/files"


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """One with a done lecture, whose video has 200 MB."""
    with serving(tmp_path, tmp_path / "models") as service:
        store = Store(f"sqlite:///{tmp_path / 'data' / 'jobs.db'}")
        output = submit(store, tmp_path, "One.")
        finish_all(store)
        store.close()
        [video] = output.rglob("lecture_7.mp4")
        os.truncate(video, SIZE)
        yield service


def web_process(service: Service) -> psutil.Process:
    [process] = service.process.children()
    return process


def temporary_files(process: psutil.Process) -> list[str]:
    """Those without a name, as a copy of an answer would be; without gunicorn's sign of life."""
    found = []
    for link in Path(f"/proc/{process.pid}/fd").iterdir():
        with suppress(FileNotFoundError):
            found.append(str(link.readlink()))
    return [told for told in found if "(deleted)" in told and "wgunicorn" not in told]


@pytest.mark.parametrize("name", ["lecture.mp4", "archive.zip"])
def test_many_who_fetch_slowly_fill_neither_memory_nor_disk_nor_threads(
    service: Service, name: str
) -> None:
    front = Front(int(service.url.rpartition(":")[2]))
    asked = f"GET {FILES}/{name} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
    with urllib.request.urlopen(f"{service.url}{FILES}/{name}") as answer:  # everything is loaded
        assert int(answer.headers["Content-Length"]) >= SIZE
    process = web_process(service)
    before = process.memory_info().rss
    with ExitStack() as held:
        peers = [held.enter_context(front.open(asked)) for _ in range(70)]
        for peer in peers:
            assert peer.recv(1000).startswith(b"HTTP/1.1 200 ")
        assert service.get("/ping")["code"] == "ok"
        with urllib.request.urlopen(f"{service.url}{FILES}", timeout=5) as answer:
            assert answer.status == 200
        assert process.memory_info().rss - before < 30_000_000
        assert not temporary_files(process)


def test_the_whole_arrives_in_parts_and_in_one(service: Service, tmp_path: Path) -> None:
    url = f"{service.url}{FILES}/lecture.mp4"
    process = web_process(service)
    with urllib.request.urlopen(url) as answer, (tmp_path / "whole").open("wb") as whole:
        etag = answer.headers["ETag"]
        before = process.memory_info().rss
        shutil.copyfileobj(answer, whole)
    assert process.memory_info().rss - before < 10_000_000
    assert (tmp_path / "whole").stat().st_size == SIZE
    headers = {"Range": f"bytes={SIZE - 10}-", "If-Range": etag}
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
        assert (answer.status, answer.read()) == (206, bytes(10))
    began = time.monotonic()
    with urllib.request.urlopen(urllib.request.Request(url, method="HEAD")) as answer:
        assert answer.headers["ETag"] == etag
    assert time.monotonic() - began < 5


def test_an_archive_is_taken_by_unzip(service: Service, tmp_path: Path) -> None:
    with (
        urllib.request.urlopen(f"{service.url}{FILES}/archive.zip") as answer,
        (tmp_path / "all.zip").open("wb") as whole,
    ):
        shutil.copyfileobj(answer, whole)
    tested = subprocess.run(["unzip", "-t", tmp_path / "all.zip"], capture_output=True, check=False)
    assert tested.returncode == 0, tested.stdout
    assert tested.stdout.count(b" OK") == 8
