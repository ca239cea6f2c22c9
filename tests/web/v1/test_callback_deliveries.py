"""What the address was told that a lecture names for itself."""

from __future__ import annotations

from app.library.items import Kind
from app.notify import outbox
from app.notify.clock import Clock
from app.notify.outbox import Outbox
from tests.web.v1 import made
from tests.web.v1.conftest import Place, problem, stored

URL = "https://93.184.216.34/hook"


def _lecture(place: Place, **more: object) -> str:
    body = {"text": "Hello.", "language": "en", "avatar": stored(place, Kind.AVATAR), **more}
    answer = place.anonymous.post("/lectures", json=body | {"voice": stored(place, Kind.VOICE)})
    name: str = answer.get_json()["id"]
    return name


def test_it_can_be_looked_at(place: Place) -> None:
    called, other = _lecture(place, callback_url=URL), _lecture(place)
    made.finish_all(place.services.store)
    with place.services.store.database.write() as connection:
        outbox.make_deliveries(connection, Outbox(Clock()))
    page = place.anonymous.get(f"/lectures/{called}/deliveries").get_json()
    assert page["next_cursor"] is None
    [message] = page["items"]
    assert (message["event"], message["url"], message["state"]) == ("lecture.done", URL, "pending")
    assert place.anonymous.get(f"/lectures/{other}/deliveries").get_json()["items"] == []
    waiting = place.anonymous.get(f"/lectures/{called}/deliveries?state=failed").get_json()
    assert waiting["items"] == []


def test_of_a_lecture_that_is_not_there_nothing_is_told(place: Place) -> None:
    answer = place.anonymous.get("/lectures/lec_0000000000000/deliveries")
    assert problem(answer)["status"] == 404
