"""Words that a site or a lecture wants spelt otherwise for the engines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import config
from app import create_app
from app.errors import ConfigError
from app.jobs.store.store import Job
from app.steps import lecture_of
from tests.web.conftest import Lms, envelope

TENANT = "lms"


def job(lms: Lms) -> Job:
    found = lms.services.store.find(TENANT, 7)
    assert found is not None
    return found


def own(lms: Lms, text: str) -> Path:
    path = lms.folder / "lexicon.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_lecture_carries_the_words_of_its_lexicon_that_occur_in_it(lms: Lms) -> None:
    lexicon = own(lms, "en: {Hello: Hullo, SQL: sequel}\nru: {Hello: Хелло}\n")
    assert lms.post(lexicon_path=lexicon).status_code == 200
    entries = lecture_of(job(lms).content).lexicon.entries
    assert [(entry.written, entry.spoken) for entry in entries] == [("Hello", "Hullo")]


def test_a_lexicon_that_cannot_be_used_is_told_with_line_and_key(lms: Lms) -> None:
    response = lms.post(lexicon_path=own(lms, "en:\n  Hello: Hullo\n  Bye: 7!\n"))
    answer = envelope(response)
    assert (response.status_code, answer["code"]) == (400, "bad_lecture_text")
    assert "line 3, key 'Bye'" in answer["message"]
    assert str(lms.folder / "lexicon.yaml") in answer["message"]
    assert lms.services.store.find(TENANT, 7) is None


def test_a_lexicon_outside_the_roots_is_refused(lms: Lms, tmp_path: Path) -> None:
    outside = tmp_path / "lexicon.yaml"
    outside.write_text("en: {Hello: Hullo}\n")
    assert envelope(lms.post(lexicon_path=outside))["code"] == "bad_path"


def test_another_lexicon_is_another_input(lms: Lms) -> None:
    lms.post(lexicon_path=own(lms, "en: {Hello: Hullo}\n"))
    assert (
        envelope(lms.post(lexicon_path=own(lms, "en: {Hello: Hallo}\n")))["code"] == "job_conflict"
    )


def test_the_lectures_own_lexicon_wins_over_the_sites(
    lms: Lms, settings: config.Settings, tmp_path: Path
) -> None:
    site = tmp_path / "site.yaml"
    site.write_text("en: {Hello: Hullo, Bye: By}\n")
    speech = settings.speech.model_copy(update={"lexicon": site})
    services = replace(lms.services, settings=settings.model_copy(update={"speech": speech}))
    lms.client = create_app(services.settings, services).test_client()
    assert lms.post(lexicon_path=own(lms, "en: {Hello: Hallo}\n")).status_code == 200
    entries = lecture_of(job(lms).content).lexicon.entries
    assert {entry.written: entry.spoken for entry in entries} == {"Hello": "Hallo", "Bye": "By"}


def test_a_site_lexicon_that_is_missing_is_an_error_of_the_site(
    lms: Lms, settings: config.Settings, tmp_path: Path
) -> None:
    speech = settings.speech.model_copy(update={"lexicon": tmp_path / "nowhere.yaml"})
    services = replace(lms.services, settings=settings.model_copy(update={"speech": speech}))
    lms.client = create_app(services.settings, services).test_client()
    response = lms.post()
    assert (response.status_code, envelope(response)["code"]) == (500, ConfigError.code)
