"""What an LMS is told while a lecture is generated."""

from __future__ import annotations

import shutil
from typing import Any

import pytest

from app.jobs.report import pages
from app.jobs.store.job import Claim
from app.jobs.store.store import JobState
from tests.unit.jobs.lectures import claimed, do_all
from tests.web.conftest import Lms, envelope


def status(lms: Lms, query: str = "") -> dict[str, Any]:
    answer = envelope(lms.client.get(f"/generate/status?id=7{query}"))
    result: dict[str, Any] = answer["result"]
    return result


def speech_of(lms: Lms) -> Claim:
    return claimed(lms.services.store, "speech")


def test_a_lecture_that_waits_is_queued_everywhere(lms: Lms) -> None:
    lms.post()
    found = status(lms)
    assert (found["state"], found["progress"], found["eta_seconds"]) == ("queued", 0, None)
    assert found["slides"] == [
        {
            "number": 1,
            "state": "queued",
            "fragments": [{"number": 1, "speech": "queued", "face": "queued"}],
        },
        {"number": 2, "state": "done", "fragments": []},
        {
            "number": 3,
            "state": "queued",
            "fragments": [{"number": 2, "speech": "queued", "face": "queued"}],
        },
    ]
    assert "events" not in found


def test_a_running_lecture_tells_what_runs_and_how_long_it_will_take(lms: Lms) -> None:
    lms.post()
    store = lms.services.store
    store.finish(speech_of(lms), {})
    store.finish(claimed(store, "face"), {})
    speech_of(lms)
    found = status(lms)
    assert (found["state"], found["stage"], found["number"]) == ("running", "speech", 2)
    assert found["slides"][0]["state"] == "running"
    assert found["slides"][2]["fragments"] == [{"number": 2, "speech": "running", "face": "queued"}]
    assert 0.0 <= found["eta_seconds"] < 10.0
    assert found["error"] is None


def test_a_done_lecture_has_no_time_left(lms: Lms) -> None:
    lms.post()
    do_all(lms.services.store)
    found = status(lms)
    assert (found["state"], found["progress"], found["eta_seconds"]) == ("done", 1, 0)
    assert [slide["state"] for slide in found["slides"]] == ["done", "done", "done"]


def test_a_failure_names_its_step(lms: Lms) -> None:
    lms.post()
    lms.services.store.fail(speech_of(lms), "engine_failed", "no mouth", retryable=False)
    do_all(lms.services.store)
    found = status(lms)
    assert found["state"] == "failed"
    assert found["error"] == {"code": "engine_failed", "message": "no mouth", "step": "speech_1"}
    assert [slide["state"] for slide in found["slides"]] == ["failed", "done", "done"]


def test_a_poller_sees_what_happened_since_it_asked(lms: Lms) -> None:
    lms.post()
    first = status(lms, "&events=0")
    assert [(each["state"], each["stage"]) for each in first["events"]] == [("queued", None)]
    lms.services.store.finish(speech_of(lms), {})
    news = status(lms, f"&events={first['last_event']}")
    assert [(each["state"], each["stage"]) for each in news["events"]] == [
        ("running", None),
        ("running", "speech"),
        ("done", "speech"),
    ]
    last = news["events"][-1]
    assert (last["slide"], last["fragment"], last["seq"]) == (1, 1, news["last_event"])
    # One of two speeches at 1, two faces at 2, two slides and the end at 0.1 each.
    assert last["percent"] == pytest.approx(100 * 1 / 6.3, abs=0.1)
    assert status(lms, f"&events={news['last_event']}")["events"] == []


@pytest.mark.parametrize(
    "query", ["events=x", "events=", "events=1.5", "events=99999999999999999999"]
)
def test_a_wrong_event_number_is_named(lms: Lms, query: str) -> None:
    lms.post()
    response = lms.client.get(f"/generate/status?id=7&{query}")
    assert response.status_code == 400
    assert "events" in envelope(response)["message"]


def test_results_that_somebody_removed_are_published_again(lms: Lms) -> None:
    lms.post()
    do_all(lms.services.store)
    shutil.rmtree(lms.folder / "out")
    assert envelope(lms.post())["message"] == "Generation started"
    job = lms.services.store.find("lms", 7)
    assert job is not None
    assert (job.state, job.generation) == (JobState.QUEUED, 2)


def test_a_long_lecture_is_told_by_pages(lms: Lms, monkeypatch: pytest.MonkeyPatch) -> None:
    lms.post()
    whole = status(lms)
    assert not {"page", "pages"} & whole.keys()
    monkeypatch.setattr(pages, "MOST_LINES", 2)
    first = status(lms)
    assert (first["page"], first["pages"]) == (1, 3)
    parts = [status(lms, f"&page={page}") for page in (1, 2, 3)]
    assert [slide for part in parts for slide in part["slides"]] == whole["slides"]
    assert all(part["mapping"] == whole["mapping"] for part in parts)


@pytest.mark.parametrize("query", ["page=0", "page=2", "page=x", "page=", "page=-1"])
def test_a_wrong_page_is_named(lms: Lms, query: str) -> None:
    lms.post()
    response = lms.client.get(f"/generate/status?id=7&{query}")
    assert response.status_code == 400
    assert "page" in envelope(response)["message"]
