"""A service that holds something of everything, so that made-up requests get past its door."""

from __future__ import annotations

import base64
import http.client
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import config
from app import bootstrap, ids
from app.access.keys import Scope
from tests.e2e.conftest import SAMPLES, Service, start_service, wait_until_up
from tests.web.v1 import made
from tests.web.v1.speaking import Speakers, speaking

HOOK = "http://127.0.0.1:9/hook"
"""Where nobody listens; nothing is sent there, since no worker runs."""

FINISHED = 7
"""Number of a lecture with files."""

_MORE = {
    "VIDEOLECTURE_LIMITS__REQUESTS_PER_MINUTE": "100000000",
    "VIDEOLECTURE_LIMITS__LECTURES_AT_ONCE": "100000000",
    "VIDEOLECTURE_LIMITS__FAILURES_PER_MINUTE": "100000000",
    # A machine that is busy with other tests is slow, which is no matter here.
    "VIDEOLECTURE_SERVER__EXAMINE_SECONDS": "60",
    "VIDEOLECTURE_NOTIFY__ALLOWED_HOSTS": json.dumps(["127.0.0.1:9"]),
}


@dataclass(frozen=True)
class Ground:
    """What a fuzzer has to know of the service."""

    service: Service
    key: str
    key_id: str
    known: Mapping[str, list[str]]
    """Names of things that are there, by what they are called in paths and bodies: the first of
    each kind must not be removed."""


@contextmanager
def ground(folder: Path, models: Path, *, lectures: int = 40) -> Iterator[Ground]:
    """A web process with a key; what is to be spoken is, by a stand-in.

    Args:
        lectures: That wait; requests remove some of them.
    """
    settings = config.load(
        paths={"roots": [str(folder)], "data": str(folder / "data"), "models": str(models)},
        jobs={"database_url": f"sqlite:///{folder / 'data' / 'jobs.db'}"},
    )
    services = bootstrap.services(settings)
    services.store.migrate()
    key, secret = services.keys.create("default", "a fuzzer's", [Scope.ADMIN])
    made.submit(services.store, folder, "Hello. Again.", "Bye.", number=FINISHED)
    made.finish_all(services.store)
    log = folder / "service.log"
    try:
        with (
            start_service(folder, models, log, command="serve", more=_MORE) as service,
            speaking(Speakers(services)),
        ):
            wait_until_up(service, log)
            known = _filled(_Caller(service.address, secret), lectures)
            yield Ground(service, secret, ids.told("key", key.id), known)
    finally:
        services.store.close()


def files_of_an_lms(folder: Path) -> dict[str, str]:
    """Paths that ``POST /generate`` takes, by the fields that name them."""
    text = folder / "lecture.txt"
    text.write_text("Hello there. This is a lecture._;_;Bye.", encoding="utf-8")
    output = folder / "generated"
    output.mkdir()
    named = {"lecture_text_path": text, "generated_dir_path": output}
    for field, sample in (("face_path", "lecturer-woman.jpg"), ("voice_path", "voice.wav")):
        named[field] = Path(shutil.copy(SAMPLES / sample, folder))
    return {field: str(path) for field, path in named.items()}


class _Caller:
    """Makes what is to be there; whatever fails ends it."""

    def __init__(self, address: str, key: str) -> None:
        self._address = address
        self._key = key

    def post(
        self, path: str, body: bytes, media_type: str, **more: str
    ) -> tuple[Mapping[str, str], bytes]:
        headers = {"Authorization": f"Bearer {self._key}", "Content-Type": media_type, **more}
        with closing(http.client.HTTPConnection(self._address, timeout=120)) as connection:
            connection.request("POST", f"/v1{path}", body, headers)
            answer = connection.getresponse()
            content = answer.read()
        assert answer.status < 300, (path, answer.status, content)
        return dict(answer.headers.items()), content

    def make(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        _, content = self.post(path, json.dumps(body).encode(), "application/json")
        made: dict[str, Any] = json.loads(content)
        return made

    def upload(self, sample: str) -> str:
        content = (SAMPLES / sample).read_bytes()
        name = base64.b64encode(sample.encode()).decode()
        tus = {
            "Tus-Resumable": "1.0.0",
            "Upload-Length": str(len(content)),
            "Upload-Metadata": f"filename {name}",
        }
        told, _ = self.post("/uploads", content, "application/offset+octet-stream", **tus)
        return told["Location"].rpartition("/")[2]


def _filled(caller: _Caller, number: int) -> dict[str, list[str]]:
    picture, sound = caller.upload("lecturer-woman.jpg"), caller.upload("voice.wav")
    avatar = caller.make("/avatars", {"upload": picture})["id"]
    voice = caller.make("/voices", {"upload": sound})["id"]
    recording = caller.make("/recordings", {"upload": sound})["id"]
    text = {"avatar": avatar, "voice": voice, "text": "Hello there. And bye.", "language": "en"}
    caller.make("/lectures", {"avatar": avatar, "audio": recording})
    lectures = [caller.make("/lectures", text)["id"] for _ in range(number)]
    hook = caller.make("/webhooks", {"url": HOOK})["id"]
    messages = [caller.make(f"/webhooks/{hook}/test", {})["id"] for _ in range(3)]
    said = caller.make(f"/voices/{voice}/speech?timings=json", {"text": "Hello.", "language": "en"})
    return {
        "avatar": [avatar],
        "voice": [voice],
        "recording": [recording],
        "upload": [picture, sound],
        "lecture": [ids.told("lec", FINISHED), *lectures],
        "webhook": [hook],
        "delivery": messages,
        "speech": [said["id"]],
        "url": [HOOK],
    }
