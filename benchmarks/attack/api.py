"""`/v1`: wrong values in every place that the API's own document names."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from benchmarks.attack import api_forms
from benchmarks.attack.bodies import TYPES, WRONG, no_json, odd_json
from benchmarks.attack.ground import JSON, Ground, NotServed
from benchmarks.attack.headers import has_injected, odd_headers
from benchmarks.attack.place import FORGED
from benchmarks.attack.wire import Answer

Headers = list[tuple[str, str | bytes]]

DONE_SECONDS = 60.0
"""Until a lecture is made whose files are attacked."""

DELIVERED_SECONDS = 5.0
"""In which a message to a webhook would have been sent."""

PASSED_ON = ("X-Forwarded-For", "192.0.2.7")
"""By a proxy, for somebody elsewhere."""

OWN = (b"\r\nLocation: /v1/", b"\r\nSet-Cookie: videolecture=")
"""Headers that the API itself sends; the cookie is that of people who sign in and out."""

LEFT = frozenset({"revoke_key"})
"""Without a key nobody could go on."""

IN_A_PATH: tuple[str, ...] = (
    "..", ".", "%2e%2e", "..%2f..%2f..%2fetc%2fpasswd", "%2fetc%2fpasswd", "%00", "a%00b", "%0a",
    "lms-1%0d%0aX-Injected:1", "%0a" + quote(FORGED), "lms--1", "lms-1.0", "lms-0x1", "lms-１",
    "lms-99999999999999999999999", "lec_", "lec_" + "a" * 3000, "lec_'%3bDROP TABLE job%3b--",
    "*", "%25", "%", "%ff", "{}", "%7b0%7d", "~", "~root", "-", "--help", "con", "a" * 3000,
    "a/" * 500, "%5c..%5c..", "lecture.mp4%20", "lecture.mp4/", "lecture.mp4%00.jpg", "null",
    "undefined", "true", "0", "-1", "1e9", "%e2%80%ae", "archive.zip/../manifest.json",
)  # fmt: skip

IN_A_QUERY: tuple[str, ...] = (
    "", "-1", "0", "1e9", "9" * 400, "NaN", "null", "true", "%00", "%ff", "%0d%0aX-Injected:1",
    "'%3bDROP TABLE job%3b--", "%25s%25n", "..%2f..%2fetc%2fpasswd", "*", "%5b%5d", "{}",
    "a" * 3000,
    "eyJhIjoxfQ", "AAAA", "e30=", "=", "bnVsbA", "W10", "%f0%9f%92%a9", "%e2%80%ae",
    "(a%2b)%2b%24", "(%7c(uid=*))", "https:%2f%2fevil.example",
)  # fmt: skip
"""Among them cursors that no list has told."""

IN_A_HEADER: tuple[str, ...] = (
    "", "*", '"', 'W/"x"', ", ".join(['"x"'] * 800), "a" * 6000, "-1", "1e9", "9" * 400, "NaN",
    "\x01", "\x7f", "\xff", "../../etc/passwd", "'; DROP TABLE job; --", "%0d%0aX-Injected: 1",
    "bytes=0-", "bytes=-1", "bytes=5-1", "bytes=" + ",".join(["0-0"] * 1500), "bytes=9" + "9" * 30,
    "bytes=0-18446744073709551616", "items=0-1", "sha1 x", "sha256 " + "A" * 4000, "0, 0",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Called:
    """An operation of the document."""

    name: str
    method: str
    path: str
    told: Mapping[str, Any]
    schema: Mapping[str, Any] | None
    """Of the JSON that it takes."""

    def named(self, place: str) -> list[str]:
        """Names of its parameters there."""
        return [each["name"] for each in self.told["parameters"] if each["in"] == place]

    def target(self, names: Mapping[str, str], **changed: str) -> str:
        """Its address, with good names but for the changes."""
        named = {**{name: names.get(name, "x") for name in self.named("path")}, **changed}
        return f"/v1{self.path.format_map(named)}"


def attack(ground: Ground) -> None:
    """Make one of everything, and ask for it in all wrong ways."""
    client = Client(ground)
    names = client.one_of_each()
    called = [each for each in operations(client.document()) if each.name not in LEFT]
    for each in called:
        if each.method != "DELETE":
            _ask_for(client, each, names)
    for label, headers in ground.some(odd_headers(), 0.1):
        for target in ("/v1/lectures", "/v1/health", f"/v1/lectures/{names['lecture_id']}/files"):
            client.ask(f"{target} {label}", "GET", target, headers=headers)
    for content_type in ground.some(TYPES, 0.2):
        label = f"a lecture as {content_type!r}"
        body, headers = _lecture(names), [("Content-Type", content_type)]
        answer = client.ask(label, "POST", "/v1/lectures", body=body, headers=headers)
        ground.expect(label, answer, good=answer.refused)
    api_forms.attack(client)
    _addresses(client, names)
    _without_a_key(ground, called, names)
    for each in called:
        if each.method == "DELETE":
            _ask_for(client, each, names)
    ground.stop_everything()


def _ask_for(client: Client, each: Called, names: Mapping[str, str]) -> None:
    some = client.ground.some
    for label, target in some(_targets(each, names), 0.02):
        client.ask(label, each.method, target, headers=_needed(each))
    for label, headers in some(_headers(each), 0.02):
        client.ask(label, each.method, each.target(names), headers=headers)
    for label, body in some(_bodies(each, names), 0.02):
        client.ask(label, each.method, each.target(names), body=body, headers=[JSON])


class Client:
    """Who has a key, and asks as nobody should."""

    def __init__(self, ground: Ground) -> None:
        """Makes the key: from now on everybody needs one."""
        self.ground = ground
        told = ground.honest("POST", "/v1/keys", {"name": "an attacker's", "scopes": ["admin"]})
        if told.status != 201:
            raise NotServed(f"no key is made: {told}")
        self._key = f"Bearer {json.loads(told.body)['key']}"

    def ask(
        self,
        label: str,
        method: str,
        target: str,
        *,
        body: bytes | None = None,
        headers: Headers | None = None,
    ) -> Answer:
        """A request that counts."""
        sent = [("Authorization", self._key), *(headers or [])]
        answer = self.ground.ask(label, method, target, body=body, headers=sent)
        self.ground.expect(label, answer, good=not has_injected(answer, *OWN))
        return answer

    def honest(self, method: str, target: str, told: object = None, **more: Any) -> Any:
        """One that must succeed; its JSON.

        Raises:
            NotServed: It does not.
        """
        if told is not None:
            more |= {"body": json.dumps(told).encode(), "headers": [JSON]}
        answer = self.ask(f"honest {method} {target}", method, target, **more)
        if answer.status >= 400:
            raise NotServed(f"{method} {target}: {answer}")
        return json.loads(answer.body) if answer.body else None

    def document(self) -> dict[str, Any]:
        """What the API is, in its own words."""
        told: dict[str, Any] = self.honest("GET", "/v1/openapi.json")
        return told

    def one_of_each(self) -> dict[str, str]:
        """Names of what was made, by the parameters that take them."""
        root = self.ground.place.root
        names = {}
        for kind, field, file in (
            ("avatar", "image", "face.jpg"),
            ("voice", "sample", "voice.wav"),
            ("recording", "sound", "voice.wav"),
        ):
            body, headers = api_forms.form({field: (root / file).read_bytes()})
            names[f"{kind}_id"] = self.honest("POST", f"/v1/{kind}s", body=body, headers=headers)[
                "id"
            ]
        made = self.honest("POST", "/v1/lectures", json.loads(_lecture(names)))
        names["lecture_id"] = made["id"]
        self._wait(made["id"])
        webhook = self.honest("POST", "/v1/webhooks", {"url": "https://93.184.216.34/hook"})
        names |= {"webhook_id": webhook["id"], "file_name": "lecture.mp4"}
        names["upload_id"] = api_forms.an_upload(self)
        return names

    def _wait(self, lecture: str) -> None:
        deadline = time.monotonic() + DONE_SECONDS
        while self.honest("GET", f"/v1/lectures/{lecture}")["state"] != "done":
            if time.monotonic() > deadline:
                raise NotServed("a lecture is not made")
            time.sleep(0.5)


def operations(document: Mapping[str, Any]) -> Iterator[Called]:
    """Everything in the document."""
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            content = told.get("requestBody", {}).get("content", {})
            schema = content.get("application/json", {}).get("schema")
            while schema is not None and "$ref" in schema:
                schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
            yield Called(told["operationId"], method.upper(), path, told, schema)


def _needed(each: Called) -> Headers:
    """What has a request get further than its first check."""
    return [("Tus-Resumable", "1.0.0")] if "Tus-Resumable" in each.named("header") else []


def _targets(each: Called, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name in each.named("path"):
        for value in IN_A_PATH:
            yield f"{each.name} {name}={value[:40]}", each.target(names, **{name: value})
    known = each.named("query")
    for name in (*known, "unknown"):
        for value in IN_A_QUERY:
            yield f"{each.name} ?{name}={value[:40]}", f"{each.target(names)}?{name}={value}"
    for name in known:
        yield f"{each.name} ?{name} twice", f"{each.target(names)}?{name}=1&{name}=2"


def _headers(each: Called) -> Iterator[tuple[str, Headers]]:
    needed = _needed(each)
    for name in (*each.named("header"), "Range", "If-None-Match", "Last-Event-ID"):
        others = [(other, value) for other, value in needed if other != name]
        for value in IN_A_HEADER:
            label = f"{each.name} {name}: {value[:40]!r}"
            yield label, [*others, (name, value.encode("latin-1"))]
    key = "an attacker's"
    yield f"{each.name} two keys", [*needed, ("Idempotency-Key", key), ("Idempotency-Key", "2")]


def _bodies(each: Called, names: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    if each.schema is None:
        return
    good = _good(each.name, names)
    properties = each.schema.get("properties", {})
    for key in properties:
        for label, value in WRONG.items():
            yield f"{each.name} {key}: {label}", json.dumps({**good, key: value}).encode()
            deep = json.dumps({**good, key: [{key: value}]})
            yield f"{each.name} {key}: {label}, deeper", deep.encode()
    whole = json.dumps(good).encode()
    for label, body in (*no_json(whole), *odd_json(whole)):
        yield f"{each.name} {label}", body


def _good(name: str, names: Mapping[str, str]) -> dict[str, Any]:
    """A body that operation takes, as far as one is needed."""
    bodies: dict[str, dict[str, Any]] = {
        "create_lecture": json.loads(_lecture(names)),
        "estimate_text": {"text": "Hello.", "language": "en"},
        "create_speech": {"text": "Hello."},
        "create_openai_speech": {"model": "tts-1", "input": "Hi.", "voice": names["voice_id"]},
        "create_webhook": {"url": "https://93.184.216.34/hook"},
        "create_key": {"name": "another", "scopes": ["read"]},
    }
    return bodies.get(name, {})


def _lecture(names: Mapping[str, str], **more: object) -> bytes:
    named = {"avatar": names["avatar_id"], "voice": names["voice_id"], "size": 256}
    said = {"text": "Good morning.", "language": "en", "speech_engine": "hibari"}
    return json.dumps({**named, **said, **more}).encode()


def _addresses(client: Client, names: Mapping[str, str]) -> None:
    """Where messages must not go; connections are counted by the battery."""
    port = client.ground.listener.port
    for host in (
        "127.0.0.1", "localhost", "localhost.", "127.1", "0x7f000001", "2130706433", "017700000001",
        "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0.", "[::]", "0", "evil.example@127.0.0.1",
        "127.0.0.1%2f", "127.0.0.1#.evil.example", "①②⑦.0.0.1", "127.0.0.1.nip.io",
    ):  # fmt: skip
        for scheme in ("http", "https", "ftp", "file", "gopher"):
            url = f"{scheme}://{host}:{port}/hook"
            hooked = client.ask(
                f"a webhook at {url}",
                "POST",
                "/v1/webhooks",
                body=json.dumps({"url": url}).encode(),
                headers=[JSON],
            )
            if hooked.status == 201:
                told = json.loads(hooked.body)
                client.ask(f"test {url}", "POST", f"/v1/webhooks/{told['id']}/test")
            body = _lecture(names, callback_url=url)
            client.ask(f"called back at {url}", "POST", "/v1/lectures", body=body, headers=[JSON])
    time.sleep(DELIVERED_SECONDS / (5 if client.ground.short else 1))


def _without_a_key(ground: Ground, called: list[Called], names: Mapping[str, str]) -> None:
    """As somebody elsewhere who guesses; on the machine itself some operations need no key."""
    for each in ground.some([one for one in called if one.told["security"]], 0.2):
        for label, headers in _wrong_keys():
            told = f"{each.name} with {label}"
            sent = [*headers, PASSED_ON]
            answer = ground.ask(told, each.method, each.target(names), headers=sent)
            ground.expect(told, answer, good=answer.status in (401, 403, 429))


def _wrong_keys() -> Iterator[tuple[str, Headers]]:
    yield "no key", []
    for value in (
        "Bearer",
        "Bearer ",
        "Bearer null",
        "Bearer *",
        "Bearer ' OR 1=1 --",
        "Basic Og==",
    ):
        yield f"{value!r}", [("Authorization", value)]
    yield "two keys", [("Authorization", "Bearer a"), ("Authorization", "Bearer b")]
    yield "a key in another header", [("X-API-Key", "a")]
