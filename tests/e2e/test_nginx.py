"""The service behind Debian's nginx, configured as docs/operations.md says."""

from __future__ import annotations

import http.client
import io
import json
import random
import re
import signal
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from tusclient import client
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

import config
from tests.e2e.conftest import SAMPLES, Service, start_service, wait_until_up
from tests.services.programs import Program, folder_of, free_port, listens, program

pytestmark = pytest.mark.slow

PAGE = config.ROOT / "docs" / "operations.md"
PREFIX = "/videolecture"
LMS = "127.0.0.20"
STRANGER = "127.0.0.66"
OTHER = "127.0.0.67"
MUCH = 50_000_000
PIECE = b"x" * 1_000_000

_MAIN = """\
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
events {{}}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/bodies;
    proxy_temp_path {folder}/proxied;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/videolecture.conf;
}}
"""
"""In the place of Debian's nginx.conf, with folders that whoever runs the tests may write to."""


def block(kind: str) -> str:
    """What the page's section on nginx has in a block of that kind."""
    text = PAGE.read_text(encoding="utf-8").partition("## Behind nginx\n")[2].partition("\n## ")[0]
    (found,) = re.findall(rf"^```{kind}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return str(found)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Site:
    """What others see of the service, and the service itself."""

    port: int
    service: Service
    key: str = ""

    @contextmanager
    def open(
        self,
        method: str,
        path: str,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        source: str = "127.0.0.1",
    ) -> Iterator[http.client.HTTPResponse]:
        """An answer of which nothing but the head is read."""
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=60, source_address=(source, 0)
        )
        sent = {"Host": "lectures.example", **(headers or {})}
        if self.key:
            sent.setdefault("Authorization", f"Bearer {self.key}")
        chunked = sent.get("Transfer-Encoding") == "chunked"
        with closing(connection):
            connection.request(method, path, body, sent, encode_chunked=chunked)
            yield connection.getresponse()

    def ask(self, method: str, path: str, body: Any = None, **more: Any) -> Answer:
        with self.open(method, path, body, **more) as answer:
            return Answer(answer.status, answer.headers, answer.read())

    def send(self, method: str, path: str, told: Any, **more: Any) -> Answer:
        headers = {"Content-Type": "application/json", **more.pop("headers", {})}
        return self.ask(method, path, json.dumps(told), headers=headers, **more)


@dataclass
class Nginx:
    """The page's configuration with ports and addresses of this machine."""

    upstream: int
    folder: Path
    port: int = field(default_factory=free_port)

    def configure(self) -> Path:
        text = block("nginx")
        for written, here in (
            ("listen 80;", f"listen 127.0.0.1:{self.port};"),
            ("http://127.0.0.1:54547;", f"http://127.0.0.1:{self.upstream};"),
            ("allow 192.0.2.20;", f"allow {LMS};"),
        ):
            assert written in text
            text = text.replace(written, here)
        (self.folder / "videolecture.conf").write_text(text, encoding="utf-8")
        main = self.folder / "nginx.conf"
        main.write_text(_MAIN.format(folder=self.folder), encoding="utf-8")
        return main


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[Site]:
    nginx = program("nginx")
    place = tmp_path_factory.mktemp("site")
    server = yaml.safe_load(block("yaml"))["server"]
    more = {f"VIDEOLECTURE_SERVER__{name.upper()}": _written(server[name]) for name in server}
    more["VIDEOLECTURE_SERVER__EXAMINE_SECONDS"] = "60"  # tests may have few cores
    log = place / "service.log"
    with start_service(place, models, log, more=more) as service, folder_of("www-data") as folder:
        wait_until_up(service, log)
        front = Nginx(int(service.address.rpartition(":")[2]), folder)
        command = [nginx, "-p", str(folder), "-e", str(folder / "error.log")]
        running = Program(
            [*command, "-c", str(front.configure())],
            folder=folder,
            ready=lambda: listens(front.port),
            user="www-data",
        )
        running.start()
        try:
            yield Site(front.port, service)
        finally:
            running.stop()
            service.process.send_signal(signal.SIGTERM)
            assert service.process.wait(60) == 0


def _written(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


@pytest.fixture(scope="module")
def keyed(site: Site) -> Site:
    """With a key, which a program on the machine itself has made."""
    direct = Site(int(site.service.address.rpartition(":")[2]), site.service)
    wanted = {"name": "a test's", "scopes": ["admin"]}
    made = direct.send("POST", "/v1/keys", wanted, headers={"Host": "localhost"})
    assert made.status == 201, made.body
    return Site(site.port, site.service, made.json["key"])


def test_who_comes_by_nginx_needs_a_key_and_who_is_on_the_machine_needs_none(site: Site) -> None:
    assert site.service.get("/v1/engines")["items"]
    for path in ("/v1/engines", "/v1/keys"):
        answer = site.ask("GET", f"{PREFIX}{path}")
        assert (answer.status, answer.json["code"]) == (401, "unauthenticated")


def test_every_link_begins_with_the_prefix_and_leads_somewhere(keyed: Site) -> None:
    made = store(keyed, "avatars", "image", "lecturer-man.jpg")
    location = made.headers["Location"]
    assert made.status == 201 and location.startswith(f"{PREFIX}/v1/avatars/av_")
    assert keyed.ask("GET", location).json["image"] == f"{location}/image"
    picture = keyed.ask("GET", f"{location}/image")
    assert picture.body == (SAMPLES / "lecturer-man.jpg").read_bytes()
    assert keyed.ask("GET", f"{PREFIX}/v1/openapi.json").json["servers"] == [
        {"url": f"{PREFIX}/v1"}
    ]
    page = keyed.ask("GET", f"{PREFIX}/v1/docs")
    assert f"http://lectures.example{PREFIX}/v1/lectures".encode() in page.body


@pytest.mark.parametrize("chunked", [False, True])
def test_much_is_uploaded_by_length_and_in_chunks(keyed: Site, chunked: bool) -> None:
    tus = {"Tus-Resumable": "1.0.0"}
    begun = keyed.ask("POST", f"{PREFIX}/v1/uploads", headers={**tus, "Upload-Length": str(MUCH)})
    assert begun.headers["Location"].startswith(f"{PREFIX}/v1/uploads/up_")
    framing = "Transfer-Encoding" if chunked else "Content-Length"
    headers = {
        **tus,
        "Upload-Offset": "0",
        "Content-Type": "application/offset+octet-stream",
        framing: "chunked" if chunked else str(MUCH),
    }
    pieces = (PIECE for _ in range(MUCH // len(PIECE)))
    kept = keyed.ask("PATCH", begun.headers["Location"], pieces, headers=headers)
    assert (kept.status, kept.headers["Upload-Offset"]) == (204, str(MUCH)), kept.body
    assert keyed.ask("DELETE", begun.headers["Location"], headers=tus).status == 204


def test_a_large_form_is_looked_at_and_refused_for_what_it_is(keyed: Site) -> None:
    refused = send_file(keyed, "voices", "sample", "much.wav", b"RIFF" + PIECE * 50)
    assert (refused.status, refused.json["code"]) == (422, "bad_voice_sample")


def test_a_large_body_of_somebody_without_a_key_is_not_waited_for(site: Site) -> None:
    headers = {
        "Authorization": "Bearer vl_nobody",
        "Content-Type": "audio/wav",
        "Content-Length": str(MUCH),
    }
    refused = site.ask("POST", f"{PREFIX}/v1/voices", headers=headers)
    assert (refused.status, refused.json["code"]) == (401, "unauthenticated")


def test_a_client_of_tus_uploads_in_portions(keyed: Site) -> None:
    data = random.Random(7).randbytes(3_000_001)
    tus = client.TusClient(
        f"http://127.0.0.1:{keyed.port}{PREFIX}/v1/uploads",
        headers={"Authorization": f"Bearer {keyed.key}"},
    )
    uploader = tus.uploader(
        file_stream=io.BytesIO(data), chunk_size=1_000_000, upload_checksum=True
    )
    uploader.upload()
    assert uploader.offset == len(data)


def test_events_arrive_while_the_lecture_is_made_and_a_part_of_it_is_fetched(keyed: Site) -> None:
    lecture = keyed.send(
        "POST",
        f"{PREFIX}/v1/lectures",
        {
            "slides": [{"text": f"This is slide {number}."} for number in range(1, 5)],
            "avatar": store(keyed, "avatars", "image", "lecturer-man.jpg").json["id"],
            "voice": store(keyed, "voices", "sample", "voice.wav").json["id"],
            "speech_engine": "hibari",
            "size": 256,
        },
    )
    assert lecture.headers["Location"].startswith(f"{PREFIX}/v1/lectures/lec_"), lecture.body
    links = lecture.json["links"]
    states = []
    with keyed.open("GET", links["events"]) as events:
        for line in iter(events.readline, b""):
            if line.startswith(b"event: fragment"):
                states.append(keyed.ask("GET", links["self"]).json["state"])
            elif line.startswith(b"event: "):
                last = line
    assert last == b"event: done\n"
    assert states[0] == "running"  # as told when nginx had handed the first of them over
    video = f"{links['files']}/lecture.mp4"
    whole = keyed.ask("GET", video)
    part = keyed.ask("GET", video, headers={"Range": "bytes=100-199"})
    assert (part.status, part.body) == (206, whole.body[100:200])
    assert part.headers["Content-Range"] == f"bytes 100-199/{len(whole.body)}"
    assert keyed.ask("GET", links["archive"]).body[:2] == b"PK"


def test_what_a_stranger_says_of_himself_changes_nothing(keyed: Site) -> None:
    def tried(number: int, source: str) -> int:
        said = {
            "Authorization": f"Bearer vl_{number}",
            "X-Forwarded-For": f"198.51.100.{number}",
            "X-Real-IP": f"198.51.100.{number}",
            "Forwarded": f"for=198.51.100.{number}",
        }
        return keyed.ask("GET", f"{PREFIX}/v1/engines", headers=said, source=source).status

    most = config.Limits().failures_per_minute or 0
    codes = [tried(number, STRANGER) for number in range(2 * most)]  # some are forgiven meanwhile
    assert codes[:most] == [401] * most and codes[-1] == 429
    assert tried(0, OTHER) == 401
    said = {"X-Forwarded-Prefix": "/evil", "X-Forwarded-Host": "evil.example"}
    page = keyed.ask("GET", f"{PREFIX}/v1/docs", headers=said)
    assert page.status == 200 and b"evil" not in page.body


def test_a_name_that_is_not_the_services_is_refused(keyed: Site) -> None:
    answer = keyed.ask("GET", f"{PREFIX}/v1/engines", headers={"Host": "evil.example"})
    assert (answer.status, answer.json["code"]) == (403, "foreign_host")


def test_the_lms_alone_reaches_what_has_no_keys(site: Site) -> None:
    for path in ("/generate/status?id=7", "/generate"):
        assert site.ask("GET", f"{PREFIX}{path}", source=OTHER).status == 403
    told = site.ask("GET", f"{PREFIX}/generate/status?id=7", source=LMS)
    assert (told.status, told.json["code"]) == (404, "job_not_found")
    wrong = site.send("POST", f"{PREFIX}/generate", {"id": 7}, source=LMS)
    assert (wrong.status, wrong.json["code"]) == (400, "bad_input")
    assert site.ask("GET", f"{PREFIX}/ping", source=LMS).json["code"] == "ok"


def store(site: Site, kind: str, part: str, name: str) -> Answer:
    """The answer when a sample of the checkout is stored."""
    return send_file(site, kind, part, name, (SAMPLES / name).read_bytes())


def send_file(site: Site, kind: str, part: str, name: str, content: bytes) -> Answer:
    boundary, body = encode_multipart({part: FileStorage(io.BytesIO(content), name)})
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    return site.ask("POST", f"{PREFIX}/v1/{kind}", body, headers=headers)
