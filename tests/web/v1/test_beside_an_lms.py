"""An LMS and programs share a service, and neither stops what the other has asked for."""

from __future__ import annotations

import pytest

from app.jobs.store.job import JobState
from tests.web.conftest import Lms, envelope, lms
from tests.web.v1.conftest import Place
from tests.web.v1.files import an_avatar
from tests.web.v1.speaking import a_voice, impatient

__all__ = ["lms"]


@pytest.fixture
def wanted(place: Place) -> list[str]:
    """Kinds of what programs have asked for: one of each."""
    program = place.anonymous
    avatar, voice = an_avatar(program)["id"], a_voice(program)
    body = {"text": "Hello.", "avatar": avatar, "voice": voice, "language": "en"}
    assert program.post("/lectures", json=body).status_code == 202
    with impatient(place, 0.01):
        said = program.post(f"/voices/{voice}/speech", json={"text": "One.", "language": "en"})
    assert said.status_code == 503  # there is no worker; it is wanted all the same
    return ["avatar", "lecture", "utterance", "voice"]


def active(place: Place, tenant: str = "default") -> list[str]:
    return sorted(job.content.kind for job in place.services.store.active(tenant))


@pytest.mark.parametrize("query", ["", "?id=7"])
def test_an_lms_stops_nothing_of_programs(
    lms: Lms, place: Place, wanted: list[str], query: str
) -> None:
    lms.post()
    assert active(place) == wanted
    assert envelope(lms.client.get(f"/generate/cancel{query}"))["result"] is True
    assert active(place) == wanted
    assert active(place, "lms") == []


def test_an_lms_cannot_name_what_programs_have(lms: Lms, place: Place, wanted: list[str]) -> None:
    for job in place.services.store.active("default"):
        answer = lms.client.get(f"/generate/cancel?id={job.content.id}")
        assert envelope(answer)["result"] is False
        status = lms.client.get(f"/generate/status?id={job.content.id}")
        assert envelope(status)["code"] == "job_not_found"
    assert active(place) == wanted


def test_programs_stop_nothing_of_an_lms_but_what_they_name(
    lms: Lms, place: Place, wanted: list[str]
) -> None:
    lms.post()
    for lecture in place.anonymous.get("/lectures").get_json()["items"]:
        if not lecture["id"].startswith("lms-"):
            place.anonymous.delete(f"/lectures/{lecture['id']}")
    job = place.services.store.find("lms", 7)
    assert job is not None and job.state is JobState.QUEUED
