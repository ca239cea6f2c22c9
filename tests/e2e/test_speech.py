"""Speech through a real service: a served process, a worker, an engine, OpenAI's own client."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx2
import openai
import pytest

from app.access.keys import Keys, Scope
from app.jobs.store.store import Store
from tests.e2e.conftest import RENDER_SECONDS, SAMPLES, Service, start_service, wait_until_up
from tests.process.family import wait_until_gone

pytestmark = pytest.mark.slow

SENTENCES = (
    "The first sentence is heard while the others are still being said.",
    "The second one is somewhat longer, so that there is some time between the two of them.",
    "And here is the third.",
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[Service]:
    """One for all tests: to start it takes longer than any of them."""
    place = tmp_path_factory.mktemp("service")
    with ExitStack() as held:
        patience = held.enter_context(pytest.MonkeyPatch.context())
        for name in ("SPEECH", "EXAMINE"):  # a slow machine is no fault
            patience.setenv(f"VIDEOLECTURE_SERVER__{name}_SECONDS", f"{RENDER_SECONDS}")
        running = held.enter_context(start_service(place, models, place / "log"))
        wait_until_up(running, place / "log")
        try:
            yield running
        finally:
            children = running.processes()
            running.process.send_signal(signal.SIGTERM)
            assert running.process.wait(60) == 0
            wait_until_gone(children, 10)


@pytest.fixture(scope="module")
def key(service: Service) -> str:
    """OpenAI's client always shows one."""
    store = Store(f"sqlite:///{service.place}/data/jobs.db")
    _, secret = Keys(store.database).create("default", "a test's", [Scope.ADMIN])
    store.close()
    return secret


@pytest.fixture
def client(service: Service, key: str) -> Iterator[openai.OpenAI]:
    # It asks again when it is told that the workers have much to do.
    with openai.OpenAI(
        api_key=key, base_url=f"{service.url}/v1", max_retries=10, timeout=RENDER_SECONDS
    ) as theirs:
        yield theirs


@pytest.fixture(scope="module")
def program(service: Service, key: str) -> Iterator[httpx2.Client]:
    shown = {"Authorization": f"Bearer {key}"}
    with httpx2.Client(base_url=service.url, headers=shown, timeout=60) as calls:
        yield calls


@pytest.fixture(scope="module")
def voice(program: httpx2.Client) -> str:
    return stored(program, "voices", "sample", "voice.wav")


def stored(program: httpx2.Client, where: str, part: str, name: str) -> str:
    """The id of a sample that is stored now."""
    content = (SAMPLES / name).read_bytes()
    answer = patiently(lambda: program.post(f"/v1/{where}", files={part: (name, content)}))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def patiently(ask: Callable[[], httpx2.Response]) -> httpx2.Response:
    """Ask again as long as the service is busy, when it says so."""
    until = time.monotonic() + RENDER_SECONDS
    while (answer := ask()).status_code == 503:
        assert time.monotonic() < until
        time.sleep(float(answer.headers["Retry-After"]))
    return answer


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
    # Other sentences, for those of the other test are found made.
    others = " ".join(f"Now {sentence.lower()}" for sentence in SENTENCES)
    with client.audio.speech.with_streaming_response.create(
        model="kokoro", voice=voice, input=others
    ) as answer:
        for piece in answer.iter_bytes():
            first = first or (time.monotonic(), len(piece))
            size += len(piece)
    assert first is not None
    # A tenth of what a server collects before it sends.
    assert first[1] < size / 2
    assert time.monotonic() - first[0] > 0.3


def test_the_times_of_words_come_with_a_place_for_the_sound(
    program: httpx2.Client, voice: str
) -> None:
    asked = {"text": SENTENCES[2], "speed": 1.5}
    url = f"/v1/voices/{voice}/speech?timings=json"
    answer = patiently(lambda: program.post(url, json=asked))
    told: dict[str, Any] = answer.json()
    assert [word["text"] for word in told["words"]] == SENTENCES[2].split()
    assert told["words"][-1]["end"] <= told["seconds"]
    assert told["fidelity"] == "preset_matched"
    sound = program.get(told["url"])
    assert len(sound.content) == pytest.approx(44 + 48_000 * told["seconds"], abs=100)


def test_a_stored_voice_and_a_stored_face_are_shown(program: httpx2.Client, voice: str) -> None:
    avatar = stored(program, "avatars", "image", "lecturer-man.jpg")
    places = [f"/v1/voices/{voice}", f"/v1/avatars/{avatar}"]
    until = time.monotonic() + RENDER_SECONDS
    for place in places:
        while (told := program.get(place).json())["preview_state"] != "ready":
            assert told["preview_state"] == "running", json.dumps(told)
            assert time.monotonic() < until
            time.sleep(0.2)
        assert program.get(told["preview"]).status_code == 200
    profile = program.get(places[0]).json()["profile"]
    assert profile["fidelity"] == "preset_matched" and profile["similarity"] > 0.5
