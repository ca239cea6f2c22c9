"""What whoever operates the service sees of it."""

from __future__ import annotations

import itertools
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import insert

import config
from app import __version__, bootstrap, create_app
from app.access.keys import Scope
from app.jobs.store.job import WorkerRecord
from app.jobs.store.tables import job
from app.library.items import Kind
from tests.unit.jobs.lectures import a_submission, claimed, do_all
from tests.web.conftest import SAMPLES, StandInExaminer
from tests.web.v1.conftest import Place, Program, problem, stored
from tests.web.v1.files import TUS

STRANGER = {"REMOTE_ADDR": "192.0.2.1"}
WORKER = WorkerRecord("w", "here", 1, "now", ("cpu", "face", "speech"))


@pytest.fixture
def working(place: Place) -> Place:
    place.services.store.sign_on(WORKER)
    return place


def checks(program: Program) -> dict[str, dict[str, Any]]:
    return {check["name"]: check for check in program.get("/ready").get_json()["checks"]}


def client_of(settings: config.Settings, **sections: Any) -> FlaskClient:
    changed = settings.model_copy(update=sections)
    store = bootstrap.store(changed)
    if "jobs" not in sections:
        store.migrate()
    services = bootstrap.Services(changed, store, StandInExaminer())  # type: ignore[arg-type]  # stand-in
    return create_app(changed, services).test_client()


def test_a_service_with_all_that_it_needs_is_ready(working: Place) -> None:
    answer = working.anonymous.get("/ready")
    assert (answer.status_code, answer.get_json()["status"]) == (200, "ready")
    assert set(checks(working.anonymous)) == {
        "database", "workers", "queue speech", "queue face", "queue cpu", "disk", "face engine",
        "speech engines",
    }  # fmt: skip


def test_without_a_worker_it_is_not(place: Place) -> None:
    assert place.anonymous.get("/ready").status_code == 503
    assert not checks(place.anonymous)["workers"]["ok"]


def test_a_queue_that_nobody_serves_is_named(place: Place) -> None:
    place.services.store.sign_on(WorkerRecord("w", "here", 1, "now", ("cpu", "speech")))
    told = checks(place.anonymous)
    assert not told["queue face"]["ok"] and told["queue speech"]["ok"]


def test_of_a_worker_that_has_not_said_what_it_serves_nothing_is_claimed(place: Place) -> None:
    place.services.store.sign_on(WorkerRecord("w", "here", 1, "now"))
    assert "queue face" not in checks(place.anonymous)


@pytest.mark.parametrize("key", [None, "vl_unknown"])
def test_who_has_no_key_learns_no_more_than_that(working: Place, key: str | None) -> None:
    working.program()
    answer = Program(working.client, key).get("/ready", environ_base=STRANGER)
    assert (answer.status_code, answer.get_json()) == (200, {"status": "ready", "checks": None})


def test_any_key_tells_everything(working: Place) -> None:
    program = working.program("acme", Scope.READ)
    assert program.get("/ready", environ_base=STRANGER).get_json()["checks"]


def test_keys_cannot_be_guessed_there_either(working: Place) -> None:
    guesses = (Program(working.client, f"vl_{n}").get("/ready").status_code for n in range(1000))
    codes = list(itertools.takewhile(lambda code: code != 429, guesses))
    assert set(codes) == {200}
    assert 30 <= len(codes) < 1000  # one more for each two seconds that it takes
    assert working.anonymous.get("/ready").status_code == 200


def test_too_little_space_is_told(settings: config.Settings) -> None:
    client = client_of(settings, storage=config.Storage(min_free_gigabytes=1e9))
    (told,) = [one for one in client.get("/v1/ready").get_json()["checks"] if one["name"] == "disk"]
    assert not told["ok"] and "storage.min_free_gigabytes" in told["says"]


def test_engines_that_cannot_run_are_told(settings: config.Settings, tmp_path: Path) -> None:
    paths = settings.paths.model_copy(update={"models": tmp_path / "nowhere"})
    order = {"default": ("kokoro",)}
    client = client_of(settings, paths=paths, speech=config.SpeechSettings(order=order))
    told = {one["name"]: one for one in client.get("/v1/ready").get_json()["checks"]}
    assert not told["speech engines"]["ok"] and "setup" in told["speech engines"]["says"]


def test_on_a_node_without_engines_they_are_the_workers_business(settings: config.Settings) -> None:
    server = settings.server.model_copy(update={"check_engines": False})
    told = {
        one["name"]: one["ok"]
        for one in client_of(settings, server=server).get("/v1/ready").get_json()["checks"]
    }
    assert told["engines"] and "face engine" not in told


@pytest.fixture
def mute() -> Iterator[str]:
    """A server that takes connections and says nothing."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield f"postgresql+psycopg://u:secret@127.0.0.1:{listening.getsockname()[1]}/d"


@pytest.mark.slow
@pytest.mark.parametrize("key", [None, "vl_x"])
def test_a_database_that_does_not_answer_is_waited_for_two_seconds(
    settings: config.Settings, mute: str, key: str | None
) -> None:
    client = client_of(settings, jobs=config.Jobs(database_url=mute))
    begun = time.monotonic()
    answer = Program(client, key).get("/ready")
    assert time.monotonic() - begun < 2.5
    told = answer.get_json()
    assert (answer.status_code, told["status"]) == (503, "not_ready")
    (database,) = [one for one in told["checks"] if one["name"] == "database"]
    assert not database["ok"] and "secret" not in answer.text


@pytest.mark.slow
def test_strangers_learn_nothing_of_it(settings: config.Settings, mute: str) -> None:
    client = client_of(settings, jobs=config.Jobs(database_url=mute))
    told = Program(client).get("/ready", environ_base=STRANGER).get_json()
    assert told == {"status": "not_ready", "checks": None}


def metrics(program: Program, **more: Any) -> dict[str, float]:
    """What Prometheus would read."""
    answer = program.get("/metrics", **more)
    assert answer.status_code == 200 and answer.mimetype == "text/plain"
    return {
        sample.name
        + "".join(f" {value}" for _, value in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_jobs_and_steps_and_workers_are_counted(working: Place) -> None:
    working.services.store.submit(a_submission("One.", "Two."))
    told = metrics(working.anonymous)
    assert told["videolecture_jobs lecture queued"] == 1
    assert told["videolecture_steps speech ready"] == 2
    assert told["videolecture_steps face running"] == 0
    assert told["videolecture_oldest_waiting_seconds"] > 0
    assert told["videolecture_workers"] == told["videolecture_queue_workers face"] == 1
    assert told["videolecture_disk_free_bytes"] > 0
    assert told["videolecture_database_up"] == 1


def test_what_has_ended_is_counted_for_ever(place: Place) -> None:
    place.services.store.submit(a_submission("Fifteen letters"))
    do_all(place.services.store)
    told = metrics(place.anonymous)
    assert told["videolecture_jobs_ended_total lecture done"] == 1
    assert told["videolecture_jobs_ended_total lecture failed"] == 0
    assert told["videolecture_speech_seconds_total"] == 1


def test_requests_are_counted_by_what_they_ask_for(place: Place) -> None:
    for path in ("/engines", "/engines", "/nowhere"):
        place.anonymous.get(path)
    place.client.get("/generate/status?id=1")
    place.client.get("/ping")
    told = metrics(place.anonymous)
    assert told["videolecture_http_requests_total GET v1.list_engines 2xx"] == 2
    assert told["videolecture_http_request_duration_seconds_count v1.list_engines"] == 2
    assert told["videolecture_http_requests_total GET none 4xx"] == 1
    assert not [name for name in told if "ping" in name]


def test_no_caller_makes_names(place: Place) -> None:
    for method in ("BREW", "FOO", "X" * 100):
        place.client.open("/v1/engines", method=method)
    told = metrics(place.anonymous)
    assert told["videolecture_http_requests_total other none 4xx"] == 3


def test_no_tenant_and_no_text_is_told(place: Place) -> None:
    place.services.store.submit(a_submission("Confidential.", tenant="acme"))
    text = place.anonymous.get("/metrics").text
    assert "acme" not in text and "Confidential" not in text


def test_names_are_as_prometheus_wants_them(place: Place) -> None:
    text = place.anonymous.get("/metrics").text
    for family in text_string_to_metric_families(text):
        assert family.name.startswith("videolecture_")
        assert family.documentation and family.type != "unknown"


def test_on_the_machine_itself_no_key_is_needed_although_there_are_keys(place: Place) -> None:
    place.program()
    assert place.anonymous.get("/metrics").status_code == 200


def test_elsewhere_an_administrators_key_is(place: Place) -> None:
    assert problem(place.anonymous.get("/metrics", environ_base=STRANGER))["status"] == 401
    behind = place.anonymous.get("/metrics", headers={"X-Forwarded-For": "192.0.2.1"})
    assert problem(behind)["status"] == 401
    reader = place.program("default", Scope.READ)
    assert problem(reader.get("/metrics", environ_base=STRANGER))["status"] == 403
    assert metrics(place.program(), environ_base=STRANGER)


def test_another_tenants_administrator_does_not_see_what_all_do(place: Place) -> None:
    assert problem(place.program("acme").get("/metrics"))["status"] == 403


def test_the_page_for_operators_names_every_metric_and_no_other(place: Place) -> None:
    place.anonymous.get("/engines")
    text = place.anonymous.get("/metrics").text
    told = {
        family.name + ("_total" if family.type == "counter" else "")
        for family in text_string_to_metric_families(text)
    }
    page = (config.ROOT / "docs" / "operations.md").read_text("utf-8")
    assert set(re.findall(r"`(videolecture_\w+)`", page)) == told


def test_what_goes_on_is_told_in_json(working: Place) -> None:
    working.services.store.submit(a_submission("One.", "Two."))
    assert claimed(working.services.store, "speech", owner=WORKER.id)
    told = working.anonymous.get("/service").get_json()
    assert told["version"] == __version__
    assert told["lectures"] == {
        "queued": 0, "running": 1, "cancelling": 0, "done": 0, "failed": 0, "cancelled": 0,
    }  # fmt: skip
    queues = {each["name"]: each for each in told["queues"]}
    assert list(queues) == ["speech", "face", "cpu"]
    assert (queues["speech"]["waiting"], queues["speech"]["running"]) == (1, 1)
    assert (queues["face"]["waiting"], queues["face"]["workers"]) == (0, 1)
    assert all(each["slots"] >= 1 for each in queues.values())
    (worker,) = told["workers"]
    assert (worker["id"], worker["queues"]) == ("w", ["cpu", "face", "speech"])
    assert worker["lives"] and 0 <= worker["silent_seconds"] < 60
    assert worker["running"] == {"speech": 1}
    assert told["disk"]["total"] > told["disk"]["free"] > 0


def test_it_tells_how_much_is_kept_of_all_tenants(place: Place) -> None:
    program = place.program("acme")
    program.post("/uploads", headers=TUS | {"Upload-Length": "1000"})
    for tenant in ("acme", "other"):
        stored(place, Kind.AVATAR, tenant)
    held = place.program().get("/service").get_json()["held"]
    size = (SAMPLES / "lecturer-woman.jpg").stat().st_size
    assert held == {"lectures": 0, "library": size, "uploads": 0}


def test_it_is_for_administrators_of_the_default_tenant(place: Place) -> None:
    assert problem(place.program("acme").get("/service"))["code"] == "forbidden"
    renderer = place.program("default", Scope.RENDER)
    assert problem(renderer.get("/service"))["code"] == "forbidden"
    assert problem(place.anonymous.get("/service"))["code"] == "unauthenticated"
    assert place.program().get("/service").status_code == 200


def test_it_tells_no_tenant_and_no_text(place: Place) -> None:
    place.services.store.submit(a_submission("Confidential.", tenant="acme"))
    text = place.anonymous.get("/service").text
    assert "acme" not in text and "Confidential" not in text


@pytest.mark.slow
def test_it_is_told_at_once_although_there_are_twenty_thousand_lectures(place: Place) -> None:
    with place.services.store.database.write() as connection:
        connection.execute(insert(job), [_ended(number) for number in range(20_000)])
    place.services.store.submit(a_submission("One."))
    place.anonymous.get("/service")
    begun = time.monotonic()
    told = place.anonymous.get("/service").get_json()
    assert time.monotonic() - begun < 0.5
    assert (told["lectures"]["done"], told["lectures"]["queued"]) == (20_000, 1)


def _ended(number: int) -> dict[str, Any]:
    """A row of a lecture that is done, whose content is long."""
    return {
        "tenant": "default",
        "id": 1000 + number,
        "generation": 1,
        "state": "done",
        "request_hash": "x",
        "content": "x" * 2000,
        "running": 0,
        "created": 1.0 * number,
        "finished": 1.0 * number,
    }
