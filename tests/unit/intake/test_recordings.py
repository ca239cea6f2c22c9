"""Drafts whose slides are recordings instead of texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

import config
from app import bootstrap
from app.engines import recognizer
from app.errors import InputError, LectureTextError, RecordingError
from app.examiner.asked import RecordingKept
from app.intake import accept, recordings
from app.intake.draft import Content, Draft, Wishes
from app.intake.identity import request_hash
from app.lecture import RECORDING, UNTOLD, Lecture
from app.steps import lecture_of
from tests import stores
from tests.unit.intake.drafts import a_draft, content
from tests.web.conftest import StandInExaminer

TENANT = "library"


class Listening(StandInExaminer):
    """Keeps every recording as the seconds that its bytes name, cut every 30."""

    def keep_recording(
        self, recording: Path, sha256: str, target: Path, *, most_seconds: float, **_: object
    ) -> RecordingKept:
        self._look("recording", recording, RecordingError)
        seconds = float(recording.read_bytes())
        if seconds > most_seconds:
            raise RecordingError(f"longer than {most_seconds:.0f} s")
        target.write_bytes(b"samples")
        cuts = tuple(30.0 * n for n in range(1, 99) if 30.0 * (n + 1) <= seconds)
        return RecordingKept(seconds, 3.0, cuts, "hardly heard" if seconds == 7.0 else "")


@pytest.fixture
def examiner() -> Listening:
    return Listening()


@pytest.fixture
def services(tmp_path: Path, examiner: Listening) -> bootstrap.Services:
    data = tmp_path / "data"
    settings = config.load(
        paths={"data": str(data)},
        server={"check_engines": False},
        lecture={"max_seconds": 1000, "max_fragments": 20, "max_slides": 9},
        jobs={"database_url": f"sqlite:///{data}/jobs.db"},
    )
    store = stores.opened(settings)
    return bootstrap.Services(settings, store, examiner)  # type: ignore[arg-type]  # stand-in


def recorded(folder: Path, seconds: Mapping[int, float], **changes: object) -> Draft:
    """A draft with a recording of so many seconds on each of these slides."""
    draft = a_draft(folder, folder / "out", **changes)  # type: ignore[arg-type]
    given = {
        number: content(draft.copies.path / f"recording-{number}", str(length).encode())
        for number, length in seconds.items()
    }
    return replace(draft, recordings=given)


def accepted(services: bootstrap.Services, draft: Draft) -> Lecture:
    accept(draft, services, tenant=TENANT)
    job = services.store.find(TENANT, 7)
    assert job is not None
    return lecture_of(job.content)


def test_a_whole_lecture_is_one_slide_without_text_voice_and_speech_engine(
    services: bootstrap.Services, examiner: Listening, tmp_path: Path
) -> None:
    lecture = accepted(services, recorded(tmp_path, {1: 100.0}, text=None, voice=None))
    assert lecture.mapping() == [[1, 2, 3]]
    spans = [(f.recording.start, f.recording.end) for f in lecture.fragments() if f.recording]
    assert spans == [(0.0, 30.0), (30.0, 60.0), (60.0, 100.0)]
    assert lecture.speech_engine == RECORDING
    assert lecture.voice_sample is None
    assert lecture.language == UNTOLD
    assert examiner.asked == ["face", "recording"]
    passage = lecture.fragment(1).recording
    assert passage is not None
    assert lecture.recorded_sound(passage).read_bytes() == b"samples"


def test_recorded_slides_stand_among_those_of_text(
    services: bootstrap.Services, tmp_path: Path
) -> None:
    lecture = accepted(services, recorded(tmp_path, {2: 70.0, 5: 5.0}, text=b"One._;_;Three."))
    assert lecture.mapping() == [[1], [2, 3], [4], [], [5]]
    assert [fragment.text for fragment in lecture.fragments()] == ["One.", "", "", "Three.", ""]
    assert lecture.language == "en"
    assert lecture.speech_engine == "kokoro"


def test_slides_of_text_alone_need_no_word_when_others_are_recorded(
    services: bootstrap.Services, tmp_path: Path
) -> None:
    draft = recorded(tmp_path, {2: 5.0}, text=b" _; _;\n", voice=None)
    assert accepted(services, draft).mapping() == [[], [1], []]


def test_a_named_language_is_that_of_the_recordings(
    services: bootstrap.Services, tmp_path: Path
) -> None:
    wishes = Wishes(language="ru")
    draft = recorded(tmp_path, {1: 5.0}, text=None, voice=None, wishes=wishes)
    assert accepted(services, draft).language == "ru"


def test_the_recognizer_is_named_where_one_is_installed(
    services: bootstrap.Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recordings, "recognizer_identity", lambda: "whisper-1")
    lecture = accepted(services, recorded(tmp_path, {1: 5.0}, text=None, voice=None))
    passage = lecture.fragment(1).recording
    assert passage is not None
    assert passage.recognizer == "whisper-1"


def test_what_a_recording_is_cautioned_for_is_told_with_its_slide(
    services: bootstrap.Services, tmp_path: Path
) -> None:
    draft = recorded(tmp_path, {1: 7.0, 2: 5.0}, text=None, voice=None)
    assert accept(draft, services, tenant=TENANT).caution == "slide 1: hardly heard"


@pytest.mark.parametrize(
    ("seconds", "changes", "field", "said"),
    [
        ({1: 5.0}, {}, "recordings.1", "slide 1 has both a text and a recording"),
        ({0: 5.0}, {"text": None}, "recordings", "numbered from 1 to 9, not 0"),
        ({10: 5.0}, {"text": None}, "recordings", "from 1 to 9, not 10 to 10"),
        ({1: 900.0, 2: 150.0}, {"text": None}, "recordings.2", "longer than 100 s"),
        ({1: 650.0}, {"text": None}, "recordings", "21 fragments; at most 20"),
        ({3: 5.0}, {"voice": None}, "voice", "no voice to follow"),
        ({}, {"text": None}, "text", "neither a text nor a recording"),
    ],
)
def test_what_cannot_be_a_lecture_is_refused_by_its_field(  # noqa: PLR0917 - parameters
    services: bootstrap.Services,
    tmp_path: Path,
    seconds: Mapping[int, float],
    changes: dict[str, object],
    field: str,
    said: str,
) -> None:
    with pytest.raises(InputError, match=said) as refusal:
        accept(recorded(tmp_path, seconds, **changes), services, tenant=TENANT)
    assert refusal.value.field == field
    assert services.store.find(TENANT, 7) is None


def test_what_is_wrong_with_a_recording_names_its_slide(
    services: bootstrap.Services, examiner: Listening, tmp_path: Path
) -> None:
    examiner.refused["recording"] = "the recording is silent"
    with pytest.raises(RecordingError) as refusal:
        accept(recorded(tmp_path, {3: 5.0}), services, tenant=TENANT)
    assert refusal.value.field == "recordings.3"


def test_the_request_is_another_with_another_recording_or_place_of_it(tmp_path: Path) -> None:
    one, other = Content(Path("a"), "a" * 64), Content(Path("b"), "b" * 64)
    draft = a_draft(tmp_path, tmp_path / "out")
    asked = [{}, {3: one}, {3: other}, {4: one}, {3: one, 4: other}]
    hashes = {request_hash(replace(draft, recordings=given), "") for given in asked}
    assert len(hashes) == len(asked)
    moved = replace(draft, recordings={3: replace(one, path=Path("elsewhere"))})
    assert request_hash(moved, "") in hashes


def test_no_text_and_no_recording_is_a_fault_of_the_text(
    services: bootstrap.Services, tmp_path: Path
) -> None:
    with pytest.raises(LectureTextError):
        accept(recorded(tmp_path, {}, text=b" _; "), services, tenant=TENANT)


def test_a_recognizer_is_known_by_its_versions() -> None:
    named = recognizer.recognizer_identity()
    assert not named or named.startswith("faster-whisper-")
