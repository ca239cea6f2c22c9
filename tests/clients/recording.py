"""Recorded requests and their answers, in files without anything of the machine they are from."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.clients.clients import COOKIE
from tests.services.relay import Relay
from tests.services.wire import Message

FOLDER = Path(__file__).with_name("recorded")

OF_THE_MOMENT = ("last_event",)
"""Keys of a result that tell what happened before."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a caller is told."""

    status: int
    envelope: dict[str, Any]

    def says(self, wanted: Answer) -> bool:
        """Whether it is that answer; a state of a lecture may tell more besides."""
        envelope = dict(self.envelope)
        if isinstance(result := wanted.envelope["result"], dict):
            told = envelope["result"] or {}
            envelope["result"] = {key: told.get(key) for key in result}
        return (self.status, envelope) == (wanted.status, wanted.envelope)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One call of a client."""

    call: str
    connection: int
    """Calls with the same number were made over the same connection."""
    request: Message
    answer: Answer


@dataclass(frozen=True, slots=True)
class Recording:
    """All calls of a client."""

    client: str
    source: str
    """Whether the requests were recorded, and of what."""
    exchanges: tuple[Exchange, ...]

    def at(self, host: str, place: Path) -> Recording:
        """The same for a service on that host and port, with the files in that folder."""
        text = _as_json(self)
        for word, value in _words(host, str(place)).items():
            text = text.replace(word, value)
        return _of_json(text)

    def without(self, host: str, place: Path) -> Recording:
        """The same with words in the place of host, folder and cookie."""
        text = _as_json(self)
        for word, value in _words(host, str(place)).items():
            text = text.replace(value, word)
        return _of_json(text)

    def save(self) -> None:
        (FOLDER / f"{self.client}.json").write_text(_as_json(self) + "\n", encoding="utf-8")


def load(client: str) -> Recording:
    """What was recorded of a client."""
    return _of_json((FOLDER / f"{client}.json").read_text(encoding="utf-8"))


def taken(client: str, relay: Relay, calls: Sequence[dict[str, Any]], place: Path) -> Recording:
    """What went over a relay, without anything of this machine.

    Args:
        calls: What the client's program says of its calls.
    """
    exchanged = relay.exchanges()
    assert len(exchanged) == len(calls), "a client that asks more than once per call"
    name = exchanged[0].request.header("User-Agent")
    recording = Recording(
        client,
        f"recorded, User-Agent: {name}" if name else "recorded, no User-Agent",
        tuple(
            Exchange(told["call"], each.connection, each.request, lasting(answer_of(told)))
            for told, each in zip(calls, exchanged, strict=True)
        ),
    )
    return recording.without(f"127.0.0.1:{relay.port}", place)


def answer_of(told: dict[str, Any]) -> Answer:
    """What a client's program says that it was answered."""
    return Answer(told["status"], told["envelope"])


def lasting(answer: Answer) -> Answer:
    """An answer without what is true at the moment only."""
    envelope = dict(answer.envelope)
    if isinstance(result := envelope["result"], dict):
        kept = {key: value for key, value in result.items() if key not in OF_THE_MOMENT}
        envelope["result"] = kept
    return Answer(answer.status, envelope)


def _words(host: str, place: str) -> dict[str, str]:
    """Words that stand for values, as both look in a JSON file."""
    escaped = place.replace("/", "\\\\/")  # as PHP writes it
    return {"@HOST@": host, "@ESCAPED_PLACE@": escaped, "@PLACE@": place, "@COOKIE@": COOKIE}


def _as_json(recording: Recording) -> str:
    value = asdict(recording)
    for exchange in value["exchanges"]:
        request = exchange["request"]
        request["parts"] = [part.decode() for part in request["parts"]]
        if any(request["parts"]):
            request["lines"] = [
                re.sub(r"(?i)^(content-length): \d+$", r"\1: @LENGTH@", line)
                for line in request["lines"]
            ]
    return json.dumps(value, ensure_ascii=False, indent=1)


def _of_json(text: str) -> Recording:
    value = json.loads(text)
    return Recording(
        value["client"], value["source"], tuple(_exchange(each) for each in value["exchanges"])
    )


def _exchange(value: dict[str, Any]) -> Exchange:
    request = value["request"]
    message = Message(
        tuple(request["lines"]),
        tuple(part.encode() for part in request["parts"]),
        request["size_format"],
    )
    answer = Answer(value["answer"]["status"], value["answer"]["envelope"])
    return Exchange(value["call"], value["connection"], message.fitted(), answer)
