"""Drafts are accepted by their content, whoever made them, without any path of a caller."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import config
from app import bootstrap
from app.errors import InputError, JobConflict
from app.intake import accept
from app.intake.draft import Wishes
from app.jobs.store.store import JobState
from app.steps import lecture_of
from tests import stores
from tests.unit.intake.drafts import a_draft, content
from tests.web.conftest import StandInExaminer

TENANT = "library"


@pytest.fixture
def examiner() -> StandInExaminer:
    return StandInExaminer()


@pytest.fixture
def services(tmp_path: Path, examiner: StandInExaminer) -> bootstrap.Services:
    data = tmp_path / "data"
    settings = config.load(
        paths={"data": str(data)},
        server={"check_engines": False},
        jobs={"database_url": f"sqlite:///{data}/jobs.db"},
    )
    store = stores.opened(settings)
    return bootstrap.Services(settings, store, examiner)  # type: ignore[arg-type]  # stand-in


def test_a_draft_becomes_a_lecture_whose_content_lies_under_its_hash(
    services: bootstrap.Services, tmp_path: Path
) -> None:
    draft = a_draft(tmp_path, tmp_path / "out")
    assert accept(draft, services, tenant=TENANT).mapping == [[1], [2]]
    job = services.store.find(TENANT, 7)
    assert job is not None
    place = tmp_path / "inputs" / f"{TENANT}-7-{job.request_hash[:16]}"
    lecture = lecture_of(job.content)
    assert lecture.source_image == place / "a-face"
    assert lecture.voice_sample == place / "a-voice"
    assert (place / "a-face").read_bytes() == b"a face"
    assert not draft.copies.path.exists()


def test_a_refused_draft_leaves_no_trace(services: bootstrap.Services, tmp_path: Path) -> None:
    draft = a_draft(tmp_path, tmp_path / "out", wishes=Wishes(language="zz"))
    with pytest.raises(InputError):
        accept(draft, services, tenant=TENANT)
    assert not (tmp_path / "out").exists()
    assert services.store.find(TENANT, 7) is None
    assert list((tmp_path / "inputs").iterdir()) == [draft.copies.path]


@pytest.mark.parametrize(
    ("wishes", "field"),
    [
        (Wishes(speech_engine="parrot"), "speech_engine"),
        (Wishes(speech_engine="hibari", language="ru"), "speech_engine"),
        (Wishes(language="zz"), "language"),
    ],
)
def test_a_wish_that_cannot_be_granted_is_named(
    services: bootstrap.Services, tmp_path: Path, wishes: Wishes, field: str
) -> None:
    with pytest.raises(InputError) as refusal:
        accept(a_draft(tmp_path, tmp_path / "out", wishes=wishes), services, tenant=TENANT)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("what", "field"), [("face", "face"), ("voice", "voice"), ("language", "text")]
)
def test_content_that_is_refused_is_named_by_its_field_alone(
    services: bootstrap.Services, examiner: StandInExaminer, tmp_path: Path, what: str, field: str
) -> None:
    examiner.refused[what] = "it cannot be used"
    with pytest.raises(InputError, match=r"^it cannot be used$") as refusal:
        accept(a_draft(tmp_path, tmp_path / "out"), services, tenant=TENANT)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("text", "lexicon", "field"),
    [(b" _; ", b"en: {a: b}", "text"), (b"\xff", b"en: {a: b}", "text"), (b" ", b"- a", "lexicon")],
)
def test_a_text_and_a_lexicon_are_named_and_nothing_is_examined_before(
    services: bootstrap.Services,
    examiner: StandInExaminer,
    tmp_path: Path,
    *,
    text: bytes,
    lexicon: bytes,
    field: str,
) -> None:
    draft = a_draft(tmp_path, tmp_path / "out", text=text)
    draft = replace(draft, lexicon=content(tmp_path / "lexicon", lexicon))
    with pytest.raises(InputError) as refusal:
        accept(draft, services, tenant=TENANT)
    assert refusal.value.field == field
    assert examiner.asked == []


def test_the_same_draft_again_is_answered_without_a_look_at_it(
    services: bootstrap.Services, examiner: StandInExaminer, tmp_path: Path
) -> None:
    first = accept(a_draft(tmp_path, tmp_path / "out"), services, tenant=TENANT)
    examiner.asked.clear()
    for restart in (False, True):
        again = a_draft(tmp_path, tmp_path / "out", restart=restart)
        answer = accept(again, services, tenant=TENANT)
        assert (answer.mapping, answer.started) == (first.mapping, False)
    assert examiner.asked == []


def test_other_content_for_a_waiting_lecture_is_refused_without_a_look_at_it(
    services: bootstrap.Services, examiner: StandInExaminer, tmp_path: Path
) -> None:
    accept(a_draft(tmp_path, tmp_path / "out"), services, tenant=TENANT)
    examiner.asked.clear()
    with pytest.raises(JobConflict, match="wait for it or cancel it first"):
        accept(a_draft(tmp_path, tmp_path / "out", text=b"Else."), services, tenant=TENANT)
    assert examiner.asked == []


def test_a_cancelled_draft_is_started_again(services: bootstrap.Services, tmp_path: Path) -> None:
    accept(a_draft(tmp_path, tmp_path / "out"), services, tenant=TENANT)
    services.store.cancel(TENANT, 7)
    assert accept(a_draft(tmp_path, tmp_path / "out"), services, tenant=TENANT).started
    job = services.store.find(TENANT, 7)
    assert job is not None and (job.state, job.generation) == (JobState.QUEUED, 2)
