"""Whoever removes a lecture may die meanwhile: a worker ends what he began."""

from __future__ import annotations

import pytest

from app.intake import api, lectures
from app.jobs.store.job import JobKey
from app.library.items import Kind
from app.web.v1 import lecture_ref
from app.worker import tidying
from tests.web.v1.conftest import Place, problem, stored


class Died(BaseException):
    """As by SIGKILL: nothing is done on the way out."""


def test_what_is_left_of_it_goes_and_its_face_can_go_too(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, services = place.anonymous, place.services
    avatar = stored(place, Kind.AVATAR)
    body = {"text": "Hello.", "language": "en", "avatar": avatar}
    body |= {"voice": stored(place, Kind.VOICE), "callback_url": "https://93.184.216.34/hook"}
    name = program.post("/lectures", json=body).get_json()["id"]
    key = lecture_ref.read(name).key("default")

    def die(key: JobKey) -> None:
        raise Died

    with monkeypatch.context() as dying:
        dying.setattr(services.callbacks, "forget", die)
        with pytest.raises(Died):
            lectures.remove(key, services)
    assert program.get(f"/lectures/{name}").status_code == 404
    assert problem(program.delete(f"/avatars/{avatar}"))["status"] == 409
    api.results_of(services, key).mkdir(parents=True, exist_ok=True)

    tidying.tidy(services.settings, services.store)
    assert services.requests.find(key) is None
    assert not api.results_of(services, key).exists()
    assert program.delete(f"/avatars/{avatar}").status_code == 204


def test_one_that_is_there_stays(place: Place) -> None:
    body = {"text": "Hello.", "language": "en", "avatar": stored(place, Kind.AVATAR)}
    body |= {"voice": stored(place, Kind.VOICE)}
    name = place.anonymous.post("/lectures", json=body).get_json()["id"]
    tidying.tidy(place.services.settings, place.services.store)
    assert place.anonymous.get(f"/lectures/{name}").status_code == 200
