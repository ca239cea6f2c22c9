"""A job database that stops working: every caller hears so, and the log once."""

from __future__ import annotations

import logging

import pytest

from tests.web.conftest import Lms, envelope


@pytest.mark.parametrize("ask", ["/generate/status?id=7", "/generate/cancel?id=7"])
def test_callers_are_told_without_a_reason_and_the_log_has_one_line(
    lms: Lms, caplog: pytest.LogCaptureFixture, ask: str
) -> None:
    caplog.set_level(logging.INFO)
    assert lms.post().status_code == 200
    lms.services.store.close()
    database = lms.services.settings.paths.data / "jobs.db"
    database.write_bytes(b"\xff" * database.stat().st_size)
    for _ in range(3):
        response = lms.client.get(ask)
        answer = envelope(response)
        assert (response.status_code, answer["code"]) == (503, "store_unavailable")
        assert "jobs.db" not in answer["message"] and "database is" not in answer["message"]
    assert envelope(lms.client.get("/ping"))["result"] is True
    told = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert len(told) == 1 and told[0].exc_info is None
