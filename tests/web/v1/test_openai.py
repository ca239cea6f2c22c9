"""Speech for clients of OpenAI's API: their own client, and what others send."""

from __future__ import annotations

import base64
import io
import json
import subprocess
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import openai
import pytest
from werkzeug.test import TestResponse

from app.access.keys import Scope
from app.media.ffmpeg import locate
from tests.web.v1.conftest import Place, Program, problem
from tests.web.v1.speaking import a_voice, free_places, impatient, speakers

TEXT = "One two three. Four five."
SECONDS = 0.5 + 0.35 + 0.1
FORMATS = {
    "mp3": "audio/mpeg",
    "opus": "audio/ogg",
    "aac": "audio/aac",
    "flac": "audio/flac",
    "wav": "audio/wav",
    "pcm": "audio/pcm",
}


def say(program: Program, voice: object, /, **body: Any) -> TestResponse:
    asked = {"model": "tts-1", "input": TEXT, "voice": voice, **body}
    return program.post("/audio/speech", json=asked)


def failure(answer: TestResponse) -> dict[str, Any]:
    """The answer, checked to be one of OpenAI's."""
    assert answer.mimetype == "application/json"
    value = json.loads(answer.data)
    assert set(value) == {"error"}
    assert set(value["error"]) == {"message", "type", "param", "code"}
    assert value["error"]["message"]
    return dict(value["error"])


def decoded(sound: bytes, folder: Path) -> bytes:
    """Samples of 24 kHz that ffmpeg hears in it; it complains of nothing."""
    (folder / "sound").write_bytes(sound)
    command = [str(locate()), "-v", "error", "-i", str(folder / "sound")]
    done = subprocess.run(
        [*command, "-f", "s16le", "-ar", "24000", "-ac", "1", "-"], capture_output=True, check=True
    )
    assert done.stderr == b""
    return done.stdout


@pytest.fixture
def client(place: Place) -> Iterator[openai.OpenAI]:
    """Theirs, which speaks with the application without a socket."""
    program = place.program()
    transport = httpx2.WSGITransport(app=place.client.application)
    with openai.OpenAI(
        api_key=program.key,
        base_url="http://localhost/v1",
        max_retries=0,
        http_client=httpx2.Client(transport=transport),
    ) as theirs:
        yield theirs


def test_their_client_speaks_through_it(
    place: Place, client: openai.OpenAI, tmp_path: Path
) -> None:
    voice = a_voice(place.program())
    with speakers(place) as speaking:
        answer = client.audio.speech.create(model="tts-1", voice=voice, input=TEXT)
    assert speaking.said == ["One two three.", "Four five."]
    assert len(decoded(answer.content, tmp_path)) / 48000 == pytest.approx(SECONDS, abs=0.1)


def test_their_client_understands_what_is_wrong(place: Place, client: openai.OpenAI) -> None:
    with pytest.raises(openai.BadRequestError) as refusal:
        client.audio.speech.create(model="tts-1", voice="alloy", input=TEXT)
    assert refusal.value.param == "voice"
    assert "no voice is called 'alloy'" in str(refusal.value)


def test_their_client_lists_the_models(client: openai.OpenAI) -> None:
    names = [model.id for model in client.models.list()]
    assert names[:3] == ["tts-1", "tts-1-hd", "gpt-4o-mini-tts"]
    assert "kokoro" in names


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_can_be_played(place: Place, name: str, tmp_path: Path) -> None:
    voice = a_voice(place.anonymous)
    with speakers(place):
        answer = say(place.anonymous, voice, response_format=name)
    assert (answer.status_code, answer.mimetype) == (200, FORMATS[name])
    sound = answer.data if name == "pcm" else decoded(answer.data, tmp_path)
    assert len(sound) / 48000 == pytest.approx(SECONDS, abs=0.1)


def test_formats_without_loss_hold_the_same_samples(place: Place, tmp_path: Path) -> None:
    voice = a_voice(place.anonymous)
    with speakers(place):
        bare = say(place.anonymous, voice, response_format="pcm").data
        for name in ("wav", "flac"):
            whole = say(place.anonymous, voice, response_format=name).data
            assert decoded(whole, tmp_path) == bare
    with wave.open(io.BytesIO(say(place.anonymous, voice, response_format="wav").data)) as wav:
        assert (wav.getframerate(), wav.getnchannels(), wav.getsampwidth()) == (24000, 1, 2)


@pytest.mark.parametrize("name", FORMATS)
def test_the_first_sentence_is_sent_before_the_second_is_said(place: Place, name: str) -> None:
    long = " ".join(["word"] * 30) + "."
    voice = a_voice(place.anonymous)
    with speakers(place) as speaking:
        speaking.may_go_on.clear()
        answer = place.client.post(
            "/v1/audio/speech",
            json={
                "model": "tts-1",
                "input": f"{long} Second.",
                "voice": voice,
                "response_format": name,
            },
            buffered=False,
        )
        pieces = iter(answer.response)
        first = next(piece for piece in pieces if piece)
        assert speaking.said == [long]
        speaking.may_go_on.set()
        rest = b"".join(pieces)  # type: ignore[arg-type]  # bytes from WSGI
        answer.close()
    assert first and rest
    assert speaking.said == [long, "Second."]


def test_it_is_told_in_events_to_those_who_ask_for_them(place: Place, tmp_path: Path) -> None:
    voice = a_voice(place.anonymous)
    with speakers(place):
        answer = say(place.anonymous, voice, stream_format="sse")
    assert answer.mimetype == "text/event-stream"
    events = [json.loads(line[6:]) for line in answer.text.split("\n\n") if line]
    assert [event["type"] for event in events[:1] + events[-1:]] == [
        "speech.audio.delta",
        "speech.audio.done",
    ]
    sound = b"".join(base64.b64decode(event["audio"]) for event in events[:-1])
    assert len(decoded(sound, tmp_path)) / 48000 == pytest.approx(SECONDS, abs=0.1)


def test_a_voice_is_known_by_its_id_its_name_and_an_object(place: Place) -> None:
    older = a_voice(place.anonymous, "Mine.wav")
    a_voice(place.anonymous, "Mine too.wav")
    with speakers(place):
        for named in (older, "Mine", {"id": older}, {"id": "Mine too"}):
            answer = say(place.anonymous, named, response_format="pcm")
            assert answer.status_code == 200, named


def test_voices_are_listed_as_others_list_them(place: Place) -> None:
    first, second = a_voice(place.anonymous, "One.wav"), a_voice(place.anonymous, "Two.wav")
    told = place.anonymous.get("/audio/voices").get_json()
    assert told == {"voices": [{"id": second, "name": "Two"}, {"id": first, "name": "One"}]}
    assert place.program("theirs").get("/audio/voices").get_json() == {"voices": []}


def test_the_voice_of_somebody_else_is_none(place: Place) -> None:
    voice = a_voice(place.program("theirs"), "Theirs.wav")
    for named in (voice, "Theirs"):
        told = failure(say(place.program("ours"), named))
        assert (told["param"], told["type"]) == ("voice", "invalid_request_error")


@pytest.mark.parametrize(
    ("param", "body"),
    [
        ("model", {"model": ""}),
        ("model", {"model": "nobody"}),
        ("model", {"model": None}),
        ("input", {"input": ""}),
        ("input", {"input": "  "}),
        ("input", {"input": "a" * 4097}),
        ("input", {"input": ["a"]}),
        ("voice", {"voice": "nobody"}),
        ("voice", {"voice": "vo_0000000000007"}),
        ("voice", {"voice": {"name": "Mine"}}),
        ("voice", {"voice": None}),
        ("response_format", {"response_format": "ogg"}),
        ("speed", {"speed": 0.2}),
        ("speed", {"speed": 4.1}),
        ("speed", {"speed": "fast"}),
        ("stream_format", {"stream_format": "chunks"}),
        ("instructions", {"instructions": 7}),
        ("pitch", {"pitch": 7}),
    ],
)
def test_a_wrong_part_is_named(place: Place, param: str, body: dict[str, Any]) -> None:
    answer = say(place.anonymous, a_voice(place.anonymous), **body)
    told = failure(answer)
    assert answer.status_code == 400
    assert (told["param"], told["type"]) == (param, "invalid_request_error")


def test_a_body_that_is_no_json_is_refused_in_their_form(place: Place) -> None:
    answer = place.anonymous.post(
        "/audio/speech", data=b"{", headers={"Content-Type": "application/json"}
    )
    assert (answer.status_code, failure(answer)["code"]) == (400, "malformed_json")


def test_a_wrong_key_is_told_in_their_form(place: Place) -> None:
    place.program()
    answer = Program(place.client, "vl_wrong").post("/audio/speech", json={})
    assert (answer.status_code, failure(answer)["type"]) == (401, "authentication_error")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_key_that_may_only_read_says_nothing(place: Place) -> None:
    answer = say(place.program("default", Scope.READ), "Mine")
    assert (answer.status_code, failure(answer)["type"]) == (403, "permission_error")


def test_who_waits_too_long_for_the_first_sentence_is_asked_to_come_back(place: Place) -> None:
    voice = a_voice(place.anonymous)
    free = free_places(place)
    with impatient(place, 0.1):
        answer = say(place.anonymous, voice)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert failure(answer)["type"] == "server_error"
    assert free_places(place) == free


def test_a_place_is_given_back_when_the_caller_leaves(place: Place) -> None:
    voice = a_voice(place.anonymous)
    free = free_places(place)
    with speakers(place) as speaking:
        speaking.may_go_on.clear()
        answer = place.client.post(
            "/v1/audio/speech",
            json={"model": "tts-1", "input": TEXT, "voice": voice},
            buffered=False,
        )
        assert free_places(place) == free - 1
        answer.close()
    assert free_places(place) == free


def test_elsewhere_failures_stay_problems(place: Place) -> None:
    assert problem(place.anonymous.get("/audio/nothing"))["status"] == 404
