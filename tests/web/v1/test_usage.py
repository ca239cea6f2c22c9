"""What a tenant learns of what it has stored."""

from __future__ import annotations

from dataclasses import replace

import config
from app import create_app
from app.access.keys import Scope
from app.library.items import Kind
from app.requests.lectures import RESULT_BYTES_PER_SECOND
from tests.web.conftest import SAMPLES
from tests.web.v1.conftest import Place, Program, problem, stored
from tests.web.v1.everything import one_of_each
from tests.web.v1.files import TUS

NONE = {"number": 0, "bytes": 0}


def test_who_has_nothing_uses_nothing_and_is_not_bounded(place: Place) -> None:
    assert place.program("acme", Scope.READ).get("/usage").get_json() == {
        "tenant": "acme",
        "bytes": 0,
        "bytes_allowed": None,
        **dict.fromkeys(("avatars", "voices", "recordings", "uploads", "lectures"), NONE),
        "lectures_allowed": None,
    }


def test_all_that_a_tenant_has_is_told_by_kinds(place: Place) -> None:
    program = place.program("acme")
    for name in ("Anna", "Again"):
        stored(place, Kind.AVATAR, "acme", name)
    stored(place, Kind.VOICE, "acme")
    stored(place, Kind.VOICE, "other")
    program.post("/uploads", headers=TUS | {"Upload-Length": "1000"})
    told = program.get("/usage").get_json()
    face = (SAMPLES / "lecturer-woman.jpg").stat().st_size
    voice = (SAMPLES / "voice.wav").stat().st_size
    assert told["avatars"] == {"number": 2, "bytes": face}
    assert told["voices"] == {"number": 1, "bytes": voice}
    assert told["uploads"] == {"number": 1, "bytes": 1000}
    assert told["bytes"] == face + voice + 1000


def test_lectures_are_judged_by_their_length(place: Place) -> None:
    program = place.program("acme")
    lecture = one_of_each(place, program)["lecture_id"]
    told = program.get("/usage").get_json()
    assert told["lectures"]["number"] == 1
    assert told["lectures"]["bytes"] >= RESULT_BYTES_PER_SECOND // 10
    assert told["bytes"] >= told["lectures"]["bytes"]
    program.delete(f"/lectures/{lecture}")
    assert program.get("/usage").get_json()["lectures"] == NONE


def test_what_is_allowed_is_told(place: Place) -> None:
    bounds = {"storage_gigabytes": 2.5, "tenants": {"acme": {"lectures": 7}}}
    limits = config.Limits.model_validate(bounds)
    settings = place.services.settings.model_copy(update={"limits": limits})
    services = replace(place.services, settings=settings)
    client = create_app(settings, services).test_client()
    told = Program(client, place.program("acme").key).get("/usage").get_json()
    assert (told["bytes_allowed"], told["lectures_allowed"]) == (2_500_000_000, 7)
    other = Program(client, place.program("other").key).get("/usage").get_json()
    assert (other["bytes_allowed"], other["lectures_allowed"]) == (2_500_000_000, None)


def test_strangers_learn_nothing(place: Place) -> None:
    place.program()
    assert problem(place.anonymous.get("/usage"))["code"] == "unauthenticated"
