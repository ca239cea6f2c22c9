"""How a kind of attack asks, and how every answer is held against what is promised."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from benchmarks.attack import wire
from benchmarks.attack.ledger import ANSWER_SECONDS, ARRIVAL_SECONDS, NO_FAULTS, Promise, Tally
from benchmarks.attack.place import Place, Scene
from benchmarks.attack.victims import Listener, Outside
from benchmarks.attack.wire import Answer

Thing = TypeVar("Thing")

JSON = ("Content-Type", "application/json")

LABEL = 120
"""How much of a label is told, in characters."""


class NotServed(Exception):
    """An honest lecture is not accepted, without which an attack makes no sense."""


class Ground:
    """What a kind of attack is given."""

    _ids = itertools.count(1000)

    def __init__(self, around: Scene, tally: Tally, *, short: bool) -> None:
        self.place: Place = around.place
        self.outside: Outside = around.outside
        self.listener: Listener = around.listener
        self.tally = tally
        self.short = short
        self._random = random.Random(tally.kind)  # the same requests every time

    @property
    def port(self) -> int:
        """Of the service."""
        return self.place.port

    def folder(self, name: str) -> Path:
        """A new folder below the root."""
        path = self.place.root / f"{name}-{self.new_id()}"
        path.mkdir()
        return path

    def new_id(self) -> int:
        """An id that no lecture has."""
        return next(self._ids)

    def some(self, things: Iterable[Thing], share: float = 0.12) -> Sequence[Thing]:
        """All, or a part of them in the short form."""
        every = list(things)
        if not self.short:
            return every
        return self._random.sample(every, min(len(every), max(1, round(len(every) * share))))

    def body(self, **changes: object) -> dict[str, object]:
        """A good request of a new lecture, but for the changes."""
        root = self.place.root
        honest: dict[str, object] = {
            "id": self.new_id(),
            "face_path": str(root / "face.jpg"),
            "voice_path": str(root / "voice.wav"),
            "lecture_text_path": str(root / "lecture.txt"),
            "generated_dir_path": str(root / "generated"),
            "language": "en",
            "speech_engine": "hibari",
            "size": 256,
        }
        return honest | changes

    def post(self, label: str, **changes: object) -> Answer:
        """Post a lecture that is good but for the changes."""
        return self.post_bytes(label, json.dumps(self.body(**changes)).encode())

    def post_bytes(
        self,
        label: str,
        body: bytes,
        *,
        headers: Iterable[tuple[str, str | bytes]] = (JSON,),
        target: str = "/generate",
    ) -> Answer:
        """Post a body."""
        return self.ask(label, "POST", target, body=body, headers=headers)

    def ask(
        self,
        label: str,
        method: str,
        target: str | bytes,
        *,
        body: bytes | None = None,
        headers: Iterable[tuple[str, str | bytes]] = (),
    ) -> Answer:
        """A request with one whole answer."""
        data = wire.request(method, target, port=self.port, body=body, headers=headers)
        return self.send(label, data)[0]

    def send(
        self,
        label: str,
        data: bytes,
        *,
        whole: bool = True,
        several: float = 0.0,
        half_close: bool = False,
        patience: float = wire.LONGEST_SECONDS,
    ) -> list[Answer]:
        """Bytes on a connection of their own.

        Args:
            whole: Whether it is a request of HTTP, which must be answered.
            several: For how many seconds to wait for more answers than one.
            patience: For how many seconds to wait for the first.
        """
        self.tally.asked()
        answers = wire.exchange(
            data, port=self.port, seconds=patience, several=several, half_close=half_close
        )
        bodiless, api = data.startswith(b"HEAD "), _is_of_api(data)
        for answer in answers:
            self.judge(label, answer, whole=whole, bodiless=bodiless, api=api)
        return answers

    def judge(
        self,
        label: str,
        answer: Answer,
        *,
        whole: bool = True,
        bodiless: bool = False,
        api: bool = False,
    ) -> None:
        """Hold an answer against what is promised of all of them.

        Args:
            api: Whether it is one of `/v1`, which tells failures as problems.
        """
        told = f"{label[:LABEL]}: {answer}"
        ended = answer.status in (0, 408)
        if answer.seconds > (ARRIVAL_SECONDS if ended else ANSWER_SECONDS) or answer.status == -1:
            self.tally.break_(Promise.SLOW, told)
        if answer.status == -1:
            return
        if answer.status == 0:
            if whole:
                self.tally.break_(Promise.ENVELOPE, told)
            return
        fault = answer.status >= 500 and answer.status not in NO_FAULTS
        if fault and not (answer.status == 503 and answer.code == "busy"):
            self.tally.break_(Promise.FAULTS, told)
        if bodiless:
            return
        if api:
            well = answer.status < 400 or answer.is_problem
        else:
            well = answer.envelope is not None and answer.is_json
        if not well:
            self.tally.break_(Promise.ENVELOPE, told)

    def expect(self, label: str, answer: Answer, *, good: bool) -> None:
        """What the kind itself is about."""
        if not good:
            self.tally.break_(Promise.TOLD, f"{label[:LABEL]}: {answer}")

    def honest(self, method: str, target: str, body: Mapping[str, object] | None = None) -> Answer:
        """A request of somebody else, which is not counted."""
        data = None if body is None else json.dumps(body).encode()
        headers = [JSON] if data is not None else []
        sent = wire.request(method, target, port=self.port, body=data, headers=headers)
        return wire.exchange(sent, port=self.port)[0]

    def accepted(self, body: dict[str, object]) -> None:
        """Have an honest lecture accepted, which is not counted.

        Raises:
            NotServed: It is refused.
        """
        answer = self.honest("POST", "/generate", body)
        if answer.status != 200:
            raise NotServed(f"an honest lecture is not accepted: {answer}")

    def state(self, lecture_id: int) -> str | None:
        """State of a lecture; ``None`` when there is none."""
        envelope = self.honest("GET", f"/generate/status?id={lecture_id}").envelope or {}
        result = envelope.get("result")
        return str(result["state"]) if isinstance(result, dict) else None

    def stop_everything(self) -> None:
        """End what attacks have had started."""
        self.honest("GET", "/generate/cancel")


def _is_of_api(data: bytes) -> bool:
    """Whether a request, by its first line, is for a route of `/v1`."""
    method, _, rest = data.partition(b" ")
    return method.isalpha() and rest.startswith(b"/v1/")
