"""Speech through a real service: a served process, a worker, an engine, OpenAI's own client."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Iterator
from typing import Any

import httpx
import openai
import pytest

from tests.e2e.conftest import RENDER_SECONDS, SAMPLES, Service

pytestmark = pytest.mark.slow

SENTENCES = (
    "The first sentence is heard while the others are still being said.",
    "The second one is somewhat longer, so that there is some time between the two of them.",
    "And here is the third.",
)


@pytest.fixture
def client(service: Service) -> Iterator[openai.OpenAI]:
    # It asks again when it is told that the workers have much to do.
    with openai.OpenAI(
        api_key="none", base_url=f"{service.url}/v1", max_retries=10, timeout=RENDER_SECONDS
    ) as theirs:
        yield theirs


@pytest.fixture
def voice(service: Service) -> str:
    with (SAMPLES / "voice.wav").open("rb") as sample:
        answer = httpx.post(f"{service.url}/v1/voices", files={"sample": sample}, timeout=60)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def test_sentences_are_heard_one_after_the_other(client: openai.OpenAI, voice: str) -> None:
    arrived: list[tuple[float, int]] = []
    with client.audio.speech.with_streaming_response.create(
        model="tts-1", voice=voice, input=" ".join(SENTENCES), response_format="pcm"
    ) as answer:
        for piece in answer.iter_bytes():
            arrived.append((time.monotonic(), len(piece)))
    seconds = sum(size for _, size in arrived) / 48_000
    assert 8 < seconds < 25
    first, last = arrived[0][0], arrived[-1][0]
    # Had all been sent together, there would be no time between.
    assert last - first > 0.3


def test_an_mp3_is_heard_as_it_is_made(client: openai.OpenAI, voice: str) -> None:
    first: tuple[float, int] | None = None
    size = 0
    with client.audio.speech.with_streaming_response.create(
        model="kokoro", voice=voice, input=" ".join(SENTENCES)
    ) as answer:
        for piece in answer.iter_bytes():
            first = first or (time.monotonic(), len(piece))
            size += len(piece)
    assert first is not None
    # A tenth of what a server collects before it sends.
    assert first[1] < size / 2
    assert time.monotonic() - first[0] > 0.3


def test_the_times_of_words_come_with_a_place_for_the_sound(service: Service, voice: str) -> None:
    asked = {"text": SENTENCES[2], "speed": 1.5}
    url = f"{service.url}/v1/voices/{voice}/speech?timings=json"
    until = time.monotonic() + RENDER_SECONDS
    while (answer := httpx.post(url, json=asked, timeout=60)).status_code == 503:
        assert time.monotonic() < until
        time.sleep(float(answer.headers["Retry-After"]))
    told: dict[str, Any] = answer.json()
    assert [word["text"] for word in told["words"]] == SENTENCES[2].split()
    assert told["words"][-1]["end"] <= told["seconds"]
    assert told["fidelity"] == "preset_matched"
    with urllib.request.urlopen(f"{service.url}{told['url']}") as sound:
        assert len(sound.read()) == pytest.approx(44 + 48_000 * told["seconds"], abs=100)


def test_a_stored_voice_and_a_stored_face_are_shown(service: Service, voice: str) -> None:
    with (SAMPLES / "lecturer-man.jpg").open("rb") as image:
        stored = httpx.post(f"{service.url}/v1/avatars", files={"image": image}, timeout=60)
    places = [f"/v1/voices/{voice}", f"/v1/avatars/{stored.json()['id']}"]
    until = time.monotonic() + RENDER_SECONDS
    for place in places:
        while (told := httpx.get(service.url + place).json())["preview_state"] != "ready":
            assert told["preview_state"] == "running", json.dumps(told)
            assert time.monotonic() < until
            time.sleep(0.2)
        assert httpx.get(service.url + told["preview"]).status_code == 200
    profile = httpx.get(service.url + places[0]).json()["profile"]
    assert profile["fidelity"] == "preset_matched" and profile["similarity"] > 0.5
