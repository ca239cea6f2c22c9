"""What a stored voice says, as programs hear it."""

from __future__ import annotations

import io
import wave
from typing import Any

import pytest
from werkzeug.test import TestResponse

from app import ids
from app.access.keys import Scope
from app.library.items import Kind
from app.worker import tidying
from tests.web.v1.conftest import Place, Program, problem
from tests.web.v1.speaking import SILENCE_SECONDS, a_voice, free_places, impatient, speakers

TEXT = "One two three. Four five."
PAUSE = 0.35


def say(program: Program, voice: str, query: str = "", **wish: Any) -> TestResponse:
    return program.post(f"/voices/{voice}/speech{query}", json={"text": TEXT, **wish})


def test_a_voice_says_a_text(place: Place) -> None:
    voice = a_voice(place.anonymous)
    with speakers(place) as speaking:
        answer = say(place.anonymous, voice)
    assert (answer.status_code, answer.mimetype) == (200, "audio/wav")
    assert speaking.said == ["One two three.", "Four five."]
    with wave.open(io.BytesIO(answer.data)) as wav:
        assert (wav.getframerate(), wav.getnchannels(), wav.getsampwidth()) == (24000, 1, 2)
        seconds = wav.getnframes() / 24000
    assert seconds == pytest.approx(0.5 + PAUSE + 2 * SILENCE_SECONDS, abs=0.001)
    assert float(answer.headers["X-Speech-Seconds"]) == pytest.approx(seconds, abs=0.001)


def test_the_times_of_its_words_fit_the_whole(place: Place) -> None:
    voice = a_voice(place.anonymous)
    with speakers(place):
        told = say(place.anonymous, voice, "?timings=json").get_json()
    words = [(word["text"], word["start"], word["end"]) for word in told["words"]]
    assert [text for text, _, _ in words] == TEXT.split()
    starts = [0.05, 0.15, 0.25, 0.35 + PAUSE, 0.45 + PAUSE]
    assert [start for _, start, _ in words] == pytest.approx(starts, abs=0.002)
    assert words[-1][2] <= told["seconds"]
    assert (told["voice"], told["fidelity"]) == ("af_heart", "preset_matched")
    assert (told["language"], told["engine"], told["similarity"]) == ("en", "kokoro", 0.9)


def test_the_sound_can_be_fetched_again(place: Place) -> None:
    voice = a_voice(place.anonymous)
    with speakers(place):
        told = say(place.anonymous, voice, "?timings=json").get_json()
        sound = say(place.anonymous, voice)
    again = place.client.get(told["url"])
    assert (again.data, again.mimetype) == (sound.data, "audio/wav")
    assert sound.headers["Content-Location"] == told["url"]
    part = place.client.get(told["url"], headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.data) == (206, b"RIFF")


def test_the_same_wish_is_found_made(place: Place) -> None:
    voice = a_voice(place.anonymous)
    with speakers(place) as speaking:
        first = say(place.anonymous, voice)
    assert say(place.anonymous, voice).data == first.data
    assert len(speaking.said) == 2


def test_what_a_removed_voice_has_said_is_gone_with_it(place: Place) -> None:
    program, inputs = place.anonymous, place.services.settings.paths.data / "inputs"
    first, second = a_voice(program), a_voice(program)
    with speakers(place):
        told = say(program, first, "?timings=json").get_json()
    program.delete(f"/voices/{first}")
    assert place.client.get(told["url"]).status_code == 200  # another one has the same recording
    program.delete(f"/voices/{second}")
    assert problem(place.client.get(told["url"]))["code"] == "not_found"
    assert list(inputs.iterdir()) == []


def test_what_was_said_a_day_ago_is_forgotten_with_its_copies(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, services = place.anonymous, place.services
    voice = a_voice(program)
    with speakers(place):
        told = say(program, voice, "?timings=json").get_json()
    copies = services.settings.paths.data / "inputs"
    tidying.tidy(services.settings, services.store)
    assert place.client.get(told["url"]).status_code == 200
    monkeypatch.setattr(tidying, "SAID_SECONDS", -1.0)
    tidying.tidy(services.settings, services.store)
    assert problem(place.client.get(told["url"]))["code"] == "not_found"
    assert not [folder for folder in copies.iterdir() if "utterance" in folder.name]


def test_another_speed_is_another_sound(place: Place) -> None:
    voice = a_voice(place.anonymous)
    with speakers(place) as speaking:
        one = say(place.anonymous, voice, "?timings=json", text="One.").get_json()
        other = say(place.anonymous, voice, "?timings=json", text="One.", speed=2).get_json()
    assert one["id"] != other["id"]
    assert speaking.said == ["One.", "One."]


def test_who_waits_too_long_is_asked_to_come_back_and_finds_it_made(place: Place) -> None:
    voice = a_voice(place.anonymous)
    with impatient(place, 0.1):
        answer = say(place.anonymous, voice)
    assert problem(answer)["code"] == "busy"
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    with speakers(place) as speaking:
        while len(speaking.said) < 2:
            pass
    assert say(place.anonymous, voice).status_code == 200


def test_not_everybody_may_wait(place: Place) -> None:
    voice = a_voice(place.anonymous)
    before = place.services.store.ready()
    while place.services.listeners.acquire(blocking=False):
        pass
    answer = say(place.anonymous, voice)
    assert (answer.status_code, problem(answer)["code"]) == (503, "busy")
    assert place.services.store.ready() == before


def test_a_place_is_given_back_whatever_happens(place: Place) -> None:
    voice = a_voice(place.anonymous)
    free = free_places(place)
    with impatient(place, 0.05):
        say(place.anonymous, voice)
    say(place.anonymous, voice, engine="nobody")
    assert free_places(place) == free


def test_what_cannot_be_said_says_why(place: Place) -> None:
    voice = a_voice(place.anonymous)
    with speakers(place):
        answer = say(place.anonymous, voice, text="MUMBLE this.")
    told = problem(answer)
    assert answer.status_code == 502
    assert told["detail"] == "it mumbles"


@pytest.mark.parametrize(
    ("where", "wish"),
    [
        ("/text", {"text": ""}),
        ("/text", {"text": " \n "}),
        ("/text", {"text": "a\0b"}),
        ("/text", {"text": "a" * 401}),
        ("/text", {"text": 7}),
        ("/text", {"text": None}),
        ("/language", {"language": "english"}),
        ("/language", {"language": "zz"}),
        ("/engine", {"engine": "../kokoro"}),
        ("/engine", {"engine": "nobody"}),
        ("/engine", {"engine": "hibari", "language": "ru"}),
        ("/speed", {"speed": 0.1}),
        ("/speed", {"speed": 2.1}),
        ("/speed", {"speed": "1"}),
        ("/speed", {"speed": True}),
        ("/lexicon", {"lexicon": ""}),
        ("/lexicon", {"lexicon": "[not, a, lexicon]"}),
        ("/pitch", {"pitch": 2}),
    ],
)
def test_a_wrong_part_is_named(place: Place, where: str, wish: dict[str, Any]) -> None:
    told = problem(say(place.anonymous, a_voice(place.anonymous), **wish))
    assert told["status"] == 422
    assert told["errors"][0]["where"] == where


def test_a_wrong_query_is_named(place: Place) -> None:
    told = problem(say(place.anonymous, a_voice(place.anonymous), "?timings=xml"))
    assert (told["status"], told["errors"][0]["where"]) == (422, "timings")


def test_a_text_of_no_certain_language_is_in_that_of_the_voice(place: Place) -> None:
    voice = a_voice(place.anonymous, language="en")
    place.examiner.refused["language"] = "it is too short"
    with speakers(place):
        told = say(place.anonymous, voice, "?timings=json", text="Hm.").get_json()
    assert told["language"] == "en"


def test_a_text_of_no_certain_language_needs_one(place: Place) -> None:
    place.examiner.refused["language"] = "it is too short"
    told = problem(say(place.anonymous, a_voice(place.anonymous), text="Hm."))
    assert (told["code"], told["errors"][0]["where"]) == ("bad_language", "/language")


def test_a_lexicon_changes_what_is_read_and_not_what_is_told(place: Place) -> None:
    voice = a_voice(place.anonymous)
    wish = {"text": "SQL.", "lexicon": "en:\n  SQL: sequel\n"}
    with speakers(place):
        plain = say(place.anonymous, voice, "?timings=json", text="SQL.").get_json()
        told = say(place.anonymous, voice, "?timings=json", **wish).get_json()
    assert told["id"] != plain["id"]
    assert [word["text"] for word in told["words"]] == ["SQL."]


def test_the_voice_of_somebody_else_says_nothing(place: Place) -> None:
    voice = a_voice(place.program("theirs"))
    answer = say(place.program("ours"), voice)
    assert (answer.status_code, problem(answer)["code"]) == (404, "not_found")


def test_what_somebody_else_had_said_is_not_there(place: Place) -> None:
    theirs = place.program("theirs")
    voice = a_voice(theirs)
    with speakers(place):
        told = say(theirs, voice, "?timings=json").get_json()
    for path in (told["id"], ids.told("sp", 7), "sp_x"):
        assert problem(place.program("ours").get(f"/speech/{path}"))["code"] == "not_found"
    assert theirs.get(f"/speech/{told['id']}").status_code == 200


def test_what_was_said_goes_with_the_artifacts(place: Place) -> None:
    voice = a_voice(place.anonymous)
    with speakers(place):
        told = say(place.anonymous, voice, "?timings=json").get_json()
    for kept in list(place.services.artifacts.kept()):
        place.services.artifacts.remove(kept.input_hash)
    assert place.client.get(told["url"]).status_code == 404
    with speakers(place) as speaking:
        assert say(place.anonymous, voice).status_code == 200
    assert len(speaking.said) == 2


def test_a_voice_whose_file_goes_meanwhile_is_not_there(place: Place) -> None:
    voice = a_voice(place.anonymous)
    number = ids.number_of("vo", voice)
    assert number is not None
    place.services.library.find(Kind.VOICE, "default", number).path.unlink()
    answer = say(place.anonymous, voice)
    assert (answer.status_code, problem(answer)["code"]) == (404, "not_found")


def test_a_key_that_may_only_read_has_nothing_said(place: Place) -> None:
    voice = a_voice(place.program())
    answer = say(place.program("default", Scope.READ), voice)
    assert answer.status_code == 403


def test_a_faster_utterance_has_shorter_pauses(place: Place) -> None:
    voice = a_voice(place.anonymous)
    with speakers(place):
        one = say(place.anonymous, voice, "?timings=json").get_json()
        fast = say(place.anonymous, voice, "?timings=json", speed=2).get_json()
    # The stand-in does not speak faster: only what is put in between is shorter.
    assert one["seconds"] - fast["seconds"] == pytest.approx(PAUSE / 2, abs=0.002)
