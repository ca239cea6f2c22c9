"""What workers clear away besides doing steps."""

from __future__ import annotations

from dataclasses import replace

import pytest

import config
from app.library import sweeping
from app.worker.worker import Worker
from tests import stores
from tests.unit.jobs.finished import QuickWorker
from tests.unit.jobs.lectures import TENANT, a_submission
from tests.web.conftest import settings

__all__ = ["settings"]


def test_a_worker_sweeps_the_library(settings: config.Settings) -> None:
    lost = settings.paths.data / "library" / "contents" / "lost"
    lost.parent.mkdir(parents=True)
    lost.write_bytes(b"of a process that was killed")
    Worker(settings, queues={}, until_done=True).run()
    assert not lost.exists()


@pytest.mark.parametrize(
    ("kind", "stays"), [("avatar", False), ("voice", False), ("lecture", True)]
)
def test_a_worker_removes_previews_of_what_is_gone(
    settings: config.Settings, monkeypatch: pytest.MonkeyPatch, kind: str, stays: bool
) -> None:
    store = stores.opened(settings)
    submission = a_submission(lecture_id=7)
    store.submit(replace(submission, content=replace(submission.content, kind=kind)))
    QuickWorker(store).finish()
    monkeypatch.setattr(sweeping, "_LOST_SECONDS", -1.0)
    Worker(settings, queues={}, until_done=True).run()
    assert (store.find(TENANT, 7) is not None) == stays
    store.close()
