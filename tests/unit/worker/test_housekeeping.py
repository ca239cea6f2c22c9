"""What workers clear away besides doing steps."""

from __future__ import annotations

import config
from app.worker.worker import Worker
from tests.web.conftest import settings

__all__ = ["settings"]


def test_a_worker_sweeps_the_library(settings: config.Settings) -> None:
    lost = settings.paths.data / "library" / "contents" / "lost"
    lost.parent.mkdir(parents=True)
    lost.write_bytes(b"of a process that was killed")
    Worker(settings, queues={}, until_done=True).run()
    assert not lost.exists()
