"""Metrics of a service of several web processes."""

from __future__ import annotations

import signal
import tempfile
import urllib.request
from pathlib import Path

import psutil
import pytest

from tests.e2e.conftest import Service
from tests.process.family import wait_until
from tests.services.served import serving

pytestmark = pytest.mark.slow

COUNTED = 'videolecture_http_requests_total{method="GET",operation="v1.get_health",status="2xx"} '


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the processes of the service put what they count."""
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setenv("VIDEOLECTURE_SERVER__WORKERS", "2")
    (tmp_path / "tmp").mkdir()
    return tmp_path / "tmp"


def text_of(service: Service, path: str) -> str:
    with urllib.request.urlopen(service.url + path, timeout=60) as answer:
        return str(answer.read().decode())


def counted(service: Service) -> float:
    lines = text_of(service, "/v1/metrics").splitlines()
    return sum(float(line.removeprefix(COUNTED)) for line in lines if line.startswith(COUNTED))


def test_each_web_process_tells_what_all_have_counted_and_none_is_forgotten_with_its_process(
    tmp_path: Path, models: Path, folder: Path
) -> None:
    with serving(tmp_path, models) as service:
        for _ in range(40):
            text_of(service, "/v1/health")
        assert {counted(service) for _ in range(10)} == {40.0}
        one = service.process.children()[0]
        one.send_signal(signal.SIGKILL)
        wait_until(lambda: not psutil.pid_exists(one.pid), 20)
        wait_until(lambda: len(service.process.children()) == 2, 20)
        text_of(service, "/v1/health")
        assert {counted(service) for _ in range(10)} == {41.0}
        assert len(list(folder.glob("videolecture-requests-*"))) == 1
    assert list(folder.glob("videolecture-requests-*")) == []
