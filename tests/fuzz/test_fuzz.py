"""Made-up requests of every kind: each is answered as the document says."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fuzz.fuzzer import Allowance, Outcome, Plan, fuzz
from tests.fuzz.ground import Ground, files_of_an_lms, ground
from tests.fuzz.lms import DOCUMENT

_LIKE_TUS = (
    "create_upload",
    "get_upload",
    "continue_upload",
    "delete_upload",
    "override_upload_method",
)
_CONDITIONAL = (
    "change_avatar",
    "delete_avatar",
    "change_voice",
    "delete_voice",
    "delete_recording",
    "change_lecture",
    "delete_lecture",
    "change_draft",
)

SLOW = ("create_lecture", "estimate_text", "read_text", "create_openai_speech", "create_speech")
"""Operations that wait for a process which reads a text, or for speech."""

OF_AN_LMS = (
    Allowance(
        "positive_data_acceptance",
        (400,),
        "a path that is made up leads nowhere, and an engine's name is none",
        ("generate", "generation"),
    ),
    Allowance(
        "positive_data_acceptance",
        (400,),
        "there are fewer pages; and without a body or a query the empty one is none",
        (
            *("generate_status", "generation_status", "generate_cancel", "generation_cancel"),
            *("generate_cancel_by_query", "generation_cancel_by_query"),
        ),
    ),
)

ALLOWANCES = (
    Allowance(
        "negative_data_rejection",
        (412, 413),
        "tus answers so to another version of it, and to too long a file",
        _LIKE_TUS,
    ),
    Allowance(
        "missing_required_header", (412, 405), "the same; POST of no method is none", _LIKE_TUS
    ),
    Allowance(
        "positive_data_acceptance",
        (412,),
        "If-Match names any version, and there is one",
        _CONDITIONAL,
    ),
    Allowance(
        "positive_data_acceptance",
        (422,),
        "what is of the right form may hold no face, no speech, no words, no language that is "
        "spoken here, or name what is not there",
        (
            "create_avatar",
            "create_voice",
            "create_recording",
            "create_lecture",
            "change_lecture",
            "estimate_text",
            "read_text",
            "create_speech",
        ),
    ),
    Allowance(
        "positive_data_acceptance",
        (400,),
        "the same, as OpenAI tells it",
        ("create_openai_speech",),
    ),
    Allowance(
        "positive_data_acceptance",
        (422,),
        "a cursor is one that a list has told",
        (
            "list_avatars",
            "list_voices",
            "list_recordings",
            "list_lectures",
            "list_deliveries",
            "list_callback_deliveries",
        ),
    ),
    Allowance("positive_data_acceptance", (422,), "there are fewer pages", ("get_lecture",)),
    Allowance(
        "positive_data_acceptance",
        (422,),
        "an address may have no host",
        ("create_webhook", "change_webhook"),
    ),
    Allowance("positive_data_acceptance", (422,), "a time may have passed", ("create_key",)),
    Allowance(
        "positive_data_acceptance",
        (400, 412, 413, 415, 422, 460),
        "made-up headers rarely fit the bytes",
        _LIKE_TUS,
    ),
    Allowance(
        "use_after_free", (), "a key that is revoked is still listed", ("get_key", "revoke_key")
    ),
    Allowance(
        "ensure_resource_availability",
        (),
        "workers make it later",
        (
            "get_avatar_preview",
            "get_avatar_thumbnail",
            "get_voice_preview",
            "get_archive",
            "get_file",
        ),
    ),
    Allowance("not_a_server_error", (503,), "no worker serves this service", ("get_ready",)),
    Allowance(
        "not_a_server_error",
        (503,),
        "the stand-in that speaks may be slower than a caller waits",
        ("create_speech", "create_openai_speech"),
    ),
)


def plan_for(ground: Ground, examples: int) -> Plan:
    """Of the whole API."""
    known: dict[str, list[str]] = {}
    for name, values in ground.known.items():
        known[f"path.{name}_id"] = known[f"body.{name}"] = values
    known |= {
        "body.text": ["Hello there."],
        "body.slides[*].text": ["Hello there.", "Bye."],
        "body.slides[*].audio": ground.known["recording"],
        "body.input": ["Hello there."],
        "body.model": ["tts-1", "kokoro"],
        "body.engine": ["kokoro"],
        "body.speech_engine": ["kokoro"],
        "body.face_engine": ["meshwarp"],
        "body.lexicon": ["en:\n  SQL: sequel\n"],
        "header.If-Match": ["*"],
        "body.audio": ground.known["recording"],
        "body.url": ground.known["url"],
        "body.callback_url": ground.known["url"],
        "body.language": ["en"],
        "path.file_name": ["lecture.mp4", "manifest.json", "slide-1.mp4", "fragment-2.wav"],
    }
    taken = ("upload", "delivery", "lecture", "webhook", "speech", "recording")
    # Nothing names uploads in paths: those that are there are not to be removed.
    unused = {
        "path.upload_id",
        "path.url_id",
        *(f"body.{name}" for name in taken if name != "upload"),
    }
    return Plan(
        document=f"{ground.service.url}/v1/openapi.json",
        url=f"{ground.service.url}/v1",
        examples=examples,
        key=ground.key,
        known={name: values for name, values in known.items() if name not in unused},
        kept=[ground.key_id, *(values[0] for values in ground.known.values())],
        allowances=ALLOWANCES,
        slow=SLOW,
    )


def plan_of_an_lms(ground: Ground, examples: int) -> Plan:
    """Of what an LMS calls."""
    document = ground.service.place / "lms.json"
    document.write_text(json.dumps(DOCUMENT), encoding="utf-8")
    files = files_of_an_lms(ground.service.place)
    return Plan(
        document=str(document),
        url=ground.service.url,
        examples=examples,
        phases=("coverage", "fuzzing"),
        known={
            **{f"body.{field}": [path] for field, path in files.items()},
            "body.id": [7, 8, 9],
            "query.id": [7, 8, 9],
            "body.language": ["en"],
            "body.speech_engine": ["kokoro"],
            "body.face_engine": ["meshwarp"],
        },
        allowances=OF_AN_LMS,
    )


def check(outcome: Outcome, *, cases: int, links: int = 0) -> None:
    """All of it was tried, and nothing has failed."""
    print(
        f"{outcome.cases} cases, {outcome.links} links, {outcome.failures} failures, "
        f"{outcome.seconds:.0f} s"
    )
    assert outcome.failures == 0, outcome.output
    assert outcome.operations[0] == outcome.operations[1]
    assert outcome.cases >= cases
    assert outcome.links >= links


@pytest.mark.slow
def test_some_requests_of_every_kind_are_answered_as_documented(
    tmp_path: Path, models: Path
) -> None:
    with ground(tmp_path, models, lectures=3) as there:
        some = replace(plan_for(there, 5), phases=("fuzzing",), seed=7)
        check(fuzz(some, tmp_path), cases=200)


@pytest.mark.proof
def test_twenty_thousand_requests_are_answered_as_documented(tmp_path: Path, models: Path) -> None:
    with ground(tmp_path, models) as there:
        # Of forty in the document some lead to what only workers make; chance chooses 26 to 33.
        check(fuzz(plan_for(there, 480), tmp_path), cases=20_000, links=15)


@pytest.mark.proof
def test_an_lms_is_answered_in_envelopes(tmp_path: Path, models: Path) -> None:
    with ground(tmp_path, models) as there:
        check(fuzz(plan_of_an_lms(there, 150), tmp_path), cases=1500)
