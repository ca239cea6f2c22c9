"""A caller is told what is wrong in its own words: its keys, its paths, and nothing of ours."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import InputError, LectureTextError, SourceImageError
from app.intake import GenerateRequest, draft_of
from tests.small_disk import SmallDisk
from tests.web.conftest import Lms, envelope
from tests.web.test_disk_full import moved

PATHS = ("face_path", "voice_path", "lecture_text_path", "lexicon_path")
OURS = ("source-image", "voice-sample", "lecture-text", "lexicon.yaml", ".staging-")
"""Names that only the service knows."""


def asked(lms: Lms, **changes: object) -> GenerateRequest:
    return GenerateRequest.model_validate(lms.body(**changes))


@pytest.mark.parametrize(
    ("error", "field", "message"),
    [
        (SourceImageError("two of them", field="face"), "face_path", "face_path {}: two of them"),
        (InputError("odd", field="voice"), "voice_path", "voice_path {}: odd"),
        (LectureTextError("odd", field="text"), "lecture_text_path", "lecture_text_path {}: odd"),
        (InputError("odd", field="language"), "language", "odd"),
        (InputError("odd"), None, "odd"),
    ],
)
def test_an_error_about_a_draft_is_put_into_the_callers_words(
    lms: Lms, error: InputError, field: str | None, message: str
) -> None:
    request = asked(lms)
    with pytest.raises(type(error)) as told, draft_of(request, lms.services):
        raise error
    named = getattr(request, field) if field else ""
    assert (str(told.value), told.value.field) == (message.format(named), field)


@pytest.mark.parametrize("key", [*PATHS, "generated_dir_path"])
def test_a_path_that_cannot_be_used_is_named_by_its_key(lms: Lms, key: str) -> None:
    wrong = lms.folder / "no" / "such"
    with pytest.raises(InputError) as told, draft_of(asked(lms, **{key: wrong}), lms.services):
        pass
    assert told.value.field == key
    assert str(told.value).startswith(f"{key}: ") and str(wrong) in str(told.value)


def test_a_name_that_stands_in_the_message_already_is_left_alone(lms: Lms) -> None:
    """Messages are put together, not mended: no word in them is taken for a file's name."""
    odd = lms.folder / "is.jpg"
    odd.write_bytes(b"a picture")
    lms.examiner.refused["face"] = "source-image.jpg is no name of a caller's"
    answer = envelope(lms.post(face_path=odd))
    assert answer["message"] == (
        f"Invalid data: face_path {odd}: source-image.jpg is no name of a caller's"
    )


FAULTS: Sequence[tuple[str, dict[str, str], str]] = (
    ("output", {"generated_dir_path": "{}/no/such"}, ""),
    ("face engine", {"face_engine": "mask"}, ""),
    ("face_path", {"face_path": "{}/none"}, ""),
    ("voice_path", {"voice_path": "{}/none"}, ""),
    ("lecture_text_path", {"lecture_text_path": "{}/none"}, ""),
    ("lexicon_path", {"lexicon_path": "{}/none"}, ""),
    ("lexicon", {"lexicon_path": "{}/list.yaml"}, ""),
    ("text", {"lecture_text_path": "{}/blank.txt"}, ""),
    ("face", {}, "face"),
    ("voice", {}, "voice"),
    ("language", {}, "language"),
    ("speech engine", {"speech_engine": "parrot"}, ""),
)
"""Everything that can be wrong, in the order in which it is looked at: the cheap things first."""


@pytest.mark.parametrize("first", range(len(FAULTS)), ids=[name for name, _, _ in FAULTS])
def test_of_all_that_is_wrong_a_caller_is_told_the_same_first(lms: Lms, first: int) -> None:
    (lms.folder / "list.yaml").write_text("- en\n")
    (lms.folder / "blank.txt").write_text(" _; ")

    def told(faults: Sequence[tuple[str, dict[str, str], str]]) -> str:
        lms.examiner.refused = {what: f"no {what}" for _, _, what in faults if what}
        changes: dict[str, str] = {}
        for _, wrong, _ in faults:
            for key, value in wrong.items():
                changes.setdefault(key, value.format(lms.folder))
        response = lms.post(**changes)
        assert response.status_code == 400
        message: str = envelope(response)["message"]
        return message

    assert told(FAULTS[first:]) == told(FAULTS[first : first + 1])


def kinds(folder: Path) -> Iterator[str]:
    """Paths to whatever a caller may name, by mistake or not."""
    (folder / "folder").mkdir()
    (folder / "loop").symlink_to(folder / "loop")
    (folder / "away").symlink_to("/etc/hostname")
    for name in ("face.jpg", "voice.wav", "lecture.txt", "empty", "written", "none", "x" * 300):
        yield str(folder / name)
    (folder / "empty").touch()
    for name in ("folder", "loop", "away", "face.jpg/below", "../outside"):
        yield str(folder / name)
    yield "some/where"


@pytest.fixture
def named(lms: Lms) -> Sequence[str]:
    return list(kinds(lms.folder))


NUMBERS = itertools.count(1)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data(), written=st.binary(max_size=40), refuses=st.sampled_from(["", "face"]))
def test_no_answer_tells_where_the_service_keeps_its_own(
    lms: Lms, named: Sequence[str], data: st.DataObject, written: bytes, refuses: str
) -> None:
    (lms.folder / "written").write_bytes(written)
    lms.examiner.refused = {refuses: "odd"} if refuses else {}
    keys = data.draw(st.sets(st.sampled_from([*PATHS, "generated_dir_path"]), max_size=3))
    changes = {key: data.draw(st.sampled_from(named), label=key) for key in sorted(keys)}
    response = lms.post(id=next(NUMBERS), **changes)
    text = json.dumps(envelope(response), ensure_ascii=False)
    assert response.status_code in (200, 400)
    assert str(lms.services.settings.paths.data) not in text
    assert not any(name in text for name in OURS)


def test_a_full_disk_is_told_without_where_it_is(lms: Lms, small_disk: SmallDisk) -> None:
    paths = lms.services.settings.paths.model_copy(update={"data": small_disk.path})
    moved(lms, lms.services.settings.model_copy(update={"paths": paths}))
    small_disk.fill()
    answer = envelope(lms.post())
    assert answer["message"] == "Disk full: no space left for inputs: No space left on device"
