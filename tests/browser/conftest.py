"""A service with two lectures in its queue, and a stranger who knows all about them."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import chromium, opened
from tests.browser.stranger import Stranger, stranger
from tests.clients.place import furnish
from tests.e2e.conftest import Service
from tests.process.family import wait_until
from tests.services.relay import Exchanged, Relay, relay
from tests.services.served import serving

PAGE = Path(__file__).with_name("pages") / "attempts.html"

SECONDS = 60

NAME = "lecture.example"

_FIRST_IDS = itertools.count(1000, 100)
"""Of lectures, a hundred for each test."""


@dataclass(frozen=True)
class Site:
    """The service with its queue, as browsers reach it, and somebody else's pages."""

    service: Service
    relay: Relay
    stranger: Stranger
    lecture: dict[str, Any]
    """What the service accepts of its own callers."""
    queued: tuple[int, int]

    def page(self, target: str) -> str:
        """The page that attempts everything against an origin."""
        page = PAGE.read_text(encoding="utf-8")
        for word, value in {
            "@TARGET@": target,
            "@HOME@": f"http://127.0.0.1:{self.stranger.port}",
            "@LECTURE@": json.dumps(self.lecture),
            "@QUEUED@": str(self.queued[0]),
            "@FIRST@": str(self.queued[1] + 1),
        }.items():
            page = page.replace(word, value)
        return page

    def attempt(self, url: str, *names: str, until: frozenset[str]) -> list[dict[str, str]]:
        """Have a browser open the page at that URL, and wait for what it sends.

        Args:
            names: Those that the browser is to find on the loopback.
            until: Kinds of requests that have to arrive.

        Returns:
            What the page could read but refusals, and by which attempt.
        """
        with opened(url, *names):
            wait_until(lambda: bool(self.stranger.reports), SECONDS)
            deadline = time.monotonic() + SECONDS
            while missing := until - {kind(each) for each in self.relay.exchanges()}:
                assert time.monotonic() < deadline, f"never arrived: {sorted(missing)}"
                time.sleep(0.05)
        return [each for each in self.stranger.reports[0] if not _is_refusal(each["text"])]

    def accepted(self) -> list[str]:
        """Kinds of requests that act or tell and were not refused."""
        return [
            kind(each)
            for each in self.relay.exchanges()
            if "/gener" in each.request.lines[0] and each.answer.lines[0].split()[1] < "400"
        ]

    def states(self) -> dict[int, str]:
        """Of all lectures that this test may have; asked directly, as a backend does."""
        first = self.queued[0]
        told = {n: self.service.get(f"/generate/status?id={n}") for n in range(first, first + 40)}
        return {n: told["result"]["state"] for n, told in told.items() if not told["error"]}


def _is_refusal(text: str) -> bool:
    """Whether it is an envelope without a result: pages of the same origin can read those."""
    try:
        envelope = json.loads(text)
    except ValueError:
        return False
    return (envelope["error"], envelope["result"]) == (True, None)


@contextmanager
def site_of(service: Service, name: str) -> Iterator[Site]:
    """The site of one test, with two lectures in the queue of the service.

    Args:
        name: Of the test.
    """
    place = service.place / name
    furnish(place)
    lecture = {
        "face_path": str(place / "face.jpg"),
        "voice_path": str(place / "voice.wav"),
        "lecture_text_path": str(place / "lecture.txt"),
        "generated_dir_path": str(place / "out"),
    }
    first = next(_FIRST_IDS)
    for number in (first, first + 1):
        assert service.post({"id": number, **lecture})["code"] == "ok"
    with stranger() as other:

        def chooses(sent: bytes) -> int | None:
            """Whoever rebinds a name serves the page before the name is the service's."""
            return other.port if b" /attempts " in sent else None

        port = int(service.address.rpartition(":")[2])
        with relay(port, chooses=chooses) as wire:
            yield Site(service, wire, other, lecture, (first, first + 1))
    service.get("/generate/cancel")


@pytest.fixture
def site(request: pytest.FixtureRequest) -> Iterator[Site]:
    chromium()  # skips before anything is started
    with site_of(request.getfixturevalue("served"), request.node.name) as made:
        yield made


@pytest.fixture
def named_site(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Site]:
    """One whose service is reached by a name that browsers do not trust, without TLS."""
    chromium()
    monkeypatch.setenv("VIDEOLECTURE_SERVER__HOSTS", json.dumps([NAME, "127.0.0.1"]))
    models = request.getfixturevalue("models")
    with serving(tmp_path, models) as service, site_of(service, "lms") as made:
        yield made


def kind(exchanged: Exchanged) -> str:
    """Method, path, and what the browser wants it for, as far as it says so."""
    request = exchanged.request
    method, path, _ = request.lines[0].split()
    wanted = request.header("Sec-Fetch-Dest") or request.header("Upgrade")
    return f"{method} {path.partition('?')[0]} {wanted}".rstrip()
