"""How a text is read aloud."""

from __future__ import annotations

from tests.web.v1.conftest import Place, problem

SLIDES = [
    {"text": "In 1974 there were **3** nodes."},
    {"text": "Use nginx, e.g. at home. Nothing else."},
]
LEXICON = "en:\n  nginx: engine ex\n"


def test_what_is_said_otherwise_is_told_where_it_stands(place: Place) -> None:
    body = {"slides": SLIDES, "language": "en", "lexicon": LEXICON}
    told = place.anonymous.post("/lectures:read", json=body).get_json()
    assert told["language"] == "en"
    first, second = told["slides"]
    assert [each["text"] for each in first["fragments"]] == ["In 1974 there were 3 nodes."]
    assert first["fragments"][0]["said_otherwise"] == [
        {"written": "1974", "spoken": "nineteen seventy four"},
        {"written": "3", "spoken": "three"},
    ]
    assert [each["number"] for each in second["fragments"]] == [2]
    assert second["fragments"][0]["said_otherwise"] == [
        {"written": "nginx", "spoken": "engine ex"},
        {"written": "e.g.", "spoken": "for example"},
    ]
    assert second["fragments"][0]["seconds"] > 1


def test_each_language_is_read_by_its_own_rules(place: Place) -> None:
    body = {"text": "В 1974 г. было всего 3 пакета.", "language": "ru"}
    told = place.anonymous.post("/lectures:read", json=body).get_json()
    said = told["slides"][0]["fragments"][0]["said_otherwise"]
    assert [each["written"] for each in said] == ["1974 г.", "3"]
    assert said[1]["spoken"] == "три"


def test_nothing_is_kept(place: Place) -> None:
    place.anonymous.post("/lectures:read", json={"text": "Hello there."})
    assert list(place.services.settings.paths.data.glob("inputs/*")) == []


def test_a_wrong_lexicon_is_told(place: Place) -> None:
    body = {"text": "Hello.", "language": "en", "lexicon": "- nothing"}
    told = problem(place.anonymous.post("/lectures:read", json=body))
    assert told["status"] == 422
    assert [each["where"] for each in told["errors"]] == ["/lexicon"]
